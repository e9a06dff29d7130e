import { isUtf8 } from 'node:buffer';
import { pipeline } from 'node:stream/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { CsvError, type Options, parse } from 'csv-parse';
import type { PlanMistakeCode } from '../../shared/seating-plans/plan-mistakes';
import type { Mistakes } from './mistakes';
import { type Column, columns } from './plan-seat';

/** A line with what its cells say, not checked yet. */
export interface RawSeat {
  line: number;
  cells: Record<string, unknown>;
}

/** Bytes: between two slices other requests have their turn. */
const sliceBytes = 32 * 1024;
const delimiters = [',', ';', '\t'] as const;
const needed: readonly Column[] = ['section', 'row', 'category'];
const numeric: ReadonlySet<string> = new Set<Column>(['number', 'x', 'y', 'rank']);

/**
 * Seats of a CSV file: UTF-8 with or without a byte order mark, separated by commas, semicolons or tabs, with any line ends.
 * Its first line names the columns, in any order.
 * @param max lines that are read; of what is beyond it one mistake says so
 */
export async function readCsv(file: Buffer, max: number, mistakes: Mistakes): Promise<RawSeat[]> {
  if (!isUtf8(file)) {
    mistakes.add(1, null, 'NOT_UTF8');
    return [];
  }
  const seats: RawSeat[] = [];
  let header: Column[] | null = null;
  let ended = false;
  const receive = (record: string[], line: number) => {
    if (ended || record.every((cell) => cell === '')) return;
    if (!header) {
      header = readHeader(record, line, mistakes);
      ended = !header;
    } else if (seats.length === max) {
      mistakes.add(line, null, 'TOO_MANY_SEATS', { max });
      ended = true;
    } else if (record.slice(header.length).some((cell) => cell !== ''))
      mistakes.add(line, null, 'TOO_MANY_CELLS', { cells: record.length, columns: header.length });
    else seats.push({ line, cells: cellsOf(header, record) });
  };
  // Records go by the callback: what the stream had in its buffers would be lost with a mistake.
  const parser = parse({
    ...optionsFor(file),
    on_record(record: string[], { lines }) {
      receive(record, lines);
      return null;
    },
  });
  try {
    await pipeline(slices(file), parser.resume());
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    mistakes.add(lineOf(error), null, 'BAD_QUOTE');
  }
  if (!header && mistakes.isEmpty()) mistakes.add(1, null, 'EMPTY_FILE');
  return seats;
}

function optionsFor(file: Buffer): Options {
  return {
    ...{ bom: true, relax_column_count: true, skip_empty_lines: true, trim: true },
    ...{ delimiter: delimiterOf(file), max_record_size: 10_000 },
  };
}

/** The one that stands in the first line most often. */
function delimiterOf(file: Buffer): string {
  const end = file.indexOf('\n');
  const head = file.toString('utf8', 0, Math.min(end < 0 ? file.length : end, sliceBytes));
  const counts = delimiters.map((delimiter) => head.split(delimiter).length);
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ',';
}

async function* slices(file: Buffer): AsyncGenerator<Buffer> {
  for (let from = 0; from < file.length; from += sliceBytes) {
    yield file.subarray(from, from + sliceBytes);
    await turn();
  }
}

/** Null when what the lines mean is not known, so that nothing more can be said of them. */
function readHeader(record: string[], line: number, mistakes: Mistakes): Column[] | null {
  const names = record.map((cell) => cell.toLowerCase() as Column);
  const before = (name: Column, index: number) => names.indexOf(name) < index;
  const found = names.flatMap((name, i): [string, PlanMistakeCode][] => {
    if (!columns.includes(name)) return [[record[i] ?? '', 'UNKNOWN_COLUMN']];
    return before(name, i) ? [[name, 'COLUMN_TWICE']] : [];
  });
  for (const name of needed) if (!names.includes(name)) found.push([name, 'COLUMN_MISSING']);
  if (!names.includes('number') && !names.includes('label')) found.push(['number', 'NO_NUMBER']);
  const there = { columns: columns.join(', ') };
  for (const [column, code] of found)
    mistakes.add(line, column.slice(0, 40), code, code === 'UNKNOWN_COLUMN' ? there : {});
  return found.length > 0 ? null : names;
}

/** Empty cells are none. What should be a number and is none stays a text, for which the check has words. */
function cellsOf(header: readonly Column[], record: readonly string[]): Record<string, unknown> {
  const cells: Record<string, unknown> = {};
  for (const [i, column] of header.entries()) {
    const text = record[i] ?? '';
    if (text === '') continue;
    if (column === 'attributes') cells[column] = text.split(/[\s|,;]+/);
    else cells[column] = numeric.has(column) && /^-?\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : text;
  }
  return cells;
}

function lineOf(error: CsvError): number {
  return Number((error as { lines?: number }).lines ?? 1);
}
