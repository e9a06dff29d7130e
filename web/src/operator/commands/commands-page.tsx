import { Heading } from '../../ui/heading';
import { messages } from '../messages/messages';
import { may } from '../staff';
import { FailedCommands } from './failed-commands';
import { LaneTable } from './lane-table';
import { NowTiles } from './now-tiles';

export function CommandsPage() {
  const { commands } = messages.value;
  return (
    <div class="stack loose">
      <Heading title={commands.title}>{commands.title}</Heading>
      <NowTiles />
      {may('admin', 'operator') && <FailedCommands />}
      <LaneTable />
    </div>
  );
}
