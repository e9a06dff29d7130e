import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../shared/platform/project-root';

/** A setting as `npm start` in this folder has made it; empty without one. */
export async function keptSetting(file: 'secrets.env' | 'stores.env', name: string): Promise<string> {
  const settings = await readFile(join(projectRoot, '.frontrow', file), 'utf8').catch(() => '');
  return new RegExp(`^${name}=(.+)$`, 'm').exec(settings)?.[1] ?? '';
}
