/** How the replay's page looks: on a phone, on a desk and on paper. */
export const STYLE_SHEET = `
:root {
  color-scheme: light dark;
  --ink: light-dark(#1d2327, #e8eaed); --soft: light-dark(#5f6b73, #9aa5ad); --paper: light-dark(#fff, #16191c); --ground: light-dark(#f3f5f6, #0e1012);
  --line: light-dark(#dde2e5, #2c3237); --bad: light-dark(#b3261e, #ff8a80); --doubt: light-dark(#8a5a00, #ffce73); --good: light-dark(#1b6e3c, #7ddc9b);
  --user: light-dark(#c9f2d0, #1f4d2c); --bot: light-dark(#eef1f3, #262b30);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.55 system-ui, "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", sans-serif; overflow-wrap: anywhere; }
main { max-width: 62rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.4rem; margin: .2rem 0; } h2 { font-size: 1.05rem; margin: 1.6rem 0 .5rem; } h3 { font-size: .8rem; margin: .9rem 0 .2rem; color: var(--soft); font-weight: 600; }
.note { color: var(--soft); } .bad { color: var(--bad); } .good { color: var(--good); } .doubt { color: var(--doubt); }
.bar { display: flex; height: .7rem; border-radius: .35rem; overflow: hidden; margin: .8rem 0; background: var(--line); }
.bar i { min-width: 3px; } .bar .bad { background: var(--bad); } .bar .doubt { background: var(--doubt); } .bar .good { background: var(--good); } .bar .note { background: var(--soft); }
.counts { display: flex; flex-wrap: wrap; gap: .5rem; margin: 0; padding: 0; list-style: none; }
.counts li { background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; padding: .35rem .7rem; }
.counts b { font-size: 1.15rem; margin-right: .35rem; font-variant-numeric: tabular-nums; }
table { border-collapse: collapse; width: 100%; background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .7rem; border-top: 1px solid var(--line); } thead th { border-top: 0; color: var(--soft); font-size: .8rem; font-weight: 600; }
td.n, th.n { width: 1%; text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
details { background: var(--paper); border: 1px solid var(--line); border-left: 4px solid var(--soft); border-radius: .5rem; margin: .5rem 0; }
details, details.bad, details.doubt, details.good, details.note { color: var(--ink); } details.bad { border-left-color: var(--bad); } details.doubt { border-left-color: var(--doubt); } details.good { border-left-color: var(--good); }
summary { cursor: pointer; padding: .55rem .8rem; color: var(--ink); display: grid; grid-template-columns: 1fr auto; gap: .1rem .8rem; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary .where { grid-column: 1 / -1; font-size: .78rem; color: var(--soft); }
summary .said::before { content: "▸ "; color: var(--soft); } details[open] > summary .said::before { content: "▾ "; }
summary .verdict { font-size: .85rem; font-weight: 600; white-space: nowrap; }
.inside { padding: 0 .8rem .8rem; }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: .8rem; }
.sides > section { min-width: 0; }
.sides h3 { font-size: .85rem; color: var(--ink); border-bottom: 1px solid var(--line); }
.bubble { white-space: pre-wrap; background: var(--bot); border-radius: .2rem .9rem .9rem .9rem; padding: .5rem .8rem; margin: .4rem 0; }
.bubble.user { background: var(--user); border-radius: .9rem .2rem .9rem .9rem; margin-left: auto; width: fit-content; max-width: 85%; }
mark { background: light-dark(#ffe9a8, #5b4a12); color: inherit; border-radius: .2rem; }
pre { white-space: pre-wrap; font: 12px/1.5 ui-monospace, "Noto Sans Mono CJK JP", monospace; background: var(--ground); border-radius: .4rem; padding: .5rem .6rem; margin: .2rem 0; }
.inside details { border-left-width: 1px; margin: .4rem 0 0; } .inside details > summary { display: block; padding: .3rem .6rem; font-size: .82rem; color: var(--soft); }
.inside details > summary::before { content: "▸ "; } .inside details[open] > summary::before { content: "▾ "; } .inside details > pre { margin: 0 .6rem .6rem; }
ul { padding-left: 1.2rem; } a { color: inherit; }
@media (max-width: 40rem) {
  main { padding: .7rem; } .sides { grid-template-columns: 1fr; gap: 0; }
  table.changes thead { display: none; } table.changes tr { display: block; border-top: 1px solid var(--line); padding: .3rem 0; } table.changes td { display: block; border: 0; padding: .05rem .7rem; }
  table.changes td[data-of]::before { content: attr(data-of) " "; color: var(--soft); font-size: .78rem; }
}
@media print {
  :root { color-scheme: light; } body { background: #fff; font-size: 11px; } main { max-width: none; padding: 0; }
  details { break-inside: avoid-page; } details::details-content { content-visibility: visible; block-size: auto; display: block; } summary .said::before { content: ""; }
  .inside details:not([open]) { display: none; }
}
`;
