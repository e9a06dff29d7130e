import type { Block } from '../../api/api';
import { format } from '../../i18n/format';
import { announce } from '../../ui/announcer';
import { Button } from '../../ui/button';
import { api } from '../api';
import { messages } from '../messages/messages';
import { ProblemNotice } from '../problem-notice';
import { may } from '../staff';
import { useAction } from '../use-action';

interface BlockListProps {
  performanceId: string;
  blocks: readonly Block[];
  onChanged: () => void;
}

/** What is blocked, why and for whom, and the way to free it. */
export function BlockList({ performanceId, blocks, onChanged }: BlockListProps) {
  const { hall } = messages.value;
  return (
    <section class="card stack" aria-labelledby="blocks">
      <h2 id="blocks">{hall.blocks}</h2>
      {blocks.length === 0 && <p class="soft">{hall.noBlocks}</p>}
      <ul class="dates">
        {blocks.map((block) => (
          <BlockItem key={block.id} {...{ performanceId, block, onChanged }} />
        ))}
      </ul>
    </section>
  );
}

function BlockItem({ performanceId, block, onChanged }: Omit<BlockListProps, 'blocks'> & { block: Block }) {
  const { hall } = messages.value;
  const { number, shortDateTime } = format.value;
  const { id: blockId, reason, channel, blocked, seats, at, freedAt } = block;
  const act = useAction();
  const free = async () => {
    const path = { performanceId, blockId };
    const work = () => api.call('DELETE /v1/admin/performances/{performanceId}/blocks/{blockId}', { path });
    if (!(await act.run(work))) return;
    announce(hall.freed);
    onChanged();
  };
  return (
    <li class="date-sales">
      <div class="row apart">
        <h3>
          {reason}
          {channel && <span class="tag">{channel}</span>}
          {freedAt && <span class="tag">{hall.isFreed}</span>}
        </h3>
        <span class="soft small number">{hall.blockedOf(number(blocked), number(seats))}</span>
      </div>
      <p class="soft small">{shortDateTime(at)}</p>
      {act.problem && <ProblemNotice problem={act.problem} />}
      {!freedAt && may('admin', 'operator') && (
        <div class="row">
          <Button kind="plain" busy={act.busy} onClick={() => void free()}>
            {hall.free}
            <span class="unseen">: {reason}</span>
          </Button>
        </div>
      )}
    </li>
  );
}
