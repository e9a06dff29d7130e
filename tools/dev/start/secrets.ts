import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** How to make each secret that a first start needs. */
const makers: Record<string, () => string> = {
  JWT_SECRET: () => randomBytes(32).toString('base64url'),
  QUEUE_TOKEN_SECRET: () => randomBytes(32).toString('base64url'),
  ADMIN_PASSWORD: () => randomBytes(12).toString('base64url'),
};

/**
 * The secrets that `env` does not give: made once, then kept in `file` (lines of NAME=value, readable by its owner
 * only), so that tokens outlive a restart. With JWT_JWKS_URL bearer tokens come from elsewhere, and no secret is made.
 */
export async function keptSecrets(file: string, env: NodeJS.ProcessEnv): Promise<Record<string, string>> {
  const kept = parse(await readFile(file, 'utf8').catch(() => ''));
  const names = Object.keys(makers).filter((name) => !env[name] && !(name === 'JWT_SECRET' && env.JWT_JWKS_URL));
  const missing = names.filter((name) => !kept[name]);
  for (const name of missing) kept[name] = makers[name]?.() ?? '';
  if (missing.length > 0) await write(file, kept);
  return Object.fromEntries(names.map((name) => [name, kept[name] ?? '']));
}

function parse(text: string): Record<string, string> {
  const lines = text.split('\n').map((line) => /^(\w+)=(.+)$/.exec(line));
  return Object.fromEntries(lines.flatMap((match) => (match ? [[match[1], match[2]]] : [])));
}

async function write(file: string, secrets: Record<string, string>): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  const lines = Object.entries(secrets).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(temporary, lines.join(''), { mode: 0o600 });
  await rename(temporary, file);
}
