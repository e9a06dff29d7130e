import { createQuotas } from '../../api/streams/quotas';

const limits = {
  MAX_STREAMS: 5000,
  MAX_STREAMS_FOR_USERS_PERCENT: 50,
  MAX_STREAMS_PER_USER: 8,
  MAX_STREAMS_PER_ADDRESS: 500,
};

test('5,000 streams from ten addresses leave half of all to signed-in users', () => {
  const places = createQuotas(limits);
  const left: (() => void)[] = [];
  let refused = 0;
  for (let i = 0; i < 5000; i += 1)
    try {
      left.push(places.take({ userId: null, address: `192.0.2.${i % 10}` }));
    } catch {
      refused += 1;
    }
  expect([left.length, refused]).toEqual([2500, 2500]);
  for (let i = 0; i < 2500; i += 1) places.take({ userId: `user_${i}`, address: '192.0.2.1' });
  expect(() => places.take({ userId: 'late', address: '' })).toThrow('5000 streams are open here');
  left.pop()?.();
  places.take({ userId: null, address: '198.51.100.1' });
  expect(() => places.take({ userId: null, address: '198.51.100.1' })).toThrow('TOO_MANY_STREAMS');
});

test('users may take the whole when nobody else comes', () => {
  const places = createQuotas({ ...limits, MAX_STREAMS: 10 });
  for (let i = 0; i < 10; i += 1) places.take({ userId: `user_${i}`, address: '' });
  expect(() => places.take({ userId: 'user_11', address: '' })).toThrow('TOO_MANY_STREAMS');
});
