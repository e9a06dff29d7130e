import { type AuditLab, openAuditLab } from './audit-lab';
import { createBreaker } from './breaker';
import { breaks } from './breaks';

let lab: AuditLab;

beforeAll(async () => {
  lab = await openAuditLab();
});

afterAll(() => lab.close());

test('a database that real commands made breaks nothing, and every invariant was looked at', async () => {
  const { violations, checks } = await lab.audit({ quiet: true });
  expect(violations).toEqual([]);
  expect(checks.filter(({ checked }) => checked === 0).map(({ invariant }) => invariant)).toEqual(['I10']);
});

test.each(breaks)('$invariant names $name', async ({ invariant, how, options }) => {
  try {
    const ids = await how(createBreaker(lab));
    const { violations, broken } = await lab.audit({ clockStepMs: 0, ...options });
    const named = violations.filter((violation) => violation.invariant === invariant);
    expect(named).toContainEqual(expect.objectContaining({ ids: expect.arrayContaining(ids) }));
    expect(broken).toBeGreaterThan(0);
  } finally {
    await lab.restore();
  }
});

test('putting everything back leaves nothing broken', async () => {
  expect((await lab.audit()).violations).toEqual([]);
});
