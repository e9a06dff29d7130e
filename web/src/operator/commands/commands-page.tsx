import { Heading } from '../../ui/heading';
import { messages } from '../messages/messages';
import { FailedCommands } from './failed-commands';
import { LaneTable } from './lane-table';
import { NowTiles } from './now-tiles';

export function CommandsPage() {
  const { commands } = messages.value;
  return (
    <div class="stack loose">
      <Heading title={commands.title}>{commands.title}</Heading>
      <NowTiles />
      <FailedCommands />
      <LaneTable />
    </div>
  );
}
