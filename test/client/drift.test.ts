import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentTypes, typesFolder } from '../../tools/generate/client/current-types';

test('the types of the client are those of the document that the routes make (else: npm run client:generate)', () => {
  const files = ['schema.ts', ...readdirSync(join(typesFolder, 'schema')).map((name) => `schema/${name}`)];
  const stored = files.map((file) => [file, readFileSync(join(typesFolder, file), 'utf8')]);
  expect(Object.fromEntries(stored)).toEqual(Object.fromEntries(currentTypes()));
});
