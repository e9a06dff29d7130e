// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { Problem } from './shared.ts';

export interface Health {
  status: 'ok';
}

export interface HealthOperations {
  /** Is the process alive? */
  'GET /livez': { answer: Health };
  /** Can it serve requests now? */
  'GET /readyz': { answer: Health };
}
