/** Light and dark by the reader's setting; the pictures take their colours from here. */
export const style = `
:root { color-scheme: light dark; --back: #f5f6f8; --card: #ffffff; --text: #1b1f24; --soft: #5b6470; --grid: #e4e7eb; --base: #b4bbc4;
  --one: #2457d6; --two: #0f8a6a; --limit: #c2410c; --good: #e7f6ee; --good-text: #14532d; --bad: #fdeceb; --bad-text: #8f1d14; }
@media (prefers-color-scheme: dark) { :root { --back: #0f1216; --card: #181c22; --text: #e8eaed; --soft: #9aa4b0; --grid: #2a303a;
  --base: #4a535f; --one: #7aa7ff; --two: #4cc9a0; --limit: #ff9b57; --good: #11301f; --good-text: #a6e3bf; --bad: #3b1614; --bad-text: #ffb4ab; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1240px; padding: 32px 24px 48px; background: var(--back); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
h1 { margin: 0; font-size: 26px; line-height: 1.25; } h2 { margin: 0; font-size: 17px; }
header p, section p { margin: 2px 0 12px; color: var(--soft); }
.result { margin: 0 0 16px; padding: 10px 16px; border-radius: 8px; } .result p, .result ul { margin: 0; }
.good { background: var(--good); color: var(--good-text); } .bad { background: var(--bad); color: var(--bad-text); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 0 0 16px; padding: 0; list-style: none; }
.tiles li { padding: 12px 16px; border-radius: 10px; background: var(--card); color: var(--soft); }
.tiles b { display: block; color: var(--text); font-size: 24px; line-height: 1.2; font-variant-numeric: tabular-nums; }
main { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); gap: 16px; }
section { padding: 18px 20px; border-radius: 10px; background: var(--card); min-width: 0; } .wide { grid-column: 1 / -1; }
svg { display: block; width: 100%; height: auto; } 
.both { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); gap: 8px 32px; align-items: start; }
svg text { fill: var(--soft); font-size: 13px; font-variant-numeric: tabular-nums; } svg .strong { fill: var(--text); }
.grid { stroke: var(--grid); } .base { stroke: var(--base); }
.curve { fill: none; stroke-width: 2.5; stroke-linejoin: round; } .curve.one { stroke: var(--one); } .curve.two { stroke: var(--two); }
.limit { stroke: var(--limit); stroke-width: 1.5; stroke-dasharray: 6 5; } svg .limit-name { fill: var(--limit); }
.dots { fill: none; stroke: var(--one); stroke-width: 4.5; stroke-linecap: round; stroke-opacity: .55; }
.range { stroke: var(--one); stroke-width: 2.5; stroke-opacity: .55; } .dot { fill: var(--one); } .ring { fill: var(--card); stroke: var(--one); stroke-width: 2.5; }
.bar.one { fill: var(--one); } .bar.three { fill: var(--limit); } section svg + p { margin-top: 14px; }
.mark { stroke: var(--base); stroke-width: 1.5; stroke-dasharray: 2 4; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 5px 8px; border-top: 1px solid var(--grid); text-align: right; } th:first-child { text-align: left; } thead th { border: 0; color: var(--soft); font-weight: 500; }
@media (max-width: 560px) { svg text { font-size: 17px; } }
@media print { body { background: none; } section, .tiles li { break-inside: avoid; border: 1px solid var(--grid); } }
`;
