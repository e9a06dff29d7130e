import { planMistakeCodes, planMistakes } from '../../shared/seating-plans/plan-mistakes';
import { en as bookingEn } from '../../web/src/booking/messages/en';
import { ko as bookingKo } from '../../web/src/booking/messages/ko';
import { en as operatorEn } from '../../web/src/operator/messages/en';
import { ko as operatorKo } from '../../web/src/operator/messages/ko';

type Texts = { [name: string]: Texts | string | ((...values: never[]) => string) };

/** Every text by its path, with how many values it takes. */
function flat(texts: Texts, path = ''): Map<string, string | ((...values: never[]) => string)> {
  return new Map(
    Object.entries(texts).flatMap(([name, text]): [string, string | ((...values: never[]) => string)][] =>
      typeof text === 'object' ? [...flat(text, `${path}${name}.`)] : [[path + name, text]],
    ),
  );
}

/** A text with values put in: what it shows at least. */
const shown = (text: string | ((...values: never[]) => string)) =>
  typeof text === 'string' ? text : text(...(['1', 2, 3].map(String) as never[]));

const sameInBoth = [
  ...['unit.pointsShort', 'queue.between', 'hold.minutesLeft', 'shell.home', 'seats.label'],
  'room.none',
];
/** Some count in words, or write a number that is given a second time as a text. */
const mayDiffer = [
  ...['queue.ahead', 'unit.seatNumbers', 'unit.seconds', 'unit.minutes', 'unit.hours', 'unit.days'],
  ...['hall.marked', 'hall.blockSeats', 'hall.giveSeats'],
];

describe.each<[string, object, object]>([
  ['booking', bookingEn, bookingKo],
  ['operator', operatorEn, operatorKo],
])('%s', (_page, en, ko) => {
  const english = flat(en as Texts);
  const korean = flat(ko as Texts);

  test('both languages have the same texts', () => {
    expect(english.size).toBeGreaterThan(150);
    expect([...korean.keys()]).toEqual([...english.keys()]);
  });

  test('Korean is Korean, and English is not', () => {
    for (const [path, text] of korean) {
      if (sameInBoth.includes(path)) continue;
      expect([path, /[가-힣]/.test(shown(text))]).toEqual([path, true]);
      expect([path, /[가-힣]/.test(shown(english.get(path) ?? ''))]).toEqual([path, false]);
    }
  });

  test('values that are given are shown, in both', () => {
    const withValues = [...english].filter(([, text]) => typeof text === 'function');
    expect(withValues.length).toBeGreaterThan(30);
    for (const [path] of withValues)
      for (const texts of [english, korean]) {
        const text = texts.get(path);
        if (typeof text !== 'function' || mayDiffer.includes(path)) continue;
        expect([path, text(...(['7', '8', '9'] as never[]))]).toEqual([path, expect.stringMatching(/7/)]);
      }
  });
});

test('a section whose name is Korean is named as it is', () => {
  const { standby } = bookingKo;
  expect([standby.waiting('A', '2석'), standby.waiting('1층', '2석')]).toEqual([
    expect.stringMatching(/^A구역, 2석/),
    expect.stringMatching(/^1층, 2석/),
  ]);
});

test('there are words for every mistake in a seating plan, with the same values in both', () => {
  const known = planMistakeCodes.filter((code) => code !== 'INVALID');
  const valuesIn = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const { halls } of [operatorEn, operatorKo]) expect(Object.keys(halls.wrongs).sort()).toEqual(known.sort());
  for (const code of known) {
    const named = Object.fromEntries(
      ['columns', 'cells', 'max', 'min', 'line', 'attributes'].map((name) => [name, `{${name}}`]),
    );
    const english = operatorEn.halls.wrongs[code];
    expect(english).toBe(planMistakes[code](named));
    expect([code, valuesIn(operatorKo.halls.wrongs[code])]).toEqual([code, valuesIn(english)]);
  }
});
