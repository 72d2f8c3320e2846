/** The page's style: light and dark, from 360 px to paper. */
export const STYLE = `
:root {
  --ground: #f4f5f7; --card: #fff; --text: #1a1f27; --faint: #575f6b; --line: #d9dee5; --code: #eef0f3; --link: #0a55b0;
  --pass: #17643a; --pass-soft: #e3f4ea; --info: #0b5394; --info-soft: #e5f0fb; --warn: #854600; --warn-soft: #fdf0d9;
  --fail: #b01e17; --fail-soft: #fdeae8; --skip: #4b5563; --skip-soft: #eceef1;
  --resolve: #64748b; --connect: #2f6fde; --greeting: #0c8f83; --tls: #7b45d8; --auth: #b7791f; --envelope: #5f7d12;
  --quit: #a3adba; --failed: #d6312a;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #0f1318; --card: #181d24; --text: #e6eaf0; --faint: #a0aab8; --line: #2d3540; --code: #222933;
    --link: #82b8ff; --pass: #7fd8a4; --pass-soft: #12301f; --info: #90c5ff; --info-soft: #132a42; --warn: #f3c26f;
    --warn-soft: #35260b; --fail: #ff9d93; --fail-soft: #421815; --skip: #b4bdc9; --skip-soft: #262d36;
    --resolve: #94a3b8; --connect: #5b94f5; --greeting: #2bb5a7; --tls: #a57cf0; --auth: #dba13f; --envelope: #9cbb45;
    --quit: #5c6775; --failed: #ff6b61;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif; overflow-wrap: anywhere; }
[hidden] { display: none !important; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.width { max-width: 68rem; margin: 0 auto; padding: 0 1rem; }
.faint { color: var(--faint); }
.line { display: block; }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
main:focus { outline: none; }
.skip-link { position: absolute; left: 1rem; top: -5rem; padding: .5rem 1rem; background: var(--card); z-index: 2; }
.skip-link:focus { top: .5rem; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.3rem; line-height: 1.3; }
h3, h4, h5 { margin: 0; line-height: 1.35; }
code, pre { font-family: var(--mono); font-size: .9em; unicode-bidi: isolate; }
pre { margin: .25rem 0 .5rem; padding: .6rem .75rem; background: var(--code); border-radius: 6px; white-space: pre-wrap; }
pre code { font-size: 1em; }
button, select, input { font: inherit; color: inherit; }
button { padding: .25rem .75rem; min-height: 2rem; background: var(--card); border: 1px solid var(--faint); border-radius: 6px; cursor: pointer; }
button:hover { background: var(--code); }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .4rem .75rem .4rem 0; text-align: left; vertical-align: top; font-weight: inherit; }
th:last-child, td:last-child { padding-right: 0; }
thead th, caption { color: var(--faint); font-size: .875rem; text-align: left; }
tbody tr { border-top: 1px solid var(--line); }

.verdict { color: #fff; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.verdict.pass { background: #14613a; } .verdict.info { background: #124f8c; } .verdict.warn { background: #7d4300; }
.verdict.fail { background: #9e1b16; } .verdict.skip { background: #454e5b; }
.verdict .width { padding-top: 1.25rem; padding-bottom: 1.75rem; }
.verdict :focus-visible { outline-color: #fff; }
.brand { margin: 0 0 1.25rem; display: flex; flex-wrap: wrap; justify-content: space-between; gap: .25rem 1rem; font-size: .925rem; }
h1 { display: flex; gap: .45em; align-items: flex-start; margin: 0; font-size: clamp(1.6rem, 1.1rem + 2.6vw, 2.6rem); line-height: 1.15; letter-spacing: -.01em; text-wrap: balance; }
.mark { flex: none; width: 1.05em; height: 1.05em; margin-top: .05em; fill: none; stroke: currentColor; stroke-width: 2.25; stroke-linecap: round; stroke-linejoin: round; }
.lead { margin: .9rem 0 0; font-size: 1.0625rem; max-width: 60rem; }
.verdict code { background: none; }

.facts { margin: 1rem 0 0; display: grid; gap: .6rem 2rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); }
.facts dt { color: var(--faint); font-size: .8125rem; }
.facts dd { margin: 0; }
.circumstances { margin-top: 0; padding: 1rem 0; border-bottom: 1px solid var(--line); grid-template-columns: repeat(auto-fit, minmax(min(100%, 9rem), auto)); }

.badge { display: inline-block; padding: 0 .55em; border-radius: 1em; font-size: .875rem; line-height: 1.6; font-weight: 600; white-space: nowrap; }
.badge.pass { color: var(--pass); background: var(--pass-soft); } .badge.info { color: var(--info); background: var(--info-soft); }
.badge.warn { color: var(--warn); background: var(--warn-soft); } .badge.fail { color: var(--fail); background: var(--fail-soft); }
.badge.skip { color: var(--skip); background: var(--skip-soft); }

.overview code, .essence code { color: var(--faint); }
.overview th:last-child { width: 5rem; } .overview th:first-child { width: 5.5rem; }
.number { font-variant-numeric: tabular-nums; }

.filters { display: flex; flex-wrap: wrap; gap: .75rem 1.25rem; align-items: end; padding: .9rem 1rem; margin-bottom: 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.filters fieldset { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: 0; padding: 0; border: 0; min-height: 2rem; }
.filters fieldset label { display: flex; align-items: center; gap: .35rem; cursor: pointer; }
.filters fieldset label { min-height: 2rem; }
.filters legend, .field span { padding: 0; color: var(--faint); font-size: .8125rem; }
.field { display: grid; flex: 0 1 13rem; }
.field select, .field input { min-height: 2rem; max-width: 100%; padding: .15rem .5rem; background: var(--ground); border: 1px solid var(--faint); border-radius: 6px; }
.field input::placeholder { color: var(--faint); opacity: 1; }
input[type=checkbox] { width: 1.1rem; height: 1.1rem; margin: 0; accent-color: var(--link); }
.buttons { display: flex; flex-wrap: wrap; gap: .5rem; }
.shown { margin: 0 0 .25rem auto; font-weight: 600; font-variant-numeric: tabular-nums; }
.left-out { margin: 0 0 1rem; padding: .6rem 1rem; border: 1px dashed var(--faint); border-radius: 8px; }

.ruler { display: flex; flex-wrap: wrap; align-items: end; justify-content: space-between; gap: .5rem 1rem; padding: 0 1rem; }
.legend { display: flex; flex-wrap: wrap; gap: .15rem 1rem; margin: 0 0 .35rem; padding: 0; list-style: none; font-size: .8125rem; color: var(--faint); }
.legend svg { width: .75rem; height: .75rem; margin-right: .35rem; vertical-align: -.05rem; border-radius: 2px; }
.axis { display: block; width: 100%; height: 1.4rem; overflow: visible; font-size: .75rem; }
.axis text { fill: var(--faint); text-anchor: middle; transform: translateY(.75rem); }
.axis text.first { text-anchor: start; } .axis text.last { text-anchor: end; }
.axis .today { fill: var(--text); stroke: none; font-weight: 600; }
.strip { display: block; width: 100%; height: .8rem; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
rect { height: 100%; }
.k-resolve { fill: var(--resolve); } .k-connect { fill: var(--connect); } .k-greeting { fill: var(--greeting); }
.k-tls { fill: var(--tls); } .k-auth { fill: var(--auth); } .k-envelope { fill: var(--envelope); }
.k-quit { fill: var(--quit); } .k-failed { fill: var(--failed); }

.targets { border: 1px solid var(--line); border-radius: 8px; background: var(--card); }
.target + .target { border-top: 1px solid var(--line); }
.target > summary { display: grid; grid-template: "badge latency" "name name" "strip strip" / 1fr auto; justify-items: start; gap: .35rem .75rem; align-items: baseline; padding: .65rem 1rem; cursor: pointer; list-style: none; border-radius: 8px; }
.target > summary::-webkit-details-marker { display: none; }
.target > summary:hover { background: var(--code); }
.target > summary .badge { grid-area: badge; min-width: 5em; text-align: center; }
.name { grid-area: name; }
.name h3 { font-size: 1rem; font-weight: 600; }
.name h3::after { content: " ▸"; content: " ▸" / ""; color: var(--faint); font-weight: 400; }
.target[open] > summary h3::after { content: " ▾"; content: " ▾" / ""; }
.essence { display: block; font-size: .9375rem; line-height: 1.4; }
.target > summary .strip { grid-area: strip; justify-self: stretch; }
.latency { grid-area: latency; font-variant-numeric: tabular-nums; text-align: right; min-width: 4rem; }
.target[open] > summary { border-bottom: 1px solid var(--line); border-radius: 8px 8px 0 0; }
.body { padding: .25rem 1rem 1.25rem; }
.message { margin: .75rem 0; }
.finding { margin: 1rem 0 1.5rem; }
.finding h4 { font-size: 1.0625rem; }
.finding h4 code { font-weight: 400; color: var(--faint); }
.finding h5 { margin: .9rem 0 .15rem; font-size: .9375rem; }
.finding ol, .finding ul { margin: .25rem 0; padding-left: 1.4rem; }
.finding li { margin: .2rem 0; }
.finding p { margin: .35rem 0; }
.others { margin: .5rem 0; }
.body details > summary { padding: .3rem 0; cursor: pointer; color: var(--link); }
.body .facts { padding-top: 1rem; border-top: 1px solid var(--line); }
.body > .facts:first-child { border: 0; margin-top: 0; }
time { white-space: nowrap; }
.commands code { display: block; padding-left: 1.1em; text-indent: -1.1em; }
.commands code::before { content: "$ "; color: var(--faint); }
.copyable { display: flex; gap: .5rem; align-items: flex-start; }
.copyable pre { flex: 1; min-width: 0; }
.copy { margin-top: .35rem; min-width: 5.5rem; }

.steps, .transcript { margin-top: 1.25rem; font-size: .9375rem; }
.steps caption { padding-bottom: .25rem; color: var(--text); font-weight: 600; font-size: .9375rem; }
.steps th, .steps td, .transcript td, .transcript th { padding-top: .2rem; padding-bottom: .2rem; }
.steps th:first-child { width: 7.5rem; } .steps th:nth-child(2) { width: 4.5rem; }
.steps td:nth-child(2), .transcript td:first-child { font-variant-numeric: tabular-nums; white-space: nowrap; color: var(--faint); }
.steps .strip { margin: .3rem 0; }
.steps .skipped th { color: var(--faint); }
.because { color: var(--fail); }
.transcript { margin-top: .25rem; }
.transcript th:first-child { width: 5rem; } .transcript th:nth-child(2) { width: 4.5rem; }
.transcript .client td { color: var(--link); }

.certificates { table-layout: fixed; }
.certificates th:first-child { width: 42%; } .certificates thead th:last-child { width: 6.5rem; }
.certificates .faint { font-size: .875rem; }
.validity { display: block; width: 100%; height: 1rem; margin-top: .3rem; border-radius: 4px; background: var(--code); print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.validity .pass { fill: var(--greeting); } .validity .warn { fill: var(--auth); } .validity .fail { fill: var(--failed); }
line { stroke: var(--faint); }
.validity line { stroke: var(--text); stroke-width: 2; }
.dates { font-size: .875rem; color: var(--faint); }
.left.fail { color: var(--fail); font-weight: 600; } .left.warn { color: var(--warn); font-weight: 600; }
.trend { margin: 0 0 1rem; padding: .75rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.trend h3 { font-size: 1rem; font-weight: 600; }
.trend p { margin: 0; font-size: .9375rem; }
.charts { display: grid; gap: .75rem 1.5rem; margin: .6rem 0 .35rem; align-items: end; grid-template-columns: repeat(auto-fill, minmax(min(100%, 18rem), 1fr)); }
.chart { margin: 0; }
.chart figcaption { display: flex; flex-wrap: wrap; gap: 0 .5rem; align-items: baseline; font-size: .9375rem; }
.chart strong { font-variant-numeric: tabular-nums; }
.range { margin-left: auto; font-size: .8125rem; font-variant-numeric: tabular-nums; }
.chart svg { display: block; width: 100%; height: 3rem; margin-top: .2rem; border-bottom: 1px solid var(--faint); print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.chart .up { fill: var(--greeting); stroke: var(--greeting); } .chart .partly { fill: var(--auth); stroke: var(--auth); }
.chart .down { fill: var(--failed); stroke: var(--failed); } .chart .speed { fill: var(--connect); stroke: var(--connect); }
.chart path { stroke-width: 0; }
.chart .area { fill-opacity: .2; }
.chart .curve { fill: none; stroke-width: 2; stroke-linejoin: round; vector-effect: non-scaling-stroke; }
.trend .span { font-size: .8125rem; }
footer.width { margin-top: 2.5rem; padding-top: 1rem; padding-bottom: 2.5rem; color: var(--faint); font-size: .875rem; }

@media (min-width: 48rem) {
  .target > summary { grid-template: "badge name strip latency" / auto 1fr 20rem auto; align-items: center; }
  .latency { justify-self: end; }
  .ruler { flex-wrap: nowrap; gap: .75rem; }
  .ruler .axis { flex: none; width: 20rem; margin-left: auto; }
  .to-greeting { flex: none; width: 4rem; text-align: right; font-size: .8125rem; color: var(--faint); }
}
@media (max-width: 47.99rem) {
  .to-greeting { display: none; }
}
@media (max-width: 40rem) {
  .year, .steps .axis text:not(.first):not(:last-of-type) { display: none; }
  .steps th:first-child { width: 6.5rem; }
  .certificates svg.axis line:not(:last-of-type) { display: none; }
  .certificates th:first-child { width: 40%; } .certificates thead th:last-child { width: 5rem; }
  .copyable { display: block; }
  .copy { margin: -.25rem 0 .5rem; }
  .shown { margin-left: 0; }
}
@media print {
  body { background: #fff; font-size: 10pt; }
  .filters, .copy, .skip-link, .name h3::after { display: none !important; }
  .targets { border: 0; }
  .target > summary, .finding h4, h2 { break-after: avoid; }
  .finding, tr, pre, .trend { break-inside: avoid; }
  details::details-content { display: block; content-visibility: visible; block-size: auto; }
  a { color: inherit; }
}
`;
