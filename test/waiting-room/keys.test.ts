import { loadScripts, roomKeys } from '../../shared/waiting-room/scripts';

const named = Object.keys(roomKeys('', ''));

test('all keys of a room hash by the concert alone, so they lie in one slot of a cluster', () => {
  const keys = Object.values(roomKeys('prefix', 'concert_1'));
  expect(keys).toHaveLength(8);
  for (const key of keys) expect(/\{(.*?)\}/.exec(key)?.[1]).toBe('concert_1');
});

test.each(Object.entries(loadScripts()))('%s touches only keys that it was given', (_verb, { source }) => {
  expect(source).toContain(`local ${named.join(', ')} = unpack(KEYS)`);
  const calls = [...source.matchAll(/redis\.call\('(\w+)'(?:, ([^,)]+))?/g)];
  expect(calls.length).toBeGreaterThan(10);
  for (const [, name, key = ''] of calls) {
    if (name === 'TIME') continue;
    expect([...named, 'unpack(KEYS', "visitor.state == 'active' and active or line"]).toContain(key);
  }
});
