/** What a bearer token may make of a user. None implies another: a person who is several things has several. */
export const roles = ['admin', 'operator', 'box-office', 'viewer', 'door', 'cashier'] as const;
export type Role = (typeof roles)[number];

/** Who may use an endpoint: any one of these. */
export type Roles = readonly [Role, ...Role[]];

/** The setting that says which value of a token's claim gives a role. */
export const claimValues = {
  admin: 'ADMIN_CLAIM_VALUE',
  operator: 'OPERATOR_CLAIM_VALUE',
  'box-office': 'BOX_OFFICE_CLAIM_VALUE',
  viewer: 'VIEWER_CLAIM_VALUE',
  door: 'DOOR_CLAIM_VALUE',
  cashier: 'CASHIER_CLAIM_VALUE',
} as const satisfies Record<Role, string>;
