import { capReadBeforeWrite } from './faults/cap-read-before-write';
import type { Fault } from './faults/fault';
import { noReap } from './faults/no-reap';
import { nonAtomicPop } from './faults/non-atomic-pop';
import { rejoinMovesBack } from './faults/rejoin-moves-back';
import { windowEdgeBurst } from './faults/window-edge-burst';
import { openLab } from './lab';
import { checkModel } from './model/check-model';

const faults: Record<string, Fault> = { nonAtomicPop, noReap, rejoinMovesBack, capReadBeforeWrite, windowEdgeBurst };

test.each(Object.entries(faults))(
  'the model notices %s',
  async (_name, fault) => {
    const lab = openLab({ scripts: fault.scripts });
    try {
      // It ends at the first broken promise, mostly after a few hundred sequences.
      const failure = await checkModel(lab, 8000, Date.now(), fault).catch((error: unknown) => error);
      expect(String((failure as Error).cause ?? failure)).toContain(fault.breaks);
    } finally {
      await lab.close();
    }
  },
  60_000,
);
