import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillOnce } from '../../tools/stack/stores/cache-folder';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frontrow-cache-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test('of many at once the first to finish wins, and the others leave nothing', async () => {
  const target = join(folder, 'deep', 'target');
  const fill = (text: string) => fillOnce(target, (temporary) => writeFile(join(temporary, 'file'), text));
  await Promise.all(['same', 'same', 'same'].map(fill));
  await fill('later');
  expect(await readFile(join(target, 'file'), 'utf8')).toBe('same');
  expect(await readdir(join(folder, 'deep'))).toEqual(['target']);
});

test('a fill that fails leaves nothing, and says why', async () => {
  const failing = fillOnce(join(folder, 'target'), async (temporary) => {
    await writeFile(join(temporary, 'half'), 'x');
    throw new Error('network gone');
  });
  await expect(failing).rejects.toThrow('network gone');
  expect(await readdir(folder)).toEqual([]);
});

test('what a process left that was killed long ago is removed, what one does now is not', async () => {
  const [old, young] = ['target.tmp-old', 'target.tmp-young'].map((name) => join(folder, name)) as [string, string];
  await mkdir(old);
  await utimes(old, new Date(0), new Date(0));
  await mkdir(young);
  await fillOnce(join(folder, 'target'), async () => undefined);
  expect((await readdir(folder)).sort()).toEqual(['target', 'target.tmp-young']);
});
