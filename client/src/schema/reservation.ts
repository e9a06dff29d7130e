// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

export interface Reservations {
  items: Reservation[];
  nextCursor: string | null;
}

export interface Reservation {
  id: string;
  performanceId: string;
  seatIds: string[];
  amount: number;
  paymentId: string;
  reservedAt: string;
}
