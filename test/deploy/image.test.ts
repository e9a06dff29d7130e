import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { projectRoot } from '../../shared/platform/project-root';

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
const { dependencies, optionalDependencies } = JSON.parse(read('package.json')) as Record<string, object>;
const inImage = new Set([...Object.keys(dependencies ?? {}), ...Object.keys(optionalDependencies ?? {})]);
const entries: string[] = JSON.parse(read('tsconfig.image.json')).files;

/** `@scope/name` or `name` of what an import names. */
const packageOf = (name: string) => name.split('/', name.startsWith('@') ? 2 : 1).join('/');

/** Modules that a source file needs when it runs, as it names them: not what is imported for its types alone. */
function importsOf(file: string): string[] {
  const from = /^(?:import|export)\s(?!type\b)[^'"]*?from\s+'([^']+)'/gm;
  const others = /(?:^import\s+|\bimport\(|\brequire\()'([^']+)'/gm;
  const source = read(file);
  return [from, others].flatMap((pattern) => Array.from(source.matchAll(pattern), ([, name = '']) => name));
}

/** Everything that the image's programs reach: files of the project, and by package the first file that names it. */
function reached() {
  const files = new Set<string>();
  const packages = new Map<string, string>();
  const waiting = [...entries];
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    for (const name of importsOf(file)) {
      if (name.startsWith('.')) waiting.push(`${relative(projectRoot, join(projectRoot, dirname(file), name))}.ts`);
      else if (!name.startsWith('node:') && !builtinModules.includes(name)) packages.set(packageOf(name), file);
    }
  }
  return { files, packages };
}

test('what the image runs needs packages of production only', () => {
  const { files, packages } = reached();
  expect(files.size).toBeGreaterThan(200);
  expect(packages.size).toBeGreaterThan(10);
  expect([...packages].filter(([name]) => !inImage.has(name))).toEqual([]);
});

test('the image has what operators need, and neither tests nor tools of development', () => {
  const { files } = reached();
  for (const entry of ['audit', 'migrate', 'seed', 'verify-draw']) expect(files).toContain(`tools/operate/${entry}.ts`);
  const others = [...files].filter((file) => !/^(api|workers|shared|client\/src|tools\/operate)\//.test(file));
  expect(others.sort()).toEqual(['tools/options.ts', 'tools/progress.ts']);
});

test('every production package is one that the image needs', () => {
  const { packages } = reached();
  // The board's server looks for its pages in that package by itself.
  const unused = [...inImage].filter((name) => !packages.has(name));
  expect(unused).toEqual(['@bull-board/ui']);
});
