import { spawnSync } from 'node:child_process';
import { chmod, cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../shared/platform/project-root';
import { startProcess } from '../helpers/processes';

test.each([
  ['tools/fuzz', 'npm run fuzz'],
  ['tools/contract', 'npm run check:contract'],
  ['tools/operate/verify-draw', 'npm run verify-draw'],
  ['tools/operate/seed', 'npm run seed'],
  ['tools/operate/audit', 'npm run audit'],
  ['tools/operate/migrate', 'npm run migrate'],
])('%s --help says how to use it, does nothing, and ends well', async (module, usage) => {
  const process = startProcess(module, {}, ['--help']);
  expect(await process.ended()).toBe(0);
  expect(process.output()).toContain(usage);
  expect(process.output()).not.toMatch(/Installing|^ +at /m);
});

test.each(['tools/operate/seed', 'tools/operate/audit', 'tools/operate/migrate'])(
  '%s without MONGODB_URI says so in a sentence',
  async (module) => {
    const process = startProcess(module, {});
    expect(await process.ended()).toBe(2);
    expect(process.output()).toMatch(/^MONGODB_URI must name the database[^\n]*\n$/);
  },
);

test('a checkout that can not be written: a sentence that names the folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'frontrow-read-only-'));
  try {
    for (const name of ['tools', 'package.json', 'package-lock.json'])
      await cp(join(projectRoot, name), join(folder, name), { recursive: true });
    for (const name of ['tools', 'tools/prepare', '.']) await chmod(join(folder, name), 0o555);
    // Root may write anywhere.
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const options = { cwd: folder, env: { PATH: process.env.PATH }, encoding: 'utf8', ...nobody } as const;
    const { status, stderr } = spawnSync(process.execPath, ['tools/run.mjs', 'tools/dev/start'], options);
    expect(stderr).toBe(
      `Can't write to ${folder} (EACCES). Installing and building need that: copy it to a folder of your own.\n`,
    );
    expect(status).toBe(1);
    expect(await readdir(folder)).toHaveLength(3);
  } finally {
    await chmod(folder, 0o755);
    await rm(folder, { recursive: true, force: true });
  }
});
