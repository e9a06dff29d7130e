import '../styles/base.css';
import '../styles/parts.css';
import '../styles/shell.css';
import '../booking/styles/seats.css';
import './operator.css';
import { render } from 'preact';
import { keepFocus } from '../platform/keep-focus';
import { find, type PageRoute, path, startRouter } from '../platform/router';
import { surviveTranslation } from '../platform/translated-page';
import { ActionsPage } from './actions-page';
import { operator } from './api';
import { CommandsPage } from './commands/commands-page';
import { ConcertPage } from './concert-page';
import { HallPage } from './hall/hall-page';
import { HallsPage } from './halls/halls-page';
import { links } from './links';
import { MoneyPage } from './money/money-page';
import { NotFoundPage } from './not-found-page';
import { OverviewPage } from './overview-page';
import { Shell } from './shell';
import { SignInPage } from './sign-in-page';

const routes: PageRoute[] = [
  { path: links.overview, page: OverviewPage },
  { path: '/operator/concerts/:concertId', page: ConcertPage },
  { path: '/operator/concerts/:concertId/dates/:performanceId', page: HallPage },
  { path: links.halls, page: HallsPage },
  { path: links.commands, page: CommandsPage },
  { path: links.money, page: MoneyPage },
  { path: links.actions, page: ActionsPage },
];

function App() {
  const { route, params } = find(routes, path.value) ?? { route: { page: NotFoundPage }, params: {} };
  return <Shell>{operator.value ? <route.page params={params} key={path.value} /> : <SignInPage />}</Shell>;
}

startRouter(routes);
const page = document.getElementById('page') as HTMLElement;
keepFocus(page);
surviveTranslation(page);
render(<App />, page);
