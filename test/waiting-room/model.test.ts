import { loadScripts } from '../../shared/waiting-room/scripts';
import { type Lab, openLab } from './lab';
import { checkModel } from './model/check-model';
import { freezeClock } from './model/frozen-clock';

const runs = 2000;
let lab: Lab;

beforeAll(() => {
  lab = openLab({ scripts: loadScripts(freezeClock) });
});

afterAll(() => lab.close());

test(`the room keeps its promises over ${runs} random sequences`, async () => {
  await checkModel(lab, runs, Date.now());
}, 120_000);
