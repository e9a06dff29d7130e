import type { LaneNumbers } from '../../api/api';
import { format } from '../../i18n/format';
import { Loading } from '../../ui/loading';
import { messages } from '../messages/messages';
import { age, oldSeconds, sumOfLanes, useLanes } from './read-lanes';

/** What each lane has before it. */
export function LaneTable() {
  const { commands, shell } = messages.value;
  const { number } = format.value;
  const { data, problem } = useLanes();
  if (!data) return problem ? null : <Loading label={shell.loading} />;
  const sum = sumOfLanes(data.items);
  return (
    <section class="stack" aria-labelledby="lanes">
      <div>
        <h2 id="lanes">{commands.unfinished}</h2>
        <p class="soft">{commands.unfinishedHint}</p>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard. */}
      <div class="card table-card" role="region" aria-labelledby="lanes" tabIndex={0}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{commands.lane}</th>
              <th scope="col">{commands.due}</th>
              <th scope="col">{commands.oldest}</th>
              <th scope="col">{commands.later}</th>
              <th scope="col" class="wide-only text">
                {commands.worker}
              </th>
            </tr>
          </thead>
          <tbody>
            {data.items.map((lane) => (
              <LaneRow key={lane.lane} lane={lane} />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{commands.all}</th>
              <td class="number">{number(sum.due)}</td>
              <td class="number">{sum.oldest ? age(sum.oldest.seconds) : '–'}</td>
              <td class="number">{number(sum.later)}</td>
              <td class="wide-only" />
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  );
}

function LaneRow({ lane: { lane, owner, due, later, oldestSeconds } }: { lane: LaneNumbers }) {
  const { commands } = messages.value;
  const { number } = format.value;
  const isOld = (oldestSeconds ?? 0) >= oldSeconds;
  return (
    <tr>
      <th scope="row">
        {lane}
        {!owner && <span class="tag warn no-worker">{commands.ownerless}</span>}
      </th>
      <td class={`number${due === 0 ? ' soft' : ''}`}>{number(due)}</td>
      <td class={`number${isOld ? ' bad-text' : ' soft'}`}>{oldestSeconds === null ? '–' : age(oldestSeconds)}</td>
      <td class={`number${later === 0 ? ' soft' : ''}`}>{number(later)}</td>
      <td class="wide-only text soft small">{owner ?? '–'}</td>
    </tr>
  );
}
