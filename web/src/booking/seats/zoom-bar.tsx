import type { ComponentChildren } from 'preact';
import { MinusIcon, PlusIcon, WholeIcon } from '../../ui/icons';
import { messages } from '../messages/messages';
import type { Zoom } from './use-zoom';

export function ZoomBar({ zoom }: { zoom: Zoom }) {
  const { seats } = messages.value;
  // A hall that fits as it is needs no zoom.
  if (!zoom.canShrink && !zoom.isTooSmall && zoom.cellPx >= 36) return null;
  return (
    <div class="zoom-bar">
      <p class="soft small" aria-hidden="true">
        {zoom.isTooSmall && seats.tapToZoom}
      </p>
      <ZoomButton label={seats.zoomOut} disabled={!zoom.canShrink} onClick={zoom.shrink}>
        <MinusIcon />
      </ZoomButton>
      <ZoomButton label={seats.whole} disabled={!zoom.canShrink} onClick={zoom.whole}>
        <WholeIcon />
      </ZoomButton>
      <ZoomButton label={seats.zoomIn} disabled={!zoom.canGrow} onClick={zoom.grow}>
        <PlusIcon />
      </ZoomButton>
    </div>
  );
}

interface ZoomButtonProps {
  label: string;
  disabled: boolean;
  onClick: () => void;
  children: ComponentChildren;
}

function ZoomButton({ label, disabled, onClick, children }: ZoomButtonProps) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      aria-disabled={disabled || undefined}
      onClick={() => disabled || onClick()}
    >
      {children}
    </button>
  );
}
