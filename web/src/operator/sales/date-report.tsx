import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { PerformanceSales, SalesOverTime } from '../../api/api';
import { announce } from '../../ui/announcer';
import { Button } from '../../ui/button';
import { Loading } from '../../ui/loading';
import { api, download } from '../api';
import { useLive } from '../live';
import { messages } from '../messages/messages';
import { ProblemNotice } from '../problem-notice';
import { may } from '../staff';
import { useAction } from '../use-action';

const readMs = 15_000;
const files = ['seats', 'reservations', 'ledger'] as const;

/** How a date has sold over time, and what there is of it as files. */
export function DateReport({ date, zone }: { date: PerformanceSales; zone: string }) {
  const { chart } = messages.value;
  const [isOpen, setOpen] = useState(false);
  return (
    <div class="stack tight">
      <div class="row">
        <Button kind="plain" onClick={() => setOpen(!isOpen)}>
          {isOpen ? chart.hide : chart.show}
        </Button>
        {files.map((name) => (
          <FileButton key={name} name={name} performanceId={date.id} />
        ))}
      </div>
      {isOpen && <Chart performanceId={date.id} zone={zone} />}
    </div>
  );
}

function FileButton({ name, performanceId }: { name: (typeof files)[number]; performanceId: string }) {
  const { chart } = messages.value;
  const act = useAction();
  if (!(name === 'ledger' ? may('admin', 'box-office') : may('admin', 'operator', 'box-office'))) return null;
  const path = `/v1/admin/performances/${encodeURIComponent(performanceId)}/${name}.csv`;
  const get = async () => {
    if (await act.run(() => download(path, `${performanceId}-${name}.csv`))) announce(chart.saved);
  };
  return (
    <>
      <Button kind="plain" busy={act.busy} onClick={() => void get()}>
        {chart.files[name]}
      </Button>
      {act.problem && <ProblemNotice problem={act.problem} />}
    </>
  );
}

type Drawn = ComponentType<{ sales: SalesOverTime; zone: string }>;

/** The library that draws comes only when it is wanted. */
function Chart({ performanceId, zone }: { performanceId: string; zone: string }) {
  const { chart, shell } = messages.value;
  const [Drawn, setDrawn] = useState<Drawn | null>(null);
  useEffect(() => {
    void import('./sales-chart').then((module) => setDrawn(() => module.SalesChart));
  }, []);
  const { data, problem, reload } = useLive(
    `sales over time ${performanceId}`,
    (signal) =>
      api.call('GET /v1/admin/performances/{performanceId}/sales-over-time', { path: { performanceId }, signal }),
    readMs,
  );
  if (problem) return <ProblemNotice problem={problem} onAgain={reload} />;
  if (!data || !Drawn) return <Loading label={shell.loading} />;
  return data.items.length === 0 ? <p class="soft">{chart.none}</p> : <Drawn sales={data} zone={zone} />;
}
