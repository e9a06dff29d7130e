import { useId, useState } from 'preact/hooks';
import { useResource } from '../../api/use-resource';
import { navigate, type Params } from '../../platform/router';
import { Button } from '../../ui/button';
import { Form } from '../../ui/form';
import { Heading } from '../../ui/heading';
import { Loading } from '../../ui/loading';
import { operator } from '../api';
import { links } from '../links';
import { messages } from '../messages/messages';
import { ProblemNotice } from '../problem-notice';
import { may } from '../staff';
import { JobCard, ReservationCard } from './cards';
import { type Found, search } from './search';
import { SeatView } from './seat-view';
import { UserView } from './user-view';

/** Finds anything by its id: a user, a reservation, a seat, a request. */
export function FindPage({ params: { query = '' } }: { params: Params }) {
  const { find, shell } = messages.value;
  const session = operator.value?.token;
  const { data, problem, reload } = useResource(
    query === '' ? null : `find ${query}`,
    (signal) => search(query, signal),
    {
      session,
    },
  );
  return (
    <div class="stack loose">
      <Heading title={find.title}>{find.title}</Heading>
      <SearchForm query={query} onAgain={reload} />
      {problem && <ProblemNotice problem={problem} onAgain={reload} />}
      {query !== '' && !data && !problem && <Loading label={shell.loading} />}
      {data && <Result found={data} query={query} />}
    </div>
  );
}

function SearchForm({ query, onAgain }: { query: string; onAgain: () => void }) {
  const { find } = messages.value;
  const id = useId();
  const [text, setText] = useState(query);
  const submit = () => {
    const wanted = text.trim();
    if (wanted === '') return;
    if (wanted === query) onAgain();
    else navigate(links.find(wanted));
  };
  return (
    <Form onSubmit={submit} label={find.title}>
      <div class="field">
        <label for={id}>{find.what}</label>
        <input
          id={id}
          type="search"
          autocomplete="off"
          spellcheck={false}
          maxLength={255}
          value={text}
          aria-describedby={`${id}-hint`}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <p class="hint" id={`${id}-hint`}>
          {may('admin', 'operator', 'box-office') ? find.hint : find.doorHint}
        </p>
      </div>
      <div class="row">
        <Button type="submit">{find.go}</Button>
      </div>
    </Form>
  );
}

function Result({ found, query }: { found: Found; query: string }) {
  const { find } = messages.value;
  switch (found.kind) {
    case 'reservation':
      return <ReservationCard reservation={found.reservation} />;
    case 'seat':
      return <SeatView seatId={query} first={found.history} />;
    case 'request':
      return (
        <section class="stack" aria-labelledby="request">
          <h2 id="request">{find.request}</h2>
          {found.jobs.map((job) => (
            <JobCard key={job.id} job={job} />
          ))}
        </section>
      );
    case 'user':
      return <UserView user={found.user} />;
    default:
      return <p class="card soft">{find.nothing(query)}</p>;
  }
}
