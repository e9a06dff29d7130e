import type { RoomLimitChanges, RoomSettings } from '../../api/api';

export const fields = ['maxActive', 'admitPerMinute', 'sessionSeconds', 'maxSessionSeconds', 'graceSeconds'] as const;
export type Field = (typeof fields)[number];

/** What was typed into the fields that were touched. */
export type Edits = Partial<Record<Field, string>>;

/** Null stands for no limit. */
const optional = new Set<Field>(['maxActive', 'admitPerMinute']);

/** The server's own bounds; it has the last word. */
export const bounds: Record<Field, [number, number]> = {
  maxActive: [0, 10_000_000],
  admitPerMinute: [0, 10_000_000],
  sessionSeconds: [10, 86_400],
  maxSessionSeconds: [10, 86_400],
  graceSeconds: [5, 86_400],
};

export const isOptional = (field: Field) => optional.has(field);

export function textOf(settings: RoomSettings, field: Field): string {
  return settings[field]?.toString() ?? '';
}

/** The number that a text stands for, null for no limit, undefined for none that the field takes. */
function read(field: Field, text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return isOptional(field) ? null : undefined;
  const [min, max] = bounds[field];
  const value = Number(trimmed);
  return /^\d+$/.test(trimmed) && value >= min && value <= max ? value : undefined;
}

export type Wrong = 'bounds' | 'tooShort';

interface Checked {
  /** Only what is other than it was. */
  changes: RoomLimitChanges;
  wrong: Partial<Record<Field, Wrong>>;
}

export function check(settings: RoomSettings, edits: Edits): Checked {
  const values = fields.map((field) => [field, read(field, edits[field] ?? textOf(settings, field))] as const);
  const wrong: Checked['wrong'] = {};
  for (const [field, value] of values) if (value === undefined) wrong[field] = 'bounds';
  const { sessionSeconds, maxSessionSeconds } = Object.fromEntries(values);
  if (sessionSeconds && maxSessionSeconds && maxSessionSeconds < sessionSeconds) wrong.maxSessionSeconds = 'tooShort';
  const changed = values.filter(([field, value]) => value !== undefined && value !== settings[field]);
  return { changes: Object.fromEntries(changed), wrong };
}
