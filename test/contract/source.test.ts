import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { projectRoot } from '../../shared/platform/project-root';

const parts = ['api', 'workers', 'shared', 'tools', 'test'];

/** Every TypeScript file, by its path from the project's root. */
const files = parts.flatMap((part) =>
  readdirSync(join(projectRoot, part), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(part, name)),
);
const sourceOf = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
const product = files.filter((file) => /^(api|workers|shared)\//.test(file));

/** The project's own files that a file imports, without extension. */
function importsOf(file: string): string[] {
  const found = sourceOf(file).matchAll(/(?:from|import|import\(|require\()\s*'(\.[^']+)'/g);
  return Array.from(found, (match) => relative(projectRoot, resolve(projectRoot, dirname(file), match[1] ?? '')));
}

/** Imports that break a rule, as `a.ts imports b`. */
function offences(of: RegExp, forbidden: RegExp): string[] {
  return product
    .filter((file) => of.test(file))
    .flatMap((file) =>
      importsOf(file).flatMap((target) => (forbidden.test(target) ? [`${file} imports ${target}`] : [])),
    );
}

test('the api and the workers know shared, and not each other', () => {
  expect(product.length).toBeGreaterThan(50);
  expect(importsOf('api/app.ts')).toContain('shared/platform/errors');
  expect(offences(/^api\//, /^(?!api\/|shared\/)/)).toEqual([]);
  expect(offences(/^workers\//, /^(?!workers\/|shared\/)/)).toEqual([]);
  expect(offences(/^shared\//, /^(?!shared\/)/)).toEqual([]);
});

test('inside shared, the platform knows no feature', () => {
  expect(offences(/^shared\/platform\//, /^(?!shared\/platform\/)/)).toEqual([]);
});

test('inside the api, arrows go from features over commands, streams and reads to http', () => {
  expect(offences(/^api\/http\//, /^api\/(?!http\/)/)).toEqual([]);
  expect(offences(/^api\/(streams|reads)\//, /^api\/(?!(http|streams|reads)\/)/)).toEqual([]);
  expect(offences(/^api\/commands\//, /^api\/(?!(http|streams|reads|commands)\/)/)).toEqual([]);
  // Of the root, a feature may know the type of the context that its handlers get.
  expect(offences(/^api\/\w.*\//, /^api\/(?!context$)[^/]+$/)).toEqual([]);
  expect(product.filter((file) => /^api\/[^/]+$/.test(file)).sort()).toEqual(
    ['app', 'context', 'routes', 'server'].map((name) => `api/${name}.ts`),
  );
  const types = product.filter((file) => /^import (?!type ).*'\.\.\/context'/m.test(sourceOf(file)));
  expect(types.filter((file) => file.startsWith('api/'))).toEqual([]);
});

test('every endpoint is listed in routes.ts', () => {
  const made =
    /^export (?:const (\w+) =(?: \(config: Config\) =>)?\s+(?:route|commandRoute|roomSwitch|fileRoute)\(|function (?!fileRoute)(\w+)\([^)]*\) \{\n(?: {2}.*\n)*? {2}return (?:route|commandRoute)\()/gm;
  const endpoints = product
    .filter((file) => /^api\/.+\//.test(file))
    .flatMap((file) => Array.from(sourceOf(file).matchAll(made), ([, constant, maker]) => constant ?? maker));
  const listed = Array.from(sourceOf('api/routes.ts').matchAll(/^import \{ (.+) \} from/gm), ([, names = '']) => names);
  expect(endpoints.sort()).toEqual(listed.flatMap((names) => names.split(', ')).sort());
});

test.each([
  ['@opentelemetry', 'shared/tracing/otel'],
  ['stripe', 'shared/top-ups/stripe'],
])('%s is known to %s alone, which is loaded on demand', (name, module) => {
  const offending = product.filter((file) => new RegExp(`'${name}['/]`).test(sourceOf(file)));
  expect(offending).toEqual([`${module}.ts`]);
  const imported = new RegExp(`^(?:import|export) (?!type )[^;]*/${module.split('/').at(-1)}'`, 'm');
  expect(product.filter((file) => imported.test(sourceOf(file)))).toEqual([]);
});

test('no file is longer than 250 lines', () => {
  const long = files.map((file) => ({ file, lines: sourceOf(file).split('\n').length - 1 }));
  expect(long.filter(({ lines }) => lines > 250)).toEqual([]);
});

test('half of the product files have at most 60 lines', () => {
  const lines = product.map((file) => sourceOf(file).split('\n').length - 1).sort((a, b) => a - b);
  expect(lines[Math.floor(lines.length / 2)]).toBeLessThanOrEqual(60);
});

test('nothing is any', () => {
  const isAny = /(?:[:<|&,(=]|\bas|\bextends)\s*any\b(?!\s*:)/;
  expect(isAny.test('const x: any = 1')).toBe(true);
  const withoutText = (source: string) => source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$|'[^'\n]*'|`[^`]*`/gm, '');
  expect(files.filter((file) => isAny.test(withoutText(sourceOf(file))))).toEqual([]);
});

test('one way to export: by name', () => {
  const configured = /^test\/global-/;
  expect(files.filter((file) => !configured.test(file) && /^export default/m.test(sourceOf(file)))).toEqual([]);
});
