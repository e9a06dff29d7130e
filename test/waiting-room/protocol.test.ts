import { MalformedAnswer, parsePending, parseReply } from '../../shared/waiting-room/codec';
import { loadScripts } from '../../shared/waiting-room/scripts';
import { edit } from './faults/edit';
import { type Lab, openLab, roomOf } from './lab';

let lab: Lab;
afterEach(() => lab?.close());

const waiting = ['waiting', 1000, 3000, 0, 7, '1.5', '0', '1000', null];

test('an answer is parsed by the names of its fields', () => {
  expect(parseReply('visitor', [waiting, ['too-early', ...waiting.slice(1)]])).toEqual([
    {
      ...{ outcome: 'waiting', now: 1000, nextPollAt: 3000, drawNumber: 0, rank: 7 },
      ...{ admitted: 1.5, gaveUp: 0, measuredAt: 1000, measuredSince: 0 },
    },
    {
      ...{ outcome: 'too-early', now: 1000, nextPollAt: 3000, drawNumber: 0, rank: 7 },
      ...{ admitted: 1.5, gaveUp: 0, measuredAt: 1000, measuredSince: 0 },
    },
  ]);
  expect(parseReply('tick', [['ticked', 1, 0, 5, 2, 4, 0, ['a', 'b']]])).toMatchObject([
    { leader: true, more: false, admitted: ['a', 'b'] },
  ]);
});

test.each([
  ['no list', 'visitor', 'OK'],
  ['no answer', 'visitor', []],
  ['an answer that is no list', 'visitor', ['waiting']],
  ['an unknown outcome', 'visitor', [['asleep', 1000]]],
  ['an answer of another script', 'visitor', [['ticked', 1, 0, 5, 2, 4, 0, []]]],
  ['a field too few', 'visitor', [waiting.slice(0, -1)]],
  ['a field too many', 'visitor', [[...waiting, 1]]],
  ['no time', 'visitor', [['too-early', 'now', ...waiting.slice(2)]]],
  ['a flag that is neither 0 nor 1', 'tick', [['ticked', 2, 0, 5, 2, 4, 0, []]]],
] as const)('%s is a malformed answer', (_what, kind, reply) => {
  expect(() => parseReply(kind, reply)).toThrow(MalformedAnswer);
});

test('an entry without a time is a malformed answer', () => {
  expect(parsePending([['1-0', ['at', '1000', 'id', 'ann']]])).toEqual([
    { id: '1-0', at: new Date(1000), admitted: [{ visitorId: 'id', userId: 'ann' }] },
  ]);
  expect(() => parsePending([['1-0', ['id', 'ann']]])).toThrow(MalformedAnswer);
  expect(() => parsePending(['1-0'])).toThrow(MalformedAnswer);
});

test('a script that leaves a field out fails by name, for every caller of that call', async () => {
  const fields = 'fields.rank = now, visitor.nextPollAt, drawNumber';
  const forgetful = loadScripts((source, file) => (file === 'room' ? edit(source, `${fields}, rank`, fields) : source));
  lab = openLab({ scripts: forgetful });
  const concert = roomOf({ maxActive: 0 });
  const joins = await Promise.allSettled(['ann', 'bob'].map((user) => lab.room.join(concert, user)));
  for (const join of joins) expect(join).toMatchObject({ status: 'rejected', reason: { name: 'MalformedAnswer' } });
});
