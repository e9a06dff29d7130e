import { style as report } from '../../simulate/report/style';

/** px of the grid that panels are placed on, as Grafana has it. */
export const rowHeight = 30;
export const gap = 8;

/** That of the simulation's report, and what a dashboard has besides. */
export const style = `${report}
:root { --c0: #3274d9; --c1: #299c46; --c2: #e0742a; --c3: #d8415a; --c4: #9553c9; --c5: #16879a; --c6: #a3860b; --c7: #6b7684; }
@media (prefers-color-scheme: dark) { :root { --c0: #6ea6ff; --c1: #5fce7b; --c2: #ff9a52; --c3: #ff7383; --c4: #c792ec; --c5: #4ec3d6; --c6: #e3c545; --c7: #a3adb9; } }
body { max-width: none; padding: 0 16px; font-size: 14px; }
header { height: 92px; padding-top: 18px; overflow: hidden; } h1 { font-size: 22px; } header p { margin: 2px 0 0; }
main { grid-template-columns: repeat(24, minmax(0, 1fr)); grid-auto-rows: ${rowHeight}px; gap: ${gap}px; }
h2 { align-self: center; font-size: 15px; } h3 { flex: none; margin: 0; font-size: 14px; line-height: 18px; font-weight: 600; white-space: nowrap; }
section { display: flex; flex-direction: column; padding: 8px 12px; border-radius: 4px; overflow: hidden; }
section > svg { flex: 1; min-height: 0; padding-left: 22px; overflow: visible; } svg text { font-size: 16px; }
section ul { flex: none; display: flex; flex-wrap: wrap; gap: 0 14px; height: 36px; overflow: hidden; margin: 0; padding: 0; list-style: none; font-size: 12px; line-height: 18px; }
li::before { content: ''; display: inline-block; width: 12px; height: 3px; margin-right: 5px; vertical-align: 3px; border-radius: 2px; background: var(--c, none); }
.rest::before { display: none; } li i { color: var(--soft); font-style: normal; }
${Array.from({ length: 8 }, (_, i) => `.c${i} { --c: var(--c${i}); }`).join(' ')}
.curve { stroke: var(--c); stroke-width: 2; } .dot { stroke-width: 5; stroke-linecap: round; } .area { fill: var(--c); fill-opacity: .1; }
section .none { margin: auto auto 0; font-size: 18px; } section .why { margin: 4px auto auto; text-align: center; }
.stat { padding: 8px 6px; color: #fff; text-align: center; } .stat h3 { font-size: 13px; } .stat b { margin: auto; font-size: 34px; line-height: 1; font-weight: 600; font-variant-numeric: tabular-nums; }
.stat.green { background: #2b8a47; } .stat.orange { background: #c8611a; } .stat.red { background: #c4313f; }
.stat svg { flex: none; padding: 0; height: 34px; margin: 0 -6px -8px; width: calc(100% + 12px); } .spark { fill: #fff; fill-opacity: .22; }
footer { height: 56px; padding-top: 14px; color: var(--soft); }
`;

/** Of the head and the foot, px. */
export const framing = 92 + 56;
