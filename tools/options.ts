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

/** Given several times. */
interface Texts extends Omit<Text, 'kind' | 'usual'> {
  kind: 'texts';
}

interface Flag {
  kind: 'flag';
}

type Option = Whole | Text | Texts | Flag;
type Options = Record<string, Option>;
type Value<O> = O extends { kind: 'flag' }
  ? boolean
  : O extends { kind: 'texts' }
    ? string[]
    : O extends { kind: 'whole'; usual: number }
      ? number
      : O extends { kind: 'whole' }
        ? number | undefined
        : O extends { usual: string }
          ? string
          : string | undefined;
export type Values<O extends Options> = { [N in keyof O]: Value<O[N]> };

export const whole = <U extends number | undefined = undefined>(from: number, to: number, usual?: U) =>
  ({ kind: 'whole', from, to, usual }) as { kind: 'whole'; from: number; to: number; usual: U };

export const flag = { kind: 'flag' } as const;

/**
 * Options of a script such as `--users 500`.
 * @param names gets the arguments that are no options; without it there may be none
 * @returns null when `--help` was asked for
 * @throws UsageError with one sentence for each mistake
 */
export function readOptions<O extends Options>(args: string[], options: O, names?: string[]): Values<O> | null {
  const given = parse(args, options, names);
  if (given.help === true) return null;
  const mistakes: string[] = [];
  const values = Object.entries(options).map(([name, option]) => {
    const value = given[name];
    if (option.kind === 'flag') return [name, value === true];
    if (option.kind !== 'texts' && typeof value !== 'string') return [name, option.usual];
    const texts = [value ?? []].flat().map(String);
    for (const text of texts) {
      const mistake = mistakeOf(text, option);
      if (mistake) mistakes.push(`--${name} must be ${mistake}, not ${text || 'empty'}.`);
    }
    return [name, option.kind === 'texts' ? texts : option.kind === 'whole' ? Number(texts[0]) : texts[0]];
  });
  if (mistakes.length > 0) throw new UsageError(mistakes.join('\n'));
  return Object.fromEntries(values) as Values<O>;
}

function parse(args: string[], options: Options, names?: string[]) {
  const typed = Object.entries(options).map(([name, { kind }]) => {
    return [name, { type: kind === 'flag' ? ('boolean' as const) : ('string' as const), multiple: kind === 'texts' }];
  });
  const all = { ...Object.fromEntries(typed), help: { type: 'boolean' as const } };
  try {
    const { values, positionals } = parseArgs({
      args: joined(args),
      options: all,
      allowPositionals: names !== undefined,
    });
    names?.push(...positionals);
    return values as Record<string, string | boolean | string[] | undefined>;
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

function mistakeOf(text: string, option: Whole | Text | Texts): string | null {
  if (option.kind !== 'whole') return option.pattern.test(text) ? null : option.wants;
  const { from, to } = option;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= from && number <= to) return null;
  return `a whole number from ${from} to ${to}`;
}

/**
 * Runs a command to its exit status; one that throws ends with its message and `failed`, or 2 for a mistake in the options.
 * @param leave whether to end the process at once, whatever is still open
 */
export function runCommand(work: Promise<unknown>, { failed = 1, leave = false } = {}): void {
  const end = (status: number | undefined) => {
    process.exitCode = status ?? process.exitCode;
    if (leave) process.exit();
  };
  work.then(
    (status) => end(typeof status === 'number' ? status : undefined),
    (error: Error) => {
      console.error(error.message);
      end(error instanceof UsageError ? 2 : failed);
    },
  );
}
