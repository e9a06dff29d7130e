import { format } from '../../i18n/format';
import { api } from '../api';
import { useLive } from '../live';
import { messages } from '../messages/messages';
import { ProblemNotice } from '../problem-notice';

const limit = 50;
const readMs = 10_000;

/** Wallets whose money went back after their points were used. */
export function Debts() {
  const { money } = messages.value;
  const { number } = format.value;
  const { data, problem, reload } = useLive(
    'debts',
    (signal) => api.call('GET /v1/admin/debts', { query: { limit }, signal }),
    readMs,
  );
  return (
    <section class="stack" aria-labelledby="debts">
      <div>
        <h2 id="debts">{money.debts}</h2>
        <p class="soft">{money.debtsHint}</p>
      </div>
      {problem && <ProblemNotice problem={problem} onAgain={reload} />}
      {data?.items.length === 0 && <p class="card soft">{money.noDebts}</p>}
      {data && data.items.length > 0 && (
        <dl class="card pairs">
          {data.items.map(({ userId, debt }) => (
            <div key={userId}>
              <dt class="code">{userId}</dt>
              <dd class="number">{money.points(number(debt))}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
