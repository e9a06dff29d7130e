/** Where something will be in a moment. Said only if it takes long: nothing here is live. */
export function Loading({ label }: { label: string }) {
  return (
    <div class="loading" aria-busy="true">
      <span class="unseen">{label}</span>
      <span class="bone" />
      <span class="bone" />
      <span class="bone" />
    </div>
  );
}
