import { useEffect, useState } from 'preact/hooks';

/** A QR code. Its library is loaded with the first one. Always dark on light, which is what scanners expect. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const [drawn, setDrawn] = useState<{ size: number; path: string } | null>(null);
  useEffect(() => {
    let current = true;
    const show = ({ encode }: typeof import('uqr')) => {
      if (current) setDrawn(draw(encode(text, { ecc: 'M', border: 2 }).data));
    };
    // Without it the number under the code is still there to be read.
    import('uqr').then(show, () => undefined);
    return () => {
      current = false;
    };
  }, [text]);
  const size = drawn?.size ?? 1;
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      {drawn && <path d={drawn.path} fill="#000" />}
    </svg>
  );
}

function draw(rows: boolean[][]): { size: number; path: string } {
  const dark = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { size: rows.length, path: dark.join('') };
}
