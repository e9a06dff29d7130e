/** Night, glow and lights of a stage: OKLCH lightness, chroma, hue. */
const palettes = [
  ['0.27 0.09 285', '0.45 0.19 295', '0.78 0.13 330', '0.95 0.04 320'],
  ['0.27 0.07 255', '0.46 0.14 255', '0.8 0.11 210', '0.96 0.03 210'],
  ['0.28 0.08 15', '0.5 0.18 20', '0.82 0.14 65', '0.97 0.04 80'],
  ['0.27 0.06 180', '0.45 0.1 185', '0.84 0.14 145', '0.97 0.04 130'],
  ['0.28 0.09 330', '0.48 0.19 345', '0.82 0.12 40', '0.97 0.03 50'],
  ['0.26 0.06 265', '0.42 0.12 275', '0.84 0.14 85', '0.97 0.05 95'],
] as const;

/** A picture for a concert, drawn from its id: rows of lights before a stage. Always the same one. */
export function Poster({ id }: { id: string }) {
  const seed = hash(id);
  const [night, glow, light, lamps] = palettes[seed % palettes.length] ?? palettes[0];
  const centre = 50 + ((seed >> 9) % 41) - 20;
  const rows = 5 + ((seed >> 4) % 3);
  return (
    <svg class="poster" viewBox="0 0 100 60" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      <rect width="100" height="60" fill={`oklch(${night})`} />
      <circle cx={centre} cy="-6" r="42" fill={`oklch(${glow})`} opacity="0.6" />
      <circle cx={centre} cy="-6" r="26" fill={`oklch(${light})`} opacity="0.75" />
      {Array.from({ length: rows }, (_, row) => (
        <circle
          key={row}
          cx={centre}
          cy="-14"
          r={38 + row * 7}
          fill="none"
          stroke={`oklch(${lamps})`}
          stroke-opacity={0.95 - row * 0.13}
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
