import { en } from '../../web/src/booking/messages/en';
import { ko } from '../../web/src/booking/messages/ko';

type Texts = { [name: string]: Texts | string | ((...values: never[]) => string) };

/** Every text by its path, with how many values it takes. */
function flat(texts: Texts, path = ''): Map<string, string | ((...values: never[]) => string)> {
  return new Map(
    Object.entries(texts).flatMap(([name, text]): [string, string | ((...values: never[]) => string)][] =>
      typeof text === 'object' ? [...flat(text, `${path}${name}.`)] : [[path + name, text]],
    ),
  );
}

const english = flat(en as unknown as Texts);
const korean = flat(ko as unknown as Texts);

test('both languages have the same texts', () => {
  expect(english.size).toBeGreaterThan(150);
  expect([...korean.keys()]).toEqual([...english.keys()]);
});

/** A text with values put in: what it shows at least. */
const shown = (text: string | ((...values: never[]) => string)) =>
  typeof text === 'string' ? text : text(...(['1', 2, 3].map(String) as never[]));

test('Korean is Korean, and English is not', () => {
  const sameInBoth = ['unit.pointsShort', 'queue.between', 'hold.minutesLeft', 'shell.home', 'seats.label'];
  for (const [path, text] of korean) {
    if (sameInBoth.includes(path)) continue;
    expect([path, /[가-힣]/.test(shown(text))]).toEqual([path, true]);
    expect([path, /[가-힣]/.test(shown(english.get(path) ?? ''))]).toEqual([path, false]);
  }
});

test('values that are given are shown, in both', () => {
  const withValues = [...english].filter(([, text]) => typeof text === 'function');
  expect(withValues.length).toBeGreaterThan(30);
  const mayDiffer = ['queue.ahead', 'unit.seatNumbers', 'unit.seconds', 'unit.minutes', 'unit.hours', 'unit.days'];
  for (const [path] of withValues)
    for (const texts of [english, korean]) {
      const text = texts.get(path);
      if (typeof text !== 'function' || mayDiffer.includes(path)) continue;
      expect([path, text(...(['7', '8', '9'] as never[]))]).toEqual([path, expect.stringMatching(/7/)]);
    }
});
