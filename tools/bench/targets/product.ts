import { createSigner } from 'fast-jwt';
import { runSecret } from '../../stack/settings';
import { openConnection } from '../load/connection';
import { sideBySide } from '../load/side-by-side';
import { benchConcert, planHall, type Target, type Visitor } from './target';

const sign = createSigner({ key: runSecret, algorithm: 'HS256', expiresIn: 24 * 3600 * 1000 });
const bearer = (claims: object) => ({ Authorization: `Bearer ${sign({ ...claims })}` });
let users = 0;

/** The product as the world has it: whatever is needed is made by requests to its API. Creates the concert. */
export async function openProduct(port: number): Promise<Target> {
  const admin = bearer({ sub: 'bench', role: 'admin' });
  const room = { sessionSeconds: 3600, maxSessionSeconds: 7200 };
  await ask(port, 'POST', '/v1/admin/concerts', admin, { id: benchConcert, title: 'Bench', room });
  return {
    port,
    visitors: async (count, { join }) => {
      const visitors = Array.from({ length: count }, newVisitor);
      return join ? joinAll(port, visitors) : visitors;
    },
    async halls(halls, count) {
      const planned = Array.from({ length: halls }, () => planHall(count));
      for (const { performanceId: id, startsAt, sections } of planned) {
        await ask(port, 'POST', `/v1/admin/concerts/${benchConcert}/performances`, admin, { id, startsAt, sections });
        // On the day of a sale the hall has been looked at.
        await ask(port, 'GET', `/v1/performances/${id}/seats`, admin);
      }
      return planned;
    },
  };
}

function newVisitor(): Visitor {
  const userId = `user_bench_${process.pid}_${users++}`;
  return { userId, headers: bearer({ sub: userId }) };
}

function joinAll(port: number, visitors: Visitor[]): Promise<Visitor[]> {
  return sideBySide(port, visitors, async (connection, { userId, headers }) => {
    const { status, body } = await connection.request('POST', `/v1/concerts/${benchConcert}/queue-token`, headers);
    if (status !== 200) throw new Error(`not let in: ${status} ${body}`);
    return { userId, headers: { ...headers, 'Queue-Token': JSON.parse(body).token } };
  });
}

async function ask(port: number, method: string, path: string, headers: Record<string, string>, body?: object) {
  const connection = await openConnection(port);
  const answer = await connection.request(method, path, headers, body && JSON.stringify(body));
  connection.close();
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.body}`);
}
