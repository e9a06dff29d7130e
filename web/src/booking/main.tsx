import '../styles/base.css';
import '../styles/parts.css';
import '../styles/shell.css';
import './booking.css';
import { effect } from '@preact/signals';
import { render } from 'preact';
import { FrontrowError } from '../api/api';
import { keepFocus } from '../platform/keep-focus';
import { find, path, startRouter } from '../platform/router';
import { who } from '../platform/session';
import { surviveTranslation } from '../platform/translated-page';
import { onWake } from '../platform/wake';
import { allIntents } from './commands/intent';
import { resumeAll } from './commands/perform';
import { routes } from './routes';
import { ProblemNotice } from './shell/problem-notice';
import { Shell } from './shell/shell';

function App() {
  const found = find(routes, path.value);
  return (
    <Shell>
      {found ? (
        // Another concert or hold is another page, with nothing left of the one before.
        <found.route.page key={path.value} params={found.params} />
      ) : (
        <ProblemNotice wholePage problem={new FrontrowError('NOT_FOUND')} />
      )}
    </Shell>
  );
}

startRouter(routes);
const page = document.getElementById('page') as HTMLElement;
keepFocus(page);
surviveTranslation(page);
render(<App />, page);
// What is unfinished is gone on with: after a reload, after signing in, and when the tab that began it was closed.
effect(() => {
  void who.value;
  void allIntents.value;
  queueMicrotask(resumeAll);
});
onWake(resumeAll);
