import { newCommand } from '../../shared/commands/new-command';
import { ownKey, storeNew } from '../../shared/commands/store-beside';
import { type Models, native } from '../../shared/models';
import { modelConfig } from './config';
import { createMemoryModels } from './memory/models';
import { type MongoLab, openMongoLab } from './mongo/system';

const config = modelConfig();
let lab: MongoLab;
beforeAll(async () => {
  lab = await openMongoLab(config);
});
afterAll(() => lab?.close());

const command = (id: string, key: string) => {
  const payload = { performanceId: 'perf', section: 'A' };
  return newCommand(config, id, { kind: 'standby.close', payload, userId: 'standby lines', key }, new Date(0));
};

test.each([['memory'], ['MongoDB']])(
  'of the commands of the product that are stored together, those that are there already are left out, in %s',
  async (store) => {
    const models: Models = store === 'memory' ? createMemoryModels(Date.now).models : lab.context.models;
    const keys = [1, 2, 3].map((version) => ownKey('standby', 'line', String(version)));
    const [first = '', second = '', third = ''] = keys;
    expect(await storeNew(models, [command('job_1', first)])).toHaveLength(1);
    const wanted = [
      command('job_2', first),
      command('job_3', second),
      command('job_4', second),
      command('job_5', third),
    ];
    expect((await storeNew(models, wanted)).map(({ _id }) => _id)).toEqual(['job_3', 'job_5']);
    const stored = await native(models, 'commands')
      .find({ key: { $in: keys } })
      .sort({ _id: 1 })
      .toArray();
    expect(stored.map(({ _id }) => _id)).toEqual(['job_1', 'job_3', 'job_5']);
  },
);
