import { useState } from 'preact/hooks';
import type { SeatingPlan } from '../../api/api';
import { usePages } from '../../api/use-pages';
import { format } from '../../i18n/format';
import { announce } from '../../ui/announcer';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Heading } from '../../ui/heading';
import { Loading } from '../../ui/loading';
import { MoreButton } from '../../ui/more-button';
import { api, operator } from '../api';
import { messages } from '../messages/messages';
import { ProblemNotice } from '../problem-notice';
import { may } from '../staff';
import { useAction } from '../use-action';
import { ImportForm } from './import-form';

/** Seating plans that are kept: imported from files, edited, and made into dates on the page of a concert. */
export function HallsPage() {
  const { halls, shell } = messages.value;
  const [edited, setEdited] = useState<SeatingPlan | null>(null);
  const plans = usePages(operator.value && 'seating plans', (cursor, signal) =>
    api.call('GET /v1/admin/seating-plans', { query: { cursor }, signal }),
  );
  const imported = () => {
    setEdited(null);
    plans.reload();
  };
  return (
    <div class="stack loose">
      <div class="stack">
        <Heading title={halls.title}>{halls.title}</Heading>
        <p class="soft">{halls.hint}</p>
      </div>
      {plans.problem && <ProblemNotice problem={plans.problem} onAgain={plans.reload} />}
      {!plans.data && !plans.problem && <Loading label={shell.loading} />}
      {plans.data?.length === 0 && <p class="card soft">{halls.none}</p>}
      {plans.data && plans.data.length > 0 && (
        <ul class="stack">
          {plans.data.map((plan) => (
            <PlanCard key={plan.id} plan={plan} onEdit={() => setEdited(plan)} onGone={plans.reload} />
          ))}
        </ul>
      )}
      {plans.more && <MoreButton label={shell.more} onClick={plans.more} />}
      {may('admin') && (
        <ImportForm
          key={edited ? `${edited.id} ${edited.version}` : ''}
          replaced={edited}
          onDone={imported}
          onCancel={() => setEdited(null)}
        />
      )}
    </div>
  );
}

function PlanCard({ plan, onEdit, onGone }: { plan: SeatingPlan; onEdit: () => void; onGone: () => void }) {
  const { halls, shell } = messages.value;
  const { number } = format.value;
  const act = useAction();
  const [asking, setAsking] = useState(false);
  const { id, title, version, seatsTotal, sections, categories, hasCoordinates, used } = plan;
  const remove = async () => {
    const work = () => api.call('DELETE /v1/admin/seating-plans/{planId}', { path: { planId: id } });
    const isGone = await act.run(work);
    setAsking(false);
    if (!isGone) return;
    announce(halls.removed(title));
    onGone();
  };
  const names = (all: { name: string; seats: number }[]) =>
    all.map(({ name, seats }) => `${name} (${number(seats)})`).join(', ');
  return (
    <li class="card stack" aria-label={title}>
      <div class="row apart">
        <div>
          <h2>{title}</h2>
          <p class="soft small">
            <span class="code">{id}</span>, {halls.version(number(version))}
          </p>
        </div>
        {may('admin') && (
          <div class="row">
            <Button kind="plain" onClick={onEdit}>
              {halls.edit}
            </Button>
            {!used && (
              <Button kind="danger" onClick={() => setAsking(true)}>
                {halls.remove}
              </Button>
            )}
          </div>
        )}
      </div>
      <dl class="pairs">
        <div>
          <dt>{halls.seats}</dt>
          <dd class="number">{number(seatsTotal)}</dd>
        </div>
        <div>
          <dt>{halls.sections}</dt>
          <dd>{names(sections)}</dd>
        </div>
        <div>
          <dt>{halls.categories}</dt>
          <dd>{names(categories)}</dd>
        </div>
      </dl>
      <p class="soft small">
        {hasCoordinates ? halls.drawn : halls.notDrawn} {used && halls.used}
      </p>
      {act.problem && <ProblemNotice problem={act.problem} />}
      {asking && (
        <Dialog
          title={halls.removeTitle(title)}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button kind="plain" onClick={() => setAsking(false)}>
                {shell.cancel}
              </Button>
              <Button kind="danger" busy={act.busy} onClick={() => void remove()}>
                {halls.remove}
              </Button>
            </>
          }
        >
          <p>{halls.removeMore}</p>
        </Dialog>
      )}
    </li>
  );
}
