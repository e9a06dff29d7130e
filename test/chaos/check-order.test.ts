import type { Place } from '../../tools/chaos/check/check-history';
import { checkOrder } from '../../tools/chaos/check/check-order';
import { type CommandRecord, newRecord } from '../../tools/chaos/load/history';

interface Given {
  jobId: string;
  position: number;
  lane?: string;
  acceptedBy?: string;
  sent?: number;
  seen?: number;
}

function check(given: Given[]) {
  const records = given.map(({ jobId, acceptedBy = null, sent = 0, seen = null }): CommandRecord => {
    const command = { key: jobId, userId: 'u', kind: 'points.charge', method: 'POST', path: '/', body: {} } as const;
    return { ...newRecord(command), jobId, acceptedBy, firstSentAt: sent, outcomeAt: seen } as CommandRecord;
  });
  const places = new Map(
    given.map(({ jobId, position, lane = 'wallet-00' }): [string, Place] => [jobId, { lane, position }]),
  );
  return checkOrder(records, places);
}

test('in the order accepted: nothing to say', () => {
  const given = [
    { jobId: 'job_1', position: 4, acceptedBy: 'api-1.1', sent: 1, seen: 5 },
    { jobId: 'job_2', position: 7, acceptedBy: 'api-1.1', sent: 6, seen: 8 },
  ];
  expect(check(given)).toEqual({ broken: [], compared: 1 });
});

test('one API run accepted both, and the later one came first', () => {
  const given = [
    { jobId: 'job_1', position: 7, acceptedBy: 'api-1.1' },
    { jobId: 'job_2', position: 4, acceptedBy: 'api-1.1' },
  ];
  expect(check(given).broken).toEqual([expect.stringContaining('job_1 at 7, job_2 at 4')]);
});

test('other runs, other APIs and other lanes have no order between them', () => {
  const given = [
    { jobId: 'job_1', position: 7, acceptedBy: 'api-1.1' },
    { jobId: 'job_2', position: 4, acceptedBy: 'api-1.2' },
    { jobId: 'job_3', position: 3, acceptedBy: 'api-2.1' },
    { jobId: 'job_4', position: 1, acceptedBy: 'api-1.1', lane: 'wallet-01' },
    { jobId: 'job_5', position: 2 },
  ];
  expect(check(given).broken).toEqual([]);
});

test('sent after the other one was seen, and yet before it', () => {
  const given = [
    { jobId: 'job_2', position: 7, sent: 1, seen: 5 },
    { jobId: 'job_0', position: 9, sent: 2, seen: 4 },
    { jobId: 'job_1', position: 8, sent: 6, seen: 9 },
  ];
  expect(check(given).broken).toEqual([expect.stringContaining('job_0 at 9, job_1 at 8')]);
});

test('sent before the other one was seen: any order will do', () => {
  const given = [
    { jobId: 'job_2', position: 9, sent: 1, seen: 5 },
    { jobId: 'job_1', position: 8, sent: 4, seen: 9 },
  ];
  expect(check(given).broken).toEqual([]);
});
