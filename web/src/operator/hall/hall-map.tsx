import { useMemo, useRef, useState } from 'preact/hooks';
import type { Seat } from '../../api/api';
import { layOut, type Row, type SeatPosition } from '../../booking/seats/layout';
import { layOutPlan } from '../../booking/seats/plan-layout';
import { messages } from '../messages/messages';
import { type Marks, useMarkKeys, within } from './use-marks';

/** Units of the drawing to a cell. */
const cell = 40;
/** CSS pixels: the drawing as wide as its frame, and seats never too small to be hit with a mouse. */
const leastPx = 20;
/** Cells. A pointer that moves less than that clicks. */
const leastDrag = 0.3;

interface Drag {
  from: { x: number; y: number };
  to: { x: number; y: number };
}

/** The hall, to mark seats in: one by one, by the name of a row, or by dragging a box over them. */
export function HallMap({ seats, marks }: { seats: readonly Seat[]; marks: Marks }) {
  const { hall: texts } = messages.value;
  const hall = useMemo(() => layOutPlan(seats) ?? layOut(seats), [seats]);
  const all = useMemo(() => hall.sections.flatMap(({ rows }) => rows.flatMap((row) => row.seats)), [hall]);
  const drawing = useRef<SVGSVGElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const onKeyDown = useMarkKeys(hall, marks);
  const [focused, setFocused] = useState<string | null>(null);
  const tabbable = focused ?? seats[0]?.id;
  const pointOf = ({ clientX, clientY }: PointerEvent) => {
    const matrix = drawing.current?.getScreenCTM()?.inverse();
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(matrix ?? undefined);
    return { x: x / cell, y: y / cell };
  };
  const end = (event: PointerEvent) => {
    setDrag(null);
    if (!drag) return;
    const to = pointOf(event);
    if (Math.hypot(to.x - drag.from.x, to.y - drag.from.y) >= leastDrag) return marks.add(within(all, drag.from, to));
    const id = document
      .elementFromPoint(event.clientX, event.clientY)
      ?.closest('[data-seat]')
      ?.getAttribute('data-seat');
    const at = all.find(({ seat }) => seat.id === id);
    if (at) marks.toggle([at.seat]);
  };
  return (
    <div class="map-frame">
      <svg
        ref={drawing}
        class="hall marking"
        viewBox={`0 0 ${hall.width * cell} ${hall.height * cell}`}
        style={{ width: '100%', minWidth: `${hall.width * leastPx}px` }}
        role="group"
        aria-label={texts.map}
        aria-describedby="hall-how"
        onKeyDown={onKeyDown}
        onFocusIn={(event) =>
          setFocused((event.target as Element).closest('[data-seat]')?.getAttribute('data-seat') ?? null)
        }
        onPointerDown={(event) => {
          if (event.button !== 0 || (event.target as Element).closest('.mark-row')) return;
          // A finger scrolls, and taps.
          if (event.pointerType !== 'touch') drawing.current?.setPointerCapture(event.pointerId);
          const from = pointOf(event);
          setDrag({ from, to: from });
        }}
        onPointerMove={(event) => drag && event.pointerType !== 'touch' && setDrag({ ...drag, to: pointOf(event) })}
        onPointerUp={end}
        onPointerCancel={() => setDrag(null)}
      >
        <Stage width={hall.width} top={hall.stageY ?? 0} />
        {hall.sections.map(({ name, x, y, rows }) => (
          <g key={name} role="group" aria-label={texts.section(name)}>
            {y !== null && (
              <text class="section-name" x={x * cell} y={y * cell + 5} aria-hidden="true">
                {texts.section(name)}
              </text>
            )}
            {rows.map((row) => (
              <RowOf key={row.name} section={name} {...{ row, marks, tabbable }} />
            ))}
          </g>
        ))}
        {drag && <Box drag={drag} />}
      </svg>
    </div>
  );
}

function Stage({ width, top }: { width: number; top: number }) {
  const half = Math.min(width / 2 - 0.5, 6) * cell;
  const middle = (width / 2) * cell;
  return (
    <g class="stage" aria-hidden="true" transform={`translate(0 ${top * cell})`}>
      <path d={`M${middle - half} 8H${middle + half}V34H${middle - half}Z`} />
      <text x={middle} y="25">
        {messages.value.hall.stage}
      </text>
    </g>
  );
}

interface RowProps {
  section: string;
  row: Row<Seat>;
  marks: Marks;
  tabbable: string | undefined;
}

function RowOf({ section, row, marks, tabbable }: RowProps) {
  const { hall: texts } = messages.value;
  const [first] = row.seats;
  const whole = row.seats.map(({ seat }) => seat);
  return (
    <>
      {first && row.isNamed !== false && (
        <text
          class="row-name mark-row"
          x={(first.x - 0.75) * cell}
          y={first.y * cell + 5}
          aria-hidden="true"
          data-row={`${section} ${row.name}`}
          onClick={() => marks.toggle(whole)}
        >
          <title>{texts.markRow(section, row.name)}</title>
          {row.name}
        </text>
      )}
      {row.seats.map((placed) => (
        <MarkBox
          key={placed.seat.id}
          placed={placed}
          marked={marks.ids.has(placed.seat.id)}
          tabbable={placed.seat.id === tabbable}
        />
      ))}
    </>
  );
}

const signs: Record<string, string> = { held: 'M-6 0H6', sold: 'm-4.5-4.5 9 9m0-9-9 9', blocked: 'm-5 5 10-10' };

interface MarkBoxProps {
  placed: SeatPosition<Seat>;
  marked: boolean;
  tabbable: boolean;
}

/** One seat, with its state as a sign, and a tick if it is marked. */
function MarkBox({ placed: { seat, x, y }, marked, tabbable }: MarkBoxProps) {
  const { hall: texts } = messages.value;
  const sign = marked ? 'm-6.5 0.5 4.5 4.5 8.5-9.5' : signs[seat.status];
  return (
    <g
      id={`seat-${seat.id}`}
      class={`seat ${marked ? 'chosen' : seat.status}`}
      transform={`translate(${x * cell} ${y * cell})`}
      role="checkbox"
      aria-checked={marked}
      aria-label={texts.seat(seat.section, seat.row, String(seat.number), texts.state[seat.status])}
      tabindex={tabbable ? 0 : -1}
      data-seat={seat.id}
      data-status={seat.status}
    >
      <rect class="area" x="-20" y="-20" width="40" height="40" />
      <rect class="ring" x="-19" y="-19" width="38" height="38" rx="12" />
      <rect class="box" x="-15.5" y="-15.5" width="31" height="31" rx="9" />
      {sign ? (
        <path class="sign" d={sign} />
      ) : (
        <text class="sign" y="4.5">
          {seat.number}
        </text>
      )}
    </g>
  );
}

function Box({ drag: { from, to } }: { drag: Drag }) {
  const [x, y] = [Math.min(from.x, to.x) * cell, Math.min(from.y, to.y) * cell];
  const [width, height] = [Math.abs(to.x - from.x) * cell, Math.abs(to.y - from.y) * cell];
  return <rect class="drag-box" {...{ x, y, width, height }} />;
}
