/** The groups of the OpenAPI document, in the order in which a visitor meets them. */
export const tags = {
  'Sign-in': 'Bearer tokens for demos. Elsewhere they come from your identity provider.',
  'Waiting Token': 'A place in line for one concert.',
  'Waiting Queue': 'How the place in line moves; the poll is also the health check that keeps it.',
  Concert: 'Shows, their dates and seats. Open to everybody.',
  'Temporary Reservation': 'Holds: seats set aside for one user for a few minutes.',
  Payment: 'Points given for a hold.',
  Reservation: 'Seats that are paid for.',
  Point: "The user's wallet and its ledger.",
  Job: 'What became of an accepted command.',
  Admin: 'Set-up and repair, for the admin role.',
  Problem: 'What refusals mean.',
  Health: 'For load balancers and orchestrators.',
} as const;

export type Tag = keyof typeof tags;
