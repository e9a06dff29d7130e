/** Attributes of seats that the map shows, in the order of the legend. */
export const shownAttributes = ['accessible', 'companion', 'restricted-view'] as const;
export type ShownAttribute = (typeof shownAttributes)[number];

/** A wheelchair in place of the number; beside the number, a second head, or a bar before the view. */
export function AttributeSign({ attribute }: { attribute: ShownAttribute }) {
  if (attribute === 'companion')
    return (
      <g class="attribute">
        <circle cx="9" cy="-9" r="3.5" />
      </g>
    );
  if (attribute === 'restricted-view') return <path class="attribute bar" d="M-9 -11H9" />;
  return (
    <g class="wheelchair">
      <circle cx="-1.5" cy="-9" r="2.6" />
      <path d="M-1.5 -5.5V2H5L8 8.5M-1.5 -2H4M-4.5 -0.5A6 6 0 1 0 4 7" />
    </g>
  );
}
