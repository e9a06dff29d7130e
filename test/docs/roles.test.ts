import { readFileSync } from 'node:fs';
import { rolesPage, withRolesTable } from '../../tools/generate/docs-roles';

test('roles.md has every endpoint of the admin API, with the roles of its record (npm run docs:roles writes it)', () => {
  const page = readFileSync(rolesPage, 'utf8');
  expect(page).toBe(withRolesTable(page));
});
