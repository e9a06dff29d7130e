import { type Client, createClient, hasCode } from '../../client/src/index';
import { keptSetting } from '../kept';
import type { SimulationOptions } from './options';

/** What is sold, and under which limits; null: none, or not known. */
export interface Sale {
  concertId: string;
  title: string;
  performanceIds: string[];
  seats: number;
  maxActive: number | null;
  admitPerMinute: number | null;
  /** Nobody but the simulation buys here. */
  own: boolean;
}

const seatsPerRow = 40;
const rowsPerSection = 25;
const rowPrices = Array.from({ length: rowsPerSection }, (_, row) => 20_000 - row * 500);

/** @throws Error with the remedy */
export function openSale(url: string, { sale }: SimulationOptions, run: string, env: NodeJS.ProcessEnv): Promise<Sale> {
  const open = createClient({ baseUrl: url });
  return 'concert' in sale ? existingSale(open, sale.concert) : newSale(url, open, sale, run, env);
}

async function existingSale(client: Client, concertId: string): Promise<Sale> {
  try {
    const dates = await client.concerts.performances(concertId);
    const seats = dates.reduce((sum, { seatsAvailable }) => sum + seatsAvailable, 0);
    if (seats === 0) throw new Error(`All seats of ${concertId} are taken: name another concert.`);
    const performanceIds = dates.map(({ id }) => id);
    return { concertId, title: concertId, performanceIds, seats, maxActive: null, admitPerMinute: null, own: false };
  } catch (error) {
    if (!hasCode(error, 'CONCERT_NOT_FOUND', 'PERFORMANCES_NOT_SCHEDULED')) throw error;
    throw new Error(`There is nothing on sale for ${concertId} at this server.`);
  }
}

type NewSale = Extract<SimulationOptions['sale'], { seats: number }>;

async function newSale(url: string, open: Client, sale: NewSale, run: string, env: NodeJS.ProcessEnv): Promise<Sale> {
  const { token } = await signInAdmin(open, env);
  const admin = createClient({ baseUrl: url, token });
  const { maxActive, admitPerMinute, seats } = sale;
  const [id, title] = [`concert_sale_${run}`, `Simulated sale ${run}`];
  await admin.call('POST /v1/admin/concerts', { body: { id, title, room: { maxActive, admitPerMinute } } });
  const date = { id: `perf_sale_${run}`, startsAt: '2035-01-01T19:00:00.000Z', sections: hallOf(seats) };
  await admin.call('POST /v1/admin/concerts/{concertId}/performances', { path: { concertId: id }, body: date });
  return { concertId: id, title, performanceIds: [date.id], seats, maxActive, admitPerMinute, own: true };
}

async function signInAdmin(open: Client, env: NodeJS.ProcessEnv) {
  const password = env.ADMIN_PASSWORD || (await keptSetting('secrets.env', 'ADMIN_PASSWORD'));
  return open.signIn({ name: 'admin', password }).catch((error: unknown) => {
    if (hasCode(error, 'NOT_FOUND'))
      throw new Error('This server signs nobody in: start it with SIGN_IN=true, as npm start does.');
    if (!hasCode(error, 'UNAUTHENTICATED')) throw error;
    throw new Error(
      'ADMIN_PASSWORD is not that of this server. Give it, or name a concert that is there (--concert ID).',
    );
  });
}

/** Whole sections of a thousand, then what is left. */
function hallOf(seats: number) {
  const full = seatsPerRow * rowsPerSection;
  const sections = Array.from({ length: Math.floor(seats / full) }, (_, i) => section(i, rowPrices, seatsPerRow));
  const left = seats % full;
  const rows = Math.floor(left / seatsPerRow);
  if (rows > 0) sections.push(section(sections.length, rowPrices.slice(0, rows), seatsPerRow));
  const last = left % seatsPerRow;
  if (last > 0) sections.push(section(sections.length, [5000], last));
  return sections;
}

const section = (index: number, prices: number[], perRow: number) => ({
  ...{ name: `S${index + 1}`, rows: prices.length, seatsPerRow: perRow, price: prices },
});
