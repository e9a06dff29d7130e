export type MistakeValues = Readonly<Record<string, string | number>>;

/** What can be wrong in an imported plan, by code: clients have words of their own for it. Here as a sentence, of the values that come with it. */
export const planMistakes = {
  MISSING: () => 'Missing',
  UNKNOWN_FIELD: () => 'Unknown field',
  UNKNOWN_COLUMN: ({ columns }) => `Unknown column; there are ${columns}`,
  COLUMN_TWICE: () => 'Named twice',
  COLUMN_MISSING: () => 'This column is missing',
  NO_NUMBER: () => 'Neither number nor label is there',
  NO_SEATS: () => 'No seats',
  EMPTY_FILE: () => 'The file is empty',
  NOT_UTF8: () => 'Not UTF-8: save the file as “CSV UTF-8”',
  BAD_QUOTE: () => 'A quote that does not belong there, or has no end: double the quotes inside a cell',
  TOO_MANY_CELLS: ({ cells, columns }) => `${cells} cells, and only ${columns} columns`,
  TOO_MANY_SEATS: ({ max }) => `More than ${max} seats`,
  TOO_MANY_SECTIONS: ({ max }) => `More than ${max} sections`,
  TOO_MANY_CATEGORIES: ({ max }) => `More than ${max} categories`,
  TOO_MANY_ATTRIBUTES: ({ max }) => `More than ${max} attributes`,
  SAME_SEAT: ({ line }) => `The same seat as line ${line}`,
  SAME_LABEL: ({ line }) => `The same label as line ${line}`,
  SAME_PLACE: ({ line }) => `At the same place as line ${line}`,
  HALF_PLACED: () => 'Missing, and other seats have it',
  UNKNOWN_CATEGORY: () => 'No such category',
  UNKNOWN_ATTRIBUTE: ({ attributes }) => `Invalid option; there are ${attributes}`,
  NOT_A_NUMBER: () => 'Must be a number such as 12.5',
  NOT_WHOLE: () => 'Must be a whole number',
  TOO_SMALL: ({ min }) => `Must be at least ${min}`,
  TOO_LARGE: ({ max }) => `Must be at most ${max}`,
  TOO_LONG: ({ max }) => `Must have at most ${max} characters`,
  CONTROL_CHARACTERS: () => 'Must have no control characters',
  INVISIBLE: () => 'Must have a visible character',
  FORMULA: () => 'Must not begin with =, +, - or @',
  /** The sentence says more: of JSON whose fields are of another type. */
  INVALID: () => 'Invalid',
} satisfies Record<string, (values: MistakeValues) => string>;

export type PlanMistakeCode = keyof typeof planMistakes;

export const planMistakeCodes = Object.keys(planMistakes) as [PlanMistakeCode, ...PlanMistakeCode[]];
