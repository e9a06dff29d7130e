/** What a PromQL expression asks for. */
interface Asked {
  /** Balanced, with no function that is not listed here. Its whole grammar is promtool's matter, where there is one. */
  valid: boolean;
  /** Names of the samples that it selects, and the labels that it selects them by. */
  selectors: { name: string; labels: string[] }[];
}

const functions = new Set(
  [
    'sum',
    'max',
    'min',
    'topk',
    'time',
    'vector',
    'rate',
    'increase',
    'max_over_time',
    'clamp_min',
    'count',
    'absent',
  ].concat('histogram_quantile'),
);
const operators = new Set(['and', 'or', 'unless', 'bool']);

/** Grafana's own variables stand for durations here. */
export function readPromQl(expression: string): Asked {
  const text = expression
    .replace(/"(?:\\.|[^"\\])*"/g, '""')
    .replace(/\[(?:\d+[smhd]|\$__rate_interval)\]/g, '')
    // Labels of a result, not of a selector.
    .replace(/\b(?:by|without|on|ignoring|group_left|group_right)\s*\([\w\s,]*\)/g, ' ');
  const asked: Asked = { valid: isBalanced(text) && !/[$[\]]/.test(text), selectors: [] };
  const names = /(?<![\w.])([a-zA-Z_:][\w:]*)\s*(\(|\{([^}]*)\})?/g;
  for (const [, name = '', next = '', matchers = ''] of text.matchAll(names)) {
    if (operators.has(name)) continue;
    if (next === '(') asked.valid &&= functions.has(name);
    else
      asked.selectors.push({ name, labels: Array.from(matchers.matchAll(/(\w+)\s*[=!]/g), ([, label = '']) => label) });
  }
  return asked;
}

function isBalanced(text: string): boolean {
  const open: string[] = [];
  for (const [bracket] of text.matchAll(/[(){}]/g)) {
    if (bracket === '(' || bracket === '{') open.push(bracket);
    else if (open.pop() !== (bracket === ')' ? '(' : '{')) return false;
  }
  return open.length === 0;
}
