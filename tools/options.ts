import { parseArgs } from 'node:util';

/** A mistake of whoever typed the command: its message is all that is printed. */
export class UsageError extends Error {}

interface Whole {
  kind: 'whole';
  from: number;
  to: number;
  /** Undefined: the option may be left out. */
  usual?: number;
}

interface Text {
  kind: 'text';
  pattern: RegExp;
  /** What the pattern wants, in words. */
  wants: string;
  usual?: string;
}

type Options = Record<string, Whole | Text>;
type Value<O> = O extends { kind: 'whole'; usual: number }
  ? number
  : O extends { kind: 'whole' }
    ? number | undefined
    : O extends { usual: string }
      ? string
      : string | undefined;
export type Values<O extends Options> = { [N in keyof O]: Value<O[N]> };

export const whole = <U extends number | undefined = undefined>(from: number, to: number, usual?: U) =>
  ({ kind: 'whole', from, to, usual }) as { kind: 'whole'; from: number; to: number; usual: U };

/**
 * Options of a script such as `--users 500`.
 * @returns null when `--help` was asked for
 * @throws UsageError with one sentence for each mistake
 */
export function readOptions<O extends Options>(args: string[], options: O): Values<O> | null {
  const names = Object.keys(options);
  const texts = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  const given = parse(args, { ...texts, help: { type: 'boolean' as const } });
  if (given.help === true) return null;
  const mistakes: string[] = [];
  const values = names.map((name) => {
    const option = options[name] as Whole | Text;
    const text = given[name];
    if (typeof text !== 'string') return [name, option.usual];
    const mistake = option.kind === 'whole' ? mistakeOf(text, option) : option.pattern.test(text) ? null : option.wants;
    if (mistake) mistakes.push(`--${name} must be ${mistake}, not ${text || 'empty'}.`);
    return [name, option.kind === 'whole' ? Number(text) : text];
  });
  if (mistakes.length > 0) throw new UsageError(mistakes.join('\n'));
  return Object.fromEntries(values) as Values<O>;
}

function parse(args: string[], options: Record<string, { type: 'string' | 'boolean' }>) {
  try {
    return parseArgs({ args: joined(args), options }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('. To specify')[0]}. --help shows all options.`);
  }
}

/** `--users -1` as `--users=-1`: a number all the same, to be refused as what it is. */
function joined(args: string[]): string[] {
  return args.flatMap((arg, i) => {
    if (/^-\d/.test(arg) && args[i - 1]?.startsWith('--')) return [];
    const next = args[i + 1] ?? '';
    return arg.startsWith('--') && /^-\d/.test(next) ? [`${arg}=${next}`] : [arg];
  });
}

function mistakeOf(text: string, { from, to }: Whole): string | null {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= from && number <= to) return null;
  return `a whole number from ${from} to ${to}`;
}
