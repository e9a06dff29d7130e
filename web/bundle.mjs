import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** What every browser of the last two years runs as it is. */
const target = ['es2022', 'chrome111', 'firefox113', 'safari16.4'];

/**
 * Bundles the pages of entries.json into a folder: `assets/<name>-<hash>.js` and `.css`, each beside its `.br` and `.gz`;
 * `<entry>.html`; and `pages.json`, which says at which addresses each page is. Runs in the project's folder.
 */
export async function bundle(folder) {
  const entries = JSON.parse(readFileSync('web/entries.json', 'utf8'));
  const { metafile } = await build({
    entryPoints: Object.fromEntries(entries.map(({ name, script }) => [name, script])),
    outdir: join(folder, 'assets'),
    entryNames: '[name]-[hash]',
    chunkNames: 'part-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    target,
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
  });
  const icon = addHashed('web/static/icon.svg', folder);
  for (const { name, script, title } of entries)
    writeFileSync(join(folder, `${name}.html`), page({ title, icon, links: linksOf(metafile, script, folder) }));
  const pages = entries.map(({ name, paths }) => ({ file: `${name}.html`, paths }));
  writeFileSync(join(folder, 'pages.json'), JSON.stringify(pages));
  compressAll(join(folder, 'assets'));
}

/** The tags for an entry's style and script, and for the scripts that it imports at once. */
function linksOf({ outputs }, script, folder) {
  const address = (file) => `/${file.slice(folder.length + 1)}`;
  const [file, entry] = Object.entries(outputs).find(([, output]) => output.entryPoint === script);
  const parts = entry.imports.filter(({ kind }) => kind === 'import-statement');
  return [
    ...(entry.cssBundle ? [`<link rel="stylesheet" href="${address(entry.cssBundle)}">`] : []),
    ...parts.map(({ path }) => `<link rel="modulepreload" href="${address(path)}">`),
    `<script type="module" src="${address(file)}"></script>`,
  ].map((line) => `    ${line}`);
}

function page({ title, icon, links }) {
  const template = readFileSync('web/page.html', 'utf8');
  return template.replace('{{title}}', title).replace('{{icon}}', icon).replace('{{links}}', links.join('\n'));
}

function addHashed(source, folder) {
  const { name, ext } = parse(source);
  const content = readFileSync(source);
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 8).toUpperCase();
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'assets', `${name}-${hash}${ext}`), content);
  return `/assets/${name}-${hash}${ext}`;
}

function compressAll(folder) {
  for (const name of readdirSync(folder)) {
    const content = readFileSync(join(folder, name));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(content, { params }));
    writeFileSync(join(folder, `${name}.gz`), gzipSync(content, { level: 9 }));
  }
}
