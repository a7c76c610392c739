// The inspector's styles: one column, light and dark, from 320 pixels up. The page's own script sets them, which `style-src 'self'` allows.

export const STYLE = `
:root {
  color-scheme: light dark;
  --line: light-dark(#d5d9e0, #3a3f4a); --quiet: light-dark(#5b6270, #a3abba); --plane: light-dark(#f5f6f8, #1d2027);
  --good: light-dark(#136c3a, #6fd59b); --other: light-dark(#1f5fa8, #84b9f5); --bad: light-dark(#a3330b, #ff9d76);
  --worker: #8a63d2; --shell: #1c9a57; --network: #2f7fd6;
  font: 16px/1.5 system-ui, sans-serif;
}
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 64rem; padding: 1rem }
h1 { font-size: 1.5rem; margin: 0 }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; border-bottom: 1px solid var(--line) }
h3 { font-size: 1rem; margin: 0; display: flex; flex-wrap: wrap; gap: .5rem; align-items: baseline }
h3 time { color: var(--quiet); font-weight: normal; margin-left: auto }
p { margin: .25rem 0 }
code { font: .9em/1.4 ui-monospace, monospace; overflow-wrap: anywhere }
button, fieldset label { font: inherit; color: inherit; border: 1px solid var(--line); background: var(--plane); padding: 0 1rem; min-height: 2.75rem; cursor: pointer }
button { border-radius: .5rem }
button:hover:not([aria-disabled=true]), fieldset label:hover { border-color: var(--other) }
[aria-disabled=true] { opacity: .5; cursor: default }
:focus-visible { outline: 3px solid var(--other); outline-offset: 2px }
fieldset { border: 0; margin: 0; padding: 0; display: flex; align-items: center; min-width: 0 }
legend { float: left; padding: 0 .75rem 0 0; color: var(--quiet) }
fieldset label { position: relative; display: inline-flex; align-items: center; justify-content: center; text-align: center; white-space: nowrap }
fieldset label + label { margin-left: -1px }
fieldset label:first-of-type { border-radius: .5rem 0 0 .5rem } fieldset label:last-of-type { border-radius: 0 .5rem .5rem 0 }
fieldset label:has(:checked) { background: var(--other); border-color: var(--other); color: light-dark(#fff, #10131a); z-index: 1 }
fieldset label:has(:focus-visible) { outline: 3px solid var(--other); outline-offset: 2px; z-index: 2 }
fieldset input { position: absolute; inset: 0; margin: 0; appearance: none; outline: 0; cursor: inherit; border-radius: inherit }
.bar-of-controls { display: flex; flex-wrap: wrap; gap: .75rem 2rem; margin: .75rem 0 .5rem }
.buttons { display: flex; gap: .5rem }
.hint { color: var(--quiet); font-size: .875rem }
.note:empty { display: none }
.simulated { color: var(--bad); font-weight: bold }
.badge { border: 1px solid currentColor; border-radius: 1rem; padding: 0 .6rem; font-size: .8125rem; font-weight: 600; white-space: nowrap }
.good { color: var(--good) } .other { color: var(--other) } .bad { color: var(--bad) }
.visits { list-style: none; margin: 0; padding: 0; display: grid; gap: .75rem }
.visits li { background: var(--plane); border-radius: .5rem; padding: .75rem 1rem }
.timeline { margin-top: .5rem; display: grid; gap: .25rem }
.lane { display: grid; grid-template-columns: 12rem 1fr 5rem; gap: .75rem; align-items: center; font-size: .875rem }
.track { position: relative; height: 1rem; border-bottom: 1px solid var(--line) }
.bar { position: absolute; top: .1rem; bottom: .1rem; min-width: 2px; border-radius: 2px }
.mark { width: 2px; top: 0; bottom: 0; margin-left: -1px; outline: 2px solid }
.bar.worker { background: var(--worker); outline-color: var(--worker) }
.bar.shell { background: var(--shell); outline-color: var(--shell) }
.bar.network { background: var(--network); outline-color: var(--network) }
.deadline { position: absolute; top: -.15rem; bottom: -.15rem; border-left: 2px dashed var(--bad) }
.chart ol { list-style: none; margin: 0; padding: 0 }
.chart svg { display: block; width: 100%; overflow: visible }
.view { display: grid; grid-template-columns: 21rem 1fr auto; gap: 0 .75rem; align-items: center; font-size: .875rem; padding: .2rem 0 }
.view .of { display: flex; flex-wrap: wrap; gap: 0 .5rem; align-items: baseline }
.view time { color: var(--quiet); margin-left: auto } .view .time { width: 4.5rem; white-space: nowrap }
.shares { margin-top: .5rem }
.axis svg { grid-column: 2 } .axis { padding: 0 } .axis .time { font-size: .75rem } .axis text { fill: var(--quiet); font-size: .75rem }
.legend { display: flex; flex-wrap: wrap; gap: 0 1.25rem; color: var(--quiet); font-size: .8125rem } .legend span { display: inline-flex; align-items: center; gap: .35rem } .legend svg { width: 12px }
.grid { stroke: var(--line) } .paint { fill: light-dark(#c9ced8, #4a5160) } .wait.shell { fill: var(--shell) } .wait.network { fill: var(--network) }
.sign.first-byte, .sign.first-paint, .sign.largest-paint { stroke: currentColor } .sign.hydrated { fill: light-dark(#fff, #121212); stroke: var(--worker); stroke-width: 2.5 } .sign.hole { fill: var(--network) }
.time { text-align: right; font-variant-numeric: tabular-nums; color: var(--quiet) }
table { border-collapse: collapse; width: 100%; font-size: .875rem }
caption { text-align: left; color: var(--quiet) }
th, td { text-align: left; vertical-align: baseline; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); font-weight: normal }
thead th { color: var(--quiet) }
.options { display: grid; grid-template-columns: minmax(12rem, max-content) 1fr; gap: .5rem 1.5rem }
.options dd { margin: 0 } .options p { color: var(--quiet) }
@media (max-width: 40rem) {
  .bar-of-controls { gap: .5rem } .buttons, fieldset { width: 100% }
  .buttons button, fieldset label { flex: 1; padding: 0 .25rem }
  legend { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden }
  .view { grid-template-columns: 1fr auto } .view .of { grid-column: 1 / -1 } .axis svg { grid-column: 1 } 
  .lane { grid-template-columns: 1fr auto; gap: 0 .5rem }
  .lane .track { grid-column: 1 / -1; grid-row: 2 }
  .options { grid-template-columns: 1fr } .options dt { margin-top: .5rem }
  thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden }
  tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line) }
  tbody th { display: block; font-weight: 600 }
  td { display: flex; gap: .75rem; padding: 0; border: 0 }
  td::before { content: attr(data-label); color: var(--quiet); flex: 0 0 6rem }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth } }
`
