import { bindModels } from '../../../shared/models';
import { loadConfig } from '../../../shared/platform/config';
import { openMongo } from '../../../shared/platform/mongo';
import { openProvider } from '../../../shared/top-ups/open-provider';
import { readOptions } from '../../options';
import { compareDay } from './compare-day';

const usage = `Usage: npm run reconcile -- --day YYYY-MM-DD

Compares the top-ups that were begun on that day (of UTC) with the provider's list of payments, and names each difference.
It only reads. MONGODB_URI and the settings of the provider are those of the product.

Exit status: 0 both agree, 1 differences, 2 it could not run.`;

const options = { day: { kind: 'text', pattern: /^\d{4}-\d\d-\d\d$/, wants: 'a day such as 2026-11-20' } } as const;

/**
 * What `npm run reconcile` does.
 * @returns the exit status
 */
export async function reconcileCommand(
  args: string[],
  env: Record<string, string | undefined>,
  print: (line: string) => void,
): Promise<number> {
  const values = readOptions(args, options);
  if (!values) {
    print(usage);
    return 0;
  }
  if (!values.day) throw new Error('--day is missing; see --help');
  const config = loadConfig(env);
  const provider = openProvider(config);
  if (!provider) throw new Error('No provider is configured: STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET are needed');
  const connection = await openMongo(config.MONGODB_URI, 'reconcile', 5);
  try {
    const { payments, credited, differences } = await compareDay(bindModels(connection), provider, values.day);
    for (const { what, topUpId, paymentId, detail } of differences)
      print(`${what}: ${topUpId ?? '-'} ${paymentId ?? '-'} (${detail})`);
    print(`${values.day}: ${payments} payments there, ${credited} credited here, ${differences.length} differences`);
    return differences.length > 0 ? 1 : 0;
  } finally {
    await connection.close();
  }
}
