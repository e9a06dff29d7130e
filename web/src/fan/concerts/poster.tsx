/** A picture for a concert, drawn from its id: rows of lights before a stage. Always the same one. */
export function Poster({ id }: { id: string }) {
  const seed = hash(id);
  const hue = seed % 360;
  const centre = 50 + ((seed >> 9) % 41) - 20;
  const rows = 5 + ((seed >> 4) % 3);
  return (
    <svg class="poster" viewBox="0 0 100 60" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      <rect width="100" height="60" fill={`oklch(0.32 0.09 ${hue})`} />
      <circle cx={centre} cy="-6" r="40" fill={`oklch(0.5 0.15 ${(hue + 40) % 360})`} opacity="0.55" />
      <circle cx={centre} cy="-6" r="24" fill={`oklch(0.74 0.15 ${(hue + 70) % 360})`} opacity="0.6" />
      {Array.from({ length: rows }, (_, row) => (
        <circle
          key={row}
          cx={centre}
          cy="-14"
          r={36 + row * 7}
          fill="none"
          stroke={`oklch(0.93 0.06 ${(hue + 70) % 360})`}
          stroke-opacity={0.9 - row * 0.13}
          stroke-width="2.4"
          stroke-linecap="round"
          stroke-dasharray="0 5"
        />
      ))}
    </svg>
  );
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const letter of text) value = Math.imul(value ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return value >>> 0;
}
