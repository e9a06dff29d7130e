import { parser } from '@prometheus-io/lezer-promql';

/** What a PromQL expression asks for. */
interface Asked {
  /** Whether it is PromQL at all. */
  valid: boolean;
  /** Names of the samples that it selects, and the labels that it selects them by. */
  selectors: { name: string; labels: string[] }[];
}

/** Grafana's own variables stand for durations here. */
export function readPromQl(expression: string): Asked {
  const text = expression.replaceAll('$__rate_interval', '1m');
  const asked: Asked = { valid: true, selectors: [] };
  const cursor = parser.parse(text).cursor();
  do {
    if (cursor.type.isError) asked.valid = false;
    if (cursor.name === 'VectorSelector') asked.selectors.push({ name: '', labels: [] });
    const selector = asked.selectors.at(-1);
    const [node, parent] = [text.slice(cursor.from, cursor.to), cursor.node.parent?.name];
    if (selector && cursor.name === 'Identifier') selector.name = node;
    if (selector && cursor.name === 'LabelName' && parent === 'UnquotedLabelMatcher') selector.labels.push(node);
  } while (cursor.next());
  return asked;
}
