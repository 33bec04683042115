/** How a report looks, on a screen and on A4. */
export const reportStyle = `
:root { --text: #18212d; --muted: #566273; --line: #d8dee7; --sunk: #f4f6f8; --accent: #2b5fd9; --ok: #1a7641; --ok-soft: #e3f4e9; --bad: #c22f26; --bad-soft: #fdeceb; }
* { box-sizing: border-box; }
html { background: #eceff3; color: var(--text); font: 15px/1.5 Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { margin: 0; }
main { max-width: 60rem; margin: 0 auto; padding: 3rem 3.5rem 4rem; background: #fff; min-height: 100vh; }
h1, h2, h3, h4 { line-height: 1.25; break-after: avoid; text-wrap: balance; }
h1 { font-size: 2.1rem; margin: 0.2rem 0 0.4rem; letter-spacing: -0.01em; }
h2 { font-size: 1.35rem; margin: 2.6rem 0 0.8rem; padding-bottom: 0.35rem; border-bottom: 2px solid var(--line); }
h3 { font-size: 1.08rem; margin: 1.8rem 0 0.5rem; }
p { margin: 0.4rem 0; overflow-wrap: anywhere; }
.kicker { color: var(--accent); font-weight: 600; text-transform: uppercase; letter-spacing: 0.08em; font-size: 0.82rem; margin: 0; }
.subtitle { color: var(--muted); font-size: 1.05rem; max-width: 44rem; }
.front { border-bottom: 2px solid var(--text); padding-bottom: 1.4rem; }
dl { margin: 0; } dt { color: var(--muted); } dd { margin: 0; overflow-wrap: anywhere; }
.identity { display: grid; grid-template-columns: repeat(2, 1fr); gap: 0.9rem 2rem; margin-top: 1.6rem; }
.identity dt { font-size: 0.82rem; } .identity dd { font-size: 1.08rem; font-weight: 600; }
.figures { display: grid; grid-template-columns: repeat(4, 1fr); gap: 0.8rem; margin: 1rem 0; }
.figures > div { background: var(--sunk); border-radius: 10px; padding: 0.8rem 1rem; break-inside: avoid; }
.figures dd { font-size: 1.35rem; font-weight: 600; } .figures dt { font-size: 0.85rem; }
.facts { margin: 0.8rem 0; break-inside: avoid; } .facts > div { display: grid; grid-template-columns: 11.5rem 1fr; gap: 1rem; padding: 0.15rem 0; }
table { width: 100%; border-collapse: collapse; margin: 0.8rem 0; font-size: 0.93rem; }
th { text-align: left; color: var(--muted); font-weight: 600; border-bottom: 1.5px solid var(--line); }
th, td { padding: 0.38rem 0.8rem 0.38rem 0; vertical-align: top; overflow-wrap: break-word; }
td { border-bottom: 1px solid var(--line); } tr { break-inside: avoid; } thead { display: table-header-group; }
.narrow { width: 1%; white-space: nowrap; }
.mono, pre { font-family: "JetBrains Mono", ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.mono { font-size: 0.88em; }
pre { background: var(--sunk); border-radius: 7px; padding: 0.6rem 0.8rem; margin: 0.5rem 0 0; font-size: 0.8rem; line-height: 1.45; white-space: pre-wrap; overflow-wrap: anywhere; }
.muted { color: var(--muted); } .good { color: var(--ok); } .bad { color: var(--bad); } .small { font-size: 0.88rem; }
.check { color: inherit; border-left: 4px solid var(--line); padding: 0.1rem 0 0.2rem 1rem; margin: 1rem 0; break-inside: avoid; }
.check.good { border-color: var(--ok); } .check.bad { border-color: var(--bad); }
.check p { margin: 0.15rem 0; }
.check-head { break-after: avoid; }
.sign { display: inline-block; width: 1.2em; font-weight: 700; } .check.good .sign, .check.good .state { color: var(--ok); } .check.bad .sign, .check.bad .state { color: var(--bad); }
.check.muted .state { color: var(--muted); } .state { font-size: 0.88rem; white-space: nowrap; margin-left: 0.4em; }
.failure { color: var(--muted); } .failure b { color: var(--bad); font-weight: 600; }
figure { margin: 0.8rem 0; } figcaption { color: var(--muted); font-size: 0.85rem; overflow-wrap: anywhere; }
.drawing { border: 1px solid var(--line); border-radius: 10px; padding: 0.6rem; break-inside: avoid; text-align: center; }
.drawing svg { width: 100%; height: auto; max-height: 225mm; display: block; margin: 0 auto; }
.picture img { width: 100%; height: auto; border: 1px solid var(--line); border-radius: 7px; display: block; margin-bottom: 0.3rem; } .picture { break-inside: avoid; }
.answer { margin: 1rem 0; break-inside: avoid; } .question { font-weight: 550; }
.group { break-inside: avoid; }
.list-label { font-weight: 600; margin-top: 0.6rem; break-after: avoid; } ul { margin: 0.2rem 0 0.6rem; padding-left: 1.4rem; columns: 2; column-gap: 2rem; font-size: 0.9rem; color: var(--text); } ul.good, ul.bad { color: var(--text); } li { break-inside: avoid; padding: 0.08rem 0; } ul.good li::marker { color: var(--ok); content: "✓  "; } ul.bad li::marker { color: var(--bad); content: "✗  "; }
.given { white-space: pre-wrap; border-left: 4px solid var(--accent); padding-left: 1rem; }
@media (max-width: 45rem) { main { padding: 1.5rem 1.2rem; } .figures { grid-template-columns: repeat(2, 1fr); } .facts > div { grid-template-columns: 1fr; gap: 0; } }
@page { size: A4; margin: 16mm 16mm 18mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8.5pt system-ui, sans-serif; color: #566273; } }
@media print {
  html { background: #fff; font-size: 10.5pt; }
  main { max-width: none; padding: 0; min-height: 0; }
  h2.page { break-before: page; margin-top: 0; }
  pre { font-size: 7.8pt; }
  table { font-size: 9pt; } th, td { padding-top: 0.24rem; padding-bottom: 0.24rem; }
  .drawing svg { max-height: 105mm; }
  .code pre { break-inside: auto; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
  .code figcaption { break-after: avoid; }
  ul { break-inside: avoid; }
}
`;
