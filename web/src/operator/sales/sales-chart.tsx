import { BarChart } from 'chartist';
import { useEffect, useRef } from 'preact/hooks';
import type { SalesOverTime } from '../../api/api';
import { format } from '../../i18n/format';
import { messages } from '../messages/messages';

const labels = 6;

/** Seats sold in each stretch of time: a picture for the eye, and a table for everybody. */
export function SalesChart({ sales: { items }, zone }: { sales: SalesOverTime; zone: string }) {
  const { chart } = messages.value;
  const { number, shortDateTime } = format.value;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place.current) return;
    const every = Math.ceil(items.length / labels);
    const data = {
      labels: items.map(({ at }, i) => (i % every === 0 ? shortDateTime(at, zone) : '')),
      series: [items.map(({ seats }) => seats)],
    };
    const drawn = new BarChart(place.current, data, {
      axisX: { showGrid: false },
      axisY: { onlyInteger: true, labelInterpolationFnc: (value) => number(Number(value)) },
      low: 0,
    });
    return () => drawn.detach();
  }, [items, zone, number, shortDateTime]);
  return (
    <div class="sales-chart">
      <div ref={place} class="sales-bars" aria-hidden="true" />
      <details>
        <summary>{chart.table}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{chart.from}</th>
              <th scope="col">{chart.seats}</th>
              <th scope="col">{chart.amount}</th>
              <th scope="col">{chart.cancelled}</th>
            </tr>
          </thead>
          <tbody>
            {items.map(({ at, seats, amount, cancelledSeats }) => (
              <tr key={at}>
                <th scope="row">{shortDateTime(at, zone)}</th>
                <td class="number">{number(seats)}</td>
                <td class="number">{number(amount)}</td>
                <td class="number">{number(cancelledSeats)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </div>
  );
}
