import '../styles/base.css';
import '../styles/parts.css';
import '../styles/shell.css';
import '../booking/styles/seats.css';
import './operator.css';
import { type ComponentChildren, render } from 'preact';
import { keepFocus } from '../platform/keep-focus';
import { find, type PageRoute, path, startRouter } from '../platform/router';
import { surviveTranslation } from '../platform/translated-page';
import { Loading } from '../ui/loading';
import { ActionsPage } from './actions-page';
import { operator } from './api';
import { CommandsPage } from './commands/commands-page';
import { ConcertPage } from './concert-page';
import { FindPage } from './find/find-page';
import { HallPage } from './hall/hall-page';
import { HallsPage } from './halls/halls-page';
import { links } from './links';
import { messages } from './messages/messages';
import { MoneyPage } from './money/money-page';
import { NotFoundPage } from './not-found-page';
import { OverviewPage } from './overview-page';
import { ProblemNotice } from './problem-notice';
import { Shell } from './shell';
import { SignInPage } from './sign-in-page';
import { may, staff, useStaff } from './staff';

const routes: PageRoute[] = [
  { path: links.overview, page: OverviewPage },
  { path: '/operator/concerts/:concertId', page: ConcertPage },
  { path: '/operator/concerts/:concertId/dates/:performanceId', page: HallPage },
  { path: links.halls, page: HallsPage },
  { path: links.findStart, page: FindPage },
  { path: '/operator/find/:query', page: FindPage },
  { path: links.commands, page: CommandsPage },
  { path: links.money, page: MoneyPage },
  { path: links.actions, page: ActionsPage },
];

function App() {
  const { route, params } = find(routes, path.value) ?? { route: { page: NotFoundPage }, params: {} };
  const page = (
    <Known>
      {() => {
        // The door has no sales to look at.
        const isDoor =
          path.value === links.overview && may('door') && !may('admin', 'operator', 'box-office', 'viewer');
        return isDoor ? <FindPage params={{}} /> : <route.page params={params} key={path.value} />;
      }}
    </Known>
  );
  return <Shell>{operator.value ? page : <SignInPage />}</Shell>;
}

/** What is offered depends on who it is. */
function Known({ children }: { children: () => ComponentChildren }) {
  const { problem, reload } = useStaff();
  if (staff.value) return children();
  return problem ? (
    <ProblemNotice problem={problem} onAgain={reload} />
  ) : (
    <Loading label={messages.value.shell.loading} />
  );
}

startRouter(routes);
const page = document.getElementById('page') as HTMLElement;
keepFocus(page);
surviveTranslation(page);
render(<App />, page);
