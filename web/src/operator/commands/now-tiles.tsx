import { format } from '../../i18n/format';
import { Loading } from '../../ui/loading';
import { api } from '../api';
import { useLive } from '../live';
import { messages } from '../messages/messages';
import { ProblemNotice } from '../problem-notice';
import { Tile } from '../tile';
import { useRates } from '../use-rates';
import { age, oldSeconds, sumOfLanes, useLanes } from './read-lanes';

const countedFailed = 100;
const failedMs = 5000;

/** How commands are going, over everything. */
export function NowTiles() {
  const { overview, shell, unit } = messages.value;
  const { number, tenths } = format.value;
  const lanes = useLanes();
  const failed = useLive(
    'failed count',
    (signal) => api.call('GET /v1/admin/failed-jobs', { query: { limit: countedFailed }, signal }),
    failedMs,
  );
  const sum = sumOfLanes(lanes.data?.items ?? []);
  const { now, curve } = useRates(lanes.data, sum.carriedOut);
  const failures = failed.data?.items.length ?? 0;
  if (lanes.problem) return <ProblemNotice problem={lanes.problem} onAgain={lanes.reload} />;
  if (!lanes.data) return <Loading label={shell.loading} />;
  return (
    <section aria-label={overview.now}>
      <dl class="tiles">
        <Tile
          label={overview.rate}
          value={now === null ? '–' : unit.perSecond(now < 10 ? tenths(now) : number(Math.round(now)))}
          hint={overview.rateHint}
        >
          <SparkLine values={curve} />
        </Tile>
        <Tile
          label={overview.due}
          value={number(sum.due)}
          hint={sum.oldest ? overview.dueHint(age(sum.oldest.seconds), sum.oldest.lane) : overview.noneDue}
          tone={(sum.oldest?.seconds ?? 0) >= oldSeconds ? 'bad' : undefined}
        />
        <Tile
          label={overview.failed}
          value={failed.data ? `${number(failures)}${failed.data.nextCursor ? '+' : ''}` : '–'}
          hint={failures > 0 ? overview.failedHint : overview.noneFailed}
          tone={failures > 0 ? 'bad' : undefined}
        />
        <Tile label={overview.later} value={number(sum.later)} hint={overview.laterHint} />
      </dl>
    </section>
  );
}

/** The last values as a line, for the eye alone: the number stands beside it. */
function SparkLine({ values }: { values: readonly number[] }) {
  const width = 120;
  const height = 32;
  const most = Math.max(1, ...values);
  const step = width / Math.max(1, values.length - 1);
  const points = values.map(
    (value, i) => `${(i * step).toFixed(1)},${(height - 2 - (value / most) * (height - 4)).toFixed(1)}`,
  );
  return (
    <svg class="spark" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      {values.length > 1 && (
        <>
          <polygon points={`0,${height} ${points.join(' ')} ${width},${height}`} />
          <polyline points={points.join(' ')} />
        </>
      )}
    </svg>
  );
}
