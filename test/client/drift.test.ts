import { readFileSync } from 'node:fs';
import { currentTypes, typesFile } from '../../scripts/client/current-types';

test('the types of the client are those of the document that the routes make (else: npm run client:generate)', () => {
  expect(readFileSync(typesFile, 'utf8')).toBe(currentTypes());
});
