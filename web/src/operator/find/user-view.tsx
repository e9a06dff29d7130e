import type { ComponentChildren } from 'preact';
import type { FoundUser } from '../../api/api';
import { format } from '../../i18n/format';
import { messages } from '../messages/messages';
import { Tile } from '../tile';
import { HoldCard, JobCard, ReservationCard } from './cards';
import { Facts } from './facts';

/** All that a user has. */
export function UserView({ user }: { user: FoundUser }) {
  const { find } = messages.value;
  const { number, shortDateTime } = format.value;
  const { userId, wallet, holds, reservations, unfinishedJobs, jobs, sessions } = user;
  return (
    <section class="stack" aria-labelledby="user">
      <h2 id="user">
        {find.user} <span class="code soft">{userId}</span>
      </h2>
      <dl class="tiles">
        <Tile label={find.balance} value={number(wallet.balance)} />
        <Tile label={find.debt} value={number(wallet.debt)} tone={wallet.debt > 0 ? 'bad' : undefined} />
        <Tile label={find.entries} value={number(wallet.entries)} />
      </dl>
      <Part title={find.sessions} none={find.none}>
        {sessions.map(({ concertId, title, status, position, expiresAt }) => (
          <article class="card stack" key={concertId}>
            <div class="row apart">
              <h4>{title}</h4>
              <span class="tag">{find.places[status]}</span>
            </div>
            <Facts
              facts={[
                [find.position, position === null ? '–' : number(position)],
                [find.until, expiresAt ? shortDateTime(expiresAt) : '–'],
              ]}
            />
          </article>
        ))}
      </Part>
      <Part title={find.unfinished} none={find.none}>
        {unfinishedJobs.map((job) => (
          <JobCard key={job.id} job={job} />
        ))}
      </Part>
      <Part title={find.holds} none={find.none}>
        {holds.map((hold) => (
          <HoldCard key={hold.id} hold={hold} />
        ))}
      </Part>
      <Part title={find.reservations} none={find.none}>
        {reservations.map((reservation) => (
          <ReservationCard key={reservation.id} reservation={reservation} />
        ))}
      </Part>
      <Part title={find.jobs} none={find.none}>
        {jobs.map((job) => (
          <JobCard key={job.id} job={job} />
        ))}
      </Part>
    </section>
  );
}

function Part({ title, none, children }: { title: string; none: string; children: ComponentChildren[] }) {
  return (
    <section class="stack" aria-label={title}>
      <h3>{title}</h3>
      {children.length === 0 ? <p class="soft">{none}</p> : children}
    </section>
  );
}
