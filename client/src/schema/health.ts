// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

export interface Health {
  status: 'ok';
}
