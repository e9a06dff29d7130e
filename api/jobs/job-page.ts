import type { CommandDoc } from '../../shared/commands/command.model';

export type TellJob = (command: CommandDoc) => void;

/** What one live page has been told of its user's commands, so that nothing is told twice. */
export interface JobPage {
  /** Tells commands that are new to it, or keeps them until it `begins`. */
  take(commands: readonly CommandDoc[]): void;
  begin(tell: TellJob): void;
  /** Forgets commands that finished before `time` (ms): nobody will bring them again. */
  forgetBefore(time: number): void;
}

export function createJobPage(): JobPage {
  /** Id to when it finished, ms. */
  const told = new Map<string, number>();
  let kept: CommandDoc[] = [];
  let tell: TellJob = (command) => void kept.push(command);

  return {
    take(commands) {
      for (const command of commands) {
        if (told.has(command._id)) continue;
        told.set(command._id, timeOf(command));
        tell(command);
      }
    },
    begin(begun) {
      tell = begun;
      for (const command of kept.sort((a, b) => timeOf(a) - timeOf(b))) tell(command);
      kept = [];
    },
    forgetBefore(time) {
      for (const [id, finishedAt] of told) if (finishedAt < time) told.delete(id);
    },
  };
}

function timeOf({ finishedAt }: CommandDoc): number {
  return finishedAt?.getTime() ?? 0;
}
