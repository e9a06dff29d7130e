import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { roles } from '../../api/http/roles';
import type { Route } from '../../api/http/route';
import { allRoutes } from '../../api/routes';
import { configSchema } from '../../shared/platform/config-schema';
import { projectRoot } from '../../shared/platform/project-root';

export const rolesPage = join(projectRoot, 'docs', 'reference', 'roles.md');
const [start, end] = ['<!-- roles:start -->', '<!-- roles:end -->'];

/** One row an endpoint, in the order of the document: which roles may use it. */
function rolesTable(routes: readonly Route[]): string {
  const rows = routes.flatMap(({ method, path, auth }) => {
    if (typeof auth !== 'object') return [];
    const marks = roles.map((role) => (auth.includes(role) ? 'yes' : ''));
    return [`| \`${method.toUpperCase()} ${path}\` | ${marks.join(' | ')} |`];
  });
  const head = `| Endpoint | ${roles.map((role) => `\`${role}\``).join(' | ')} |`;
  return [head, `|---|${roles.map(() => '---|').join('')}`, ...rows].join('\n');
}

/** @throws Error when the text has no place for the table */
export function withRolesTable(text: string): string {
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`no ${start} and ${end} to put the table between`);
  const settings = { MONGODB_URI: 'mongodb://h/d', REDIS_URL: 'redis://h', ADMIN_PASSWORD: 'x'.repeat(12) };
  const config = configSchema.parse({ ...settings, QUEUE_TOKEN_SECRET: 'x'.repeat(32) });
  return `${text.slice(0, from + start.length)}\n\n${rolesTable(allRoutes(config))}\n\n${text.slice(to)}`;
}

if (require.main === module) {
  writeFileSync(rolesPage, withRolesTable(readFileSync(rolesPage, 'utf8')));
  console.log('docs/reference/roles.md: table written');
}
