import { createClock } from '../../shared/platform/clock';
import { openMongo, syncClock } from '../../shared/platform/mongo';
import { testConfig } from '../helpers/test-config';

const open = () => openMongo(testConfig().MONGODB_URI, 'clock');

test('a look that a busy process gets late moves no clock that is right', async () => {
  const connection = await open();
  const clock = createClock();
  try {
    const look = syncClock(connection, clock);
    for (const end = Date.now() + 100; Date.now() < end; );
    await look;
    expect(clock.skewMs).toBe(0);
  } finally {
    await connection.close();
  }
});

test.each([5000, -5000])('a clock that is %i ms off comes to within a round trip of the database', async (off) => {
  const connection = await open();
  const clock = createClock();
  clock.skewMs = off;
  try {
    const began = Date.now();
    await syncClock(connection, clock);
    expect(Math.abs(clock.skewMs)).toBeLessThanOrEqual(Date.now() - began);
  } finally {
    await connection.close();
  }
});
