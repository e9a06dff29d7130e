import '../styles/base.css';
import '../styles/parts.css';
import '../styles/shell.css';
import { render } from 'preact';
import { find, type PageRoute, path, startRouter } from '../platform/router';
import { Announcer } from '../ui/announcer';
import { BrandMark } from '../ui/brand-mark';
import { Heading } from '../ui/heading';
import { LanguageSwitch } from '../ui/language-switch';
import { messages } from './messages/messages';

const routes: PageRoute[] = [{ path: '/', page: Concerts }];

function Concerts() {
  const { concerts } = messages.value;
  return <Heading title={concerts.title}>{concerts.title}</Heading>;
}

function App() {
  const { shell } = messages.value;
  const found = find(routes, path.value);
  return (
    <>
      <a class="skip" href="#content">
        {shell.skip}
      </a>
      <header class="top">
        <div class="top-inside">
          <a class="brand" href="/" aria-label={shell.home}>
            <BrandMark />
            Frontrow
          </a>
          <LanguageSwitch />
        </div>
      </header>
      <main id="content">{found && <found.route.page params={found.params} />}</main>
      <Announcer />
    </>
  );
}

startRouter(routes);
render(<App />, document.getElementById('page') as HTMLElement);
