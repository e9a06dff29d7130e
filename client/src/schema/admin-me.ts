// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

export interface StaffMember {
  userId: string;
  name: string | null;
  roles: ('admin' | 'operator' | 'box-office' | 'viewer' | 'door' | 'cashier')[];
  /** Whether some things take a second person */
  twoPeople: boolean;
}

export interface AdminMeOperations {
  /** Who you are, and what roles you have */
  'GET /v1/admin/me': { answer: StaffMember };
}
