import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settle } from '../../tools/dev/start/settings';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frontrow-settings-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test.each([
  ['127.0.0.1', /^http:\/\/127\.0\.0\.1:\d+$/],
  ['0.0.0.0', /^http:\/\/localhost:\d+$/],
  ['::', /^http:\/\/localhost:\d+$/],
  ['::1', /^http:\/\/\[::1\]:\d+$/],
])('HOST=%s has an address that can be asked', async (host, address) => {
  const { url } = await settle({ HOST: host, PORT: '0' }, join(folder, 'secrets.env'));
  expect(url).toMatch(address);
  expect(URL.canParse(url)).toBe(true);
});
