import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentTypes, typesFolder } from './client/current-types';

const types = currentTypes();
mkdirSync(join(typesFolder, 'schema'), { recursive: true });
const gone = readdirSync(join(typesFolder, 'schema')).filter((name) => !types.has(`schema/${name}`));
for (const name of gone) rmSync(join(typesFolder, 'schema', name));
const changed = [...types].filter(([file, source]) => readOr(join(typesFolder, file)) !== source);
for (const [file, source] of changed) writeFileSync(join(typesFolder, file), source);
for (const [file] of changed) console.log(`client/src/${file} is written anew.`);
if (changed.length === 0 && gone.length === 0) console.log('client/src/schema is up to date.');

function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
