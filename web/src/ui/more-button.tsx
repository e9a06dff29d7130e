import { Button } from './button';

/** Below a list that goes on. */
export function MoreButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <div class="row">
      <Button kind="plain" onClick={onClick}>
        {label}
      </Button>
    </div>
  );
}
