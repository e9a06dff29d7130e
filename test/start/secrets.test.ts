import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keptSecrets } from '../../tools/dev/start/settings';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frontrow-secrets-'));
  file = join(folder, 'secrets.env');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test('made once, long enough, for its owner only', async () => {
  const first = await keptSecrets(file, {});
  expect(Object.keys(first)).toEqual(['JWT_SECRET', 'QUEUE_TOKEN_SECRET', 'ADMIN_PASSWORD']);
  expect(first.JWT_SECRET?.length).toBeGreaterThanOrEqual(32);
  expect(first.ADMIN_PASSWORD?.length).toBeGreaterThanOrEqual(12);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await keptSecrets(file, {})).toEqual(first);
});

test('what the environment gives is neither made nor written down', async () => {
  const given = { ADMIN_PASSWORD: 'from the environment', JWT_JWKS_URL: 'https://id.test/keys' };
  expect(Object.keys(await keptSecrets(file, given))).toEqual(['QUEUE_TOKEN_SECRET']);
  expect(await readFile(file, 'utf8')).toMatch(/^QUEUE_TOKEN_SECRET=.+\n$/);
});

test('a secret that is asked for later joins those that are kept', async () => {
  const { QUEUE_TOKEN_SECRET } = await keptSecrets(file, { ADMIN_PASSWORD: 'from the environment' });
  expect(await keptSecrets(file, {})).toMatchObject({ QUEUE_TOKEN_SECRET });
});
