import type { CommandStartedEvent } from 'mongodb';
import mongoose, { type Connection } from 'mongoose';
import { bindModels, type Models } from '../../shared/models';
import { testConfig } from '../helpers/test-config';

let connection: Connection;
let models: Models;
const sent: CommandStartedEvent[] = [];
beforeAll(async () => {
  connection = await mongoose
    .createConnection(testConfig().MONGODB_URI, { monitorCommands: true, autoIndex: false, autoCreate: false })
    .asPromise();
  models = bindModels(connection);
  connection.getClient().on('commandStarted', (event) => sent.push(event));
});
afterAll(() => connection?.close());
beforeEach(() => {
  sent.length = 0;
});

test.each([
  ['find', () => models.holds.find({ userId: 'u' }).lean()],
  ['findOne', () => models.commands.findOne({ _id: 'c' }).lean()],
  ['findById', () => models.concerts.findById('c').lean()],
  ['exists', () => models.performances.exists({ _id: 'p' })],
  ['countDocuments', () => models.payments.countDocuments({})],
])('what %s reads is committed by a majority', async (_, read) => {
  await read();
  expect(sent.map(({ command }) => command.readConcern)).toEqual([{ level: 'majority' }]);
});

test('in a transaction the transaction says how it reads', async () => {
  await models.holds.createCollection();
  sent.length = 0;
  await connection.getClient().withSession((session) =>
    session.withTransaction(() => models.holds.find({}, {}, { session }).lean(), {
      readConcern: { level: 'snapshot' },
    }),
  );
  expect(sent.filter(({ commandName }) => commandName === 'find')).toHaveLength(1);
  expect(sent[0]?.command.readConcern).toMatchObject({ level: 'snapshot' });
  await connection.dropDatabase();
});
