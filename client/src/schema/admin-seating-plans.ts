// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

export interface SeatingPlan {
  id: string;
  title: string;
  version: number;
  seatsTotal: number;
  sections: {
    name: string;
    seats: number;
  }[];
  /** What dates made from it need prices for */
  categories: {
    name: string;
    seats: number;
  }[];
  /** Whether maps draw it as it is, and not by rows */
  hasCoordinates: boolean;
  /** Whether dates were made from it, in this version or an earlier one */
  used: boolean;
  createdAt: string;
  updatedAt: string;
}

export interface NewSeatingPlan {
  /** An id of your choice; the same request again gives the same answer */
  id: string;
  title: string;
  /** The version that this one takes the place of; without it the plan must be new */
  replaces?: number;
  /** The only ones that seats may have; without it any */
  categories?: string[];
  seats: PlannedSeat[];
}

export interface PlannedSeat {
  section: string;
  row: string;
  /** Neighbours differ by one; a number that is left out is an aisle. Without it the seats of a row are numbered as they come */
  number?: number;
  /** What the seat and the ticket say, where that is not the number */
  label?: string;
  /** What the price goes by */
  category: string;
  /** To the right; in any unit. All seats have x and y, or none */
  x?: number;
  /** Away from the stage */
  y?: number;
  attributes?: ('aisle' | 'accessible' | 'companion' | 'restricted-view')[];
  /** Lower is better; goes before the row in what is best available */
  rank?: number;
}

export interface SeatingPlans {
  items: SeatingPlan[];
  nextCursor: string | null;
}

export interface WholeSeatingPlan extends SeatingPlan {
  seats: PlannedSeat[];
}

export interface AdminSeatingPlansOperations {
  /** Import a seating plan, or its next version */
  'POST /v1/admin/seating-plans': {
    query: {
      /** Of a plan that comes as CSV */
      id?: string;
      /** The same */
      title?: string;
      /** The same */
      replaces?: number;
      /** The same, separated by commas */
      categories?: string;
    };
    body: NewSeatingPlan | Blob;
    answer: SeatingPlan;
  };
  /** The seating plans that are kept */
  'GET /v1/admin/seating-plans': {
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
    };
    answer: SeatingPlans;
  };
  /** A seating plan with all of its seats */
  'GET /v1/admin/seating-plans/{planId}': { path: { planId: string }; answer: WholeSeatingPlan };
  /** Delete a seating plan */
  'DELETE /v1/admin/seating-plans/{planId}': { path: { planId: string }; answer: undefined };
}
