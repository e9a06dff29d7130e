import { readFileSync, writeFileSync } from 'node:fs';
import { currentTypes, typesFile } from './client/current-types';

const types = currentTypes();
const changed = readOr(typesFile) !== types;
if (changed) writeFileSync(typesFile, types);
console.log(`client/src/schema.ts ${changed ? 'is written anew' : 'is up to date'}.`);

function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
