import { useId, useState } from 'preact/hooks';
import type { SeatingPlan } from '../../api/api';
import { usePages } from '../../api/use-pages';
import { fromWallClock } from '../../i18n/wall-clock';
import { announce } from '../../ui/announcer';
import { Button } from '../../ui/button';
import { Form } from '../../ui/form';
import { MoreButton } from '../../ui/more-button';
import { Notice } from '../../ui/notice';
import { api, operator } from '../api';
import { links } from '../links';
import { messages } from '../messages/messages';
import { ProblemNotice } from '../problem-notice';
import { TextField } from '../text-field';
import { useAction } from '../use-action';

interface NewDateFormProps {
  concertId: string;
  /** Of the venue. */
  zone: string;
  onDone: () => void;
}

/** Makes a date from a seating plan, with a price for each of its categories. */
export function NewDateForm({ concertId, zone, onDone }: NewDateFormProps) {
  const { halls, seats, shell } = messages.value;
  const id = useId();
  const plans = usePages(operator.value && 'seating plans', (cursor, signal) =>
    api.call('GET /v1/admin/seating-plans', { query: { cursor, limit: 100 }, signal }),
  );
  const [dateId, setDateId] = useState('');
  const [startsAt, setStartsAt] = useState('');
  const [chosen, setChosen] = useState('');
  const [prices, setPrices] = useState<Readonly<Record<string, string>>>({});
  const [isMade, setIsMade] = useState(false);
  const act = useAction();
  const plan = plans.data?.find((one) => one.id === chosen);
  const at = fromWallClock(startsAt, zone);
  const isReady = plan !== undefined && at !== null && dateId.trim() !== '' && hasAllPrices(plan, prices);
  const send = async () => {
    if (!isReady) return;
    const asked = plan.categories.map(({ name }) => [name, Number(prices[name])]);
    const body = { id: dateId.trim(), startsAt: at, seatingPlanId: plan.id, prices: Object.fromEntries(asked) };
    const work = () =>
      api.call('POST /v1/admin/concerts/{concertId}/performances', { path: { concertId }, body, deadlineMs: 60_000 });
    setIsMade(false);
    if (!(await act.run(work))) return;
    setIsMade(true);
    setDateId('');
    announce(halls.made);
    onDone();
  };
  return (
    <Form labelledBy={`${id}-title`} onSubmit={send}>
      <div>
        <h2 id={`${id}-title`}>{halls.newDate}</h2>
        <p class="soft small">{seats.zone(zone)}</p>
      </div>
      {plans.problem && <ProblemNotice problem={plans.problem} onAgain={plans.reload} />}
      {plans.data?.length === 0 ? (
        <p>
          {halls.noneYet} <a href={links.halls}>{halls.title}</a>
        </p>
      ) : (
        <>
          <TextField id={`${id}-id`} label={halls.dateId} hint={halls.idHint} text={dateId} onText={setDateId} />
          <TextField
            id={`${id}-at`}
            label={halls.startsAt}
            type="datetime-local"
            text={startsAt}
            onText={setStartsAt}
          />
          <div class="field">
            <label for={`${id}-plan`}>{halls.plan}</label>
            <select id={`${id}-plan`} value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}>
              <option value="">{halls.choose}</option>
              {plans.data?.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.title}
                </option>
              ))}
            </select>
            {plans.more && <MoreButton label={shell.more} onClick={plans.more} />}
          </div>
          {plan?.categories.map(({ name }, i) => (
            <TextField
              key={name}
              id={`${id}-price-${i}`}
              label={halls.price(name)}
              text={prices[name] ?? ''}
              numeric
              onText={(text) => setPrices({ ...prices, [name]: text })}
            />
          ))}
          {act.problem && <MakingProblem code={act.problem.code} fallback={<ProblemNotice problem={act.problem} />} />}
          {isMade && <Notice kind="good" title={halls.made} />}
          <div class="row">
            <Button type="submit" busy={act.busy} disabled={!isReady}>
              {halls.make}
            </Button>
          </div>
        </>
      )}
    </Form>
  );
}

function MakingProblem({ code, fallback }: { code: string; fallback: preact.JSX.Element }) {
  const { halls } = messages.value;
  const words = new Map([
    ['ALREADY_EXISTS', halls.dateExists],
    ['VALIDATION_FAILED', halls.dateInvalid],
    ['SEATING_PLAN_NOT_FOUND', halls.planGone],
  ]).get(code);
  return words ? <Notice kind="bad" alert title={words} /> : fallback;
}

function hasAllPrices({ categories }: SeatingPlan, prices: Readonly<Record<string, string>>): boolean {
  return categories.every(({ name }) => /^[1-9]\d{0,9}$/.test(prices[name] ?? ''));
}
