import { useMemo, useRef } from 'preact/hooks';
import { messages } from '../messages/messages';
import { layOut, type Row, type Section } from './layout';
import { layOutPlan } from './plan-layout';
import { priceScale } from './price-scale';
import { cell, SeatBox } from './seat';
import { useSeatInput } from './use-seat-input';
import { useZoom } from './use-zoom';
import type { LiveSeat } from './watch-seats';
import { ZoomBar } from './zoom-bar';

interface SeatMapProps {
  seats: readonly LiveSeat[];
  chosen: ReadonlySet<string>;
  yours: ReadonlySet<string>;
  lost: ReadonlySet<string>;
  onToggle: (seat: LiveSeat) => void;
}

/** The hall as a drawing. One seat has the Tab stop; arrow keys, Home and End move, space and Enter choose. */
export function SeatMap({ seats, chosen, yours, lost, onToggle }: SeatMapProps) {
  const { seats: texts } = messages.value;
  const hall = useMemo(() => layOutPlan(seats) ?? layOut(seats), [seats]);
  const scale = useMemo(() => priceScale(seats.map(({ price }) => price)), [seats]);
  const frame = useRef<HTMLDivElement>(null);
  const zoom = useZoom(frame, hall);
  const { focused, ...handlers } = useSeatInput(hall, zoom, onToggle);
  const tabbable = focused ?? seats.find(({ id }) => chosen.has(id))?.id ?? firstFree(seats)?.id ?? null;
  return (
    <div class="map">
      <div class="map-frame" ref={frame}>
        <svg
          class={`hall${zoom.cellPx < legiblePx ? ' small' : ''}`}
          viewBox={`0 0 ${hall.width * cell} ${hall.height * cell}`}
          width={hall.width * zoom.cellPx}
          height={hall.height * zoom.cellPx}
          role="group"
          aria-label={texts.map}
          aria-describedby="map-how"
          {...handlers}
        >
          <Stage width={hall.width} top={hall.stageY ?? 0} />
          {hall.sections.map((section) => (
            <SectionOf key={section.name} section={section} {...{ scale, chosen, yours, lost, tabbable }} />
          ))}
        </svg>
      </div>
      <ZoomBar zoom={zoom} />
      <p class="unseen" id="map-how">
        {texts.how}
      </p>
    </div>
  );
}

/** Below this, numbers and signs would be specks. */
const legiblePx = 24;

function firstFree(seats: readonly LiveSeat[]): LiveSeat | undefined {
  return seats.find(({ status }) => status.peek() === 'available') ?? seats[0];
}

interface SectionProps {
  section: Section<LiveSeat>;
  scale: ReadonlyMap<number, number>;
  chosen: ReadonlySet<string>;
  yours: ReadonlySet<string>;
  lost: ReadonlySet<string>;
  tabbable: string | null;
}

function SectionOf({ section: { name, x, y, rows }, ...rest }: SectionProps) {
  const label = messages.value.seats.section(name);
  return (
    <g role="group" aria-label={label}>
      {y !== null && (
        <text class="section-name" x={x * cell} y={y * cell + 5} aria-hidden="true">
          {label}
        </text>
      )}
      {rows.map((row) => (
        <RowOf key={row.name} row={row} {...rest} />
      ))}
    </g>
  );
}

function RowOf({ row, scale, chosen, yours, lost, tabbable }: Omit<SectionProps, 'section'> & { row: Row<LiveSeat> }) {
  const first = row.seats[0];
  return (
    <>
      {first && row.isNamed !== false && (
        <text class="row-name" x={(first.x - 0.75) * cell} y={first.y * cell + 5} aria-hidden="true">
          {row.name}
        </text>
      )}
      {row.seats.map((placed) => (
        <SeatBox
          key={placed.seat.id}
          placed={placed}
          tier={scale.get(placed.seat.price) ?? 0}
          chosen={chosen.has(placed.seat.id)}
          yours={yours.has(placed.seat.id)}
          lost={lost.has(placed.seat.id)}
          tabbable={placed.seat.id === tabbable}
        />
      ))}
    </>
  );
}

function Stage({ width, top }: { width: number; top: number }) {
  const { seats } = messages.value;
  const middle = (width / 2) * cell;
  const half = Math.min(width / 2 - 0.5, 6) * cell;
  const path = `M${middle - half} 22Q${middle} 66 ${middle + half} 22L${middle + half - 12} 6H${middle - half + 12}Z`;
  return (
    <g class="stage" transform={`translate(0 ${top * cell})`} aria-hidden="true">
      <path d={path} />
      <text x={middle} y="30">
        {seats.stage}
      </text>
    </g>
  );
}
