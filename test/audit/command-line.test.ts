import { native } from '../../shared/models';
import { auditCommand } from '../../tools/operate/audit/audit-command';
import { type AuditLab, openAuditLab } from './audit-lab';

let lab: AuditLab;

beforeAll(async () => {
  lab = await openAuditLab();
});

afterAll(() => lab.close());

async function audit(...args: string[]): Promise<{ status: number; lines: string[] }> {
  const { MONGODB_URI, REDIS_URL, QUEUE_PREFIX } = lab.context.config;
  const lines: string[] = [];
  const status = await auditCommand(args, { MONGODB_URI, REDIS_URL, QUEUE_PREFIX }, (line) => lines.push(line));
  return { status, lines };
}

test('prints a row for each invariant, and exits 0 when nothing is broken', async () => {
  const { status, lines } = await audit();
  expect(status).toBe(0);
  for (let i = 1; i <= 10; i += 1) expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^I${i} `)));
  expect(lines.at(-1)).toMatch(/^No violation, \d+\.\d s$/);
});

test('prints violations with the ids involved, and exits 1', async () => {
  await native(lab.context.models, 'wallets').updateOne({ _id: 'user_ann' }, { $inc: { balance: 1 } });
  const { status, lines } = await audit('--quiet-system', '--limit', '5');
  expect(status).toBe(1);
  expect(lines).toContainEqual(expect.stringMatching(/^I1: the wallet holds .* \[user_ann\]$/));
  expect(lines.at(-1)).toMatch(/^1 violation, /);
  await lab.restore();
});

test('says so when there is nothing to audit', async () => {
  const empty = lab.context.config.MONGODB_URI.replace(/test_\w+/, 'test_nothing_here');
  const lines: string[] = [];
  expect(await auditCommand([], { MONGODB_URI: empty }, (line) => lines.push(line))).toBe(0);
  expect(lines).toContainEqual(expect.stringContaining('is it the right one?'));
});

test('refuses what it does not know', async () => {
  await expect(audit('--unfinished-seconds', 'soon')).rejects.toThrow('--unfinished-seconds must be a whole number');
  await expect(audit('--loud')).rejects.toThrow('--loud');
  await expect(auditCommand([], {}, () => {})).rejects.toThrow('MONGODB_URI');
});
