import { MongoBulkWriteError, MongoServerError } from 'mongodb';
import { problemOf } from '../../api/http/error-handler';
import { duplicatesOf, isCausedBy } from '../../shared/platform/store-errors';
import { isTransient } from '../../workers/batches/is-transient';

const serverError = (code: number) => new MongoServerError({ message: `code ${code}`, code });

/** One error of each cause, whether the API answers 503 rather than 500, and whether a worker runs the batch again as it is. */
test.each([
  { cause: 'election', name: 'NotWritablePrimary', code: 10107, api: true, worker: true },
  { cause: 'shutdown', name: 'ShutdownInProgress', code: 91, api: true, worker: true },
  { cause: 'network', name: 'HostUnreachable', code: 6, api: true, worker: false },
  { cause: 'timeout', name: 'MaxTimeMSExpired', code: 50, api: true, worker: false },
  { cause: 'unacknowledged', name: 'WriteConcernTimeout', code: 64, api: true, worker: false },
  { cause: 'interrupted', name: 'Interrupted', code: 11601, api: false, worker: true },
] as const)('$name is a transient error of the kind $cause', ({ cause, code, api, worker }) => {
  const error = serverError(code);
  expect(isCausedBy(error, [cause])).toBe(true);
  expect(problemOf(error).code).toBe(api ? 'SERVICE_UNAVAILABLE' : 'INTERNAL_ERROR');
  expect(isTransient(error)).toBe(worker);
});

test('a broken connection is transient to both, whether the system or Node reports it', () => {
  for (const error of [{ code: 'ECONNRESET', syscall: 'read' }, { code: 'EPIPE' }].map((fields) =>
    Object.assign(new Error('broken'), fields),
  )) {
    expect(problemOf(error).code).toBe('SERVICE_UNAVAILABLE');
    expect(isTransient(error)).toBe(true);
  }
});

test('a mistake of ours is not transient', () => {
  const error = serverError(9);
  expect(problemOf(error).code).toBe('INTERNAL_ERROR');
  expect(isTransient(error)).toBe(false);
});

test('duplicates of a bulk write are found only if nothing else went wrong', () => {
  const bulk = (...codes: number[]) =>
    new MongoBulkWriteError(
      { message: 'bulk', code: codes[0] ?? 0, writeErrors: codes.map((code, index) => ({ code, index })) } as never,
      {} as never,
    );
  expect(duplicatesOf(serverError(11_000))).toEqual([0]);
  expect(duplicatesOf(bulk(11_000, 11_000))).toEqual([0, 1]);
  expect(duplicatesOf(bulk(11_000, 121))).toEqual([]);
  expect(duplicatesOf(new Error('away'))).toEqual([]);
});
