import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../shared/platform/project-root';

const skipped = new Set(['node_modules', 'dist', 'dist-web', 'coverage']);

/** Every Markdown file of the project; paths from the project's folder. */
export function markdownFiles(folder = ''): string[] {
  const entries = readdirSync(join(projectRoot, folder), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      const wanted = !skipped.has(entry.name) && (!entry.name.startsWith('.') || entry.name === '.github');
      return wanted ? markdownFiles(path) : [];
    }
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

export const exists = (path: string) => existsSync(join(projectRoot, path));
const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');

export interface Heading {
  level: number;
  text: string;
}

/** A page as lines of text, headings and fenced code blocks. */
export function parse(file: string): { prose: string; headings: Heading[]; blocks: string[] } {
  const prose: string[] = [];
  const headings: Heading[] = [];
  const blocks: string[] = [];
  let block: string[] | null = null;
  for (const line of read(file).split('\n')) {
    if (line.trimStart().startsWith('```')) {
      if (block) blocks.push([...block, line].join('\n'));
      block = block ? null : [line];
    } else if (block) block.push(line);
    else if (!line.startsWith('    ')) {
      const heading = /^(#{1,6}) (.+)$/.exec(line);
      if (heading) headings.push({ level: heading[1]?.length ?? 0, text: heading[2] ?? '' });
      prose.push(line);
    }
  }
  if (block) throw new Error(`${file}: a code block has no end`);
  return { prose: prose.join('\n'), headings, blocks };
}

/** Links and pictures with a relative address. */
export function links(file: string): { path: string; anchor?: string }[] {
  const prose = parse(file).prose.replaceAll(/`[^`\n]*`/g, '');
  const targets = Array.from(prose.matchAll(/\]\(([^()\s]+)\)/g), ([, target = '']) => target);
  return targets
    .filter((target) => !/^([a-z]+:|\/)/i.test(target))
    .map((target) => {
      const [path = '', anchor] = target.split('#');
      return { path, anchor };
    });
}

/** The anchors that GitHub makes of a page's headings. */
export function anchors(file: string): Set<string> {
  const seen = new Map<string, number>();
  return new Set(
    parse(file).headings.map(({ text }) => {
      const name = text
        .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
        .trim()
        .replaceAll(' ', '-');
      const times = seen.get(name) ?? 0;
      seen.set(name, times + 1);
      return times === 0 ? name : `${name}-${times}`;
    }),
  );
}
