import '../styles/base.css';
import '../styles/parts.css';
import '../styles/shell.css';
import { render } from 'preact';

render(
  <main>
    <h1>Operator</h1>
  </main>,
  document.getElementById('page') as HTMLElement,
);
