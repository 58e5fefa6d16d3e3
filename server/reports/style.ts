/** How the report looks on a screen and on A4. It stands alone: no font, image or script from anywhere. */
export const STYLE = `
@page { size: A4; margin: 16mm 14mm 18mm; @bottom-right { content: counter(page) ' / ' counter(pages); font-size: 8pt; } }
:root { color-scheme: light; background: #fff; }
* { box-sizing: border-box; }
body { margin: 0; background: #e8ebef; color: #14181d; font: 10.5pt/1.55 'Noto Sans SC', 'Noto Sans CJK SC', 'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', sans-serif; font-variant-numeric: tabular-nums; }
article { max-width: 210mm; margin: 8mm auto; padding: 16mm 14mm; background: #fff; box-shadow: 0 1px 6px #0002; }
#zh:checked ~ .en, #en:checked ~ .zh { display: none; }
.switch { position: absolute; opacity: 0; pointer-events: none; }
.switch-to { position: absolute; top: 4mm; right: 6mm; border: 1px solid #59636e; border-radius: 3px; padding: 2px 10px; background: #fff; cursor: pointer; }
#zh:focus-visible ~ .zh .switch-to, #en:focus-visible ~ .en .switch-to { outline: 2px solid #1a5fb4; }
article { position: relative; }
h1 { font-size: 21pt; line-height: 1.3; margin: 0 0 1mm; }
.subject { font-size: 13pt; margin: 0 0 5mm; }
h2 { font-size: 13pt; margin: 9mm 0 2mm; padding-bottom: 1mm; border-bottom: 1.5pt solid #14181d; break-after: avoid; }
h3 { font-size: 10.5pt; margin: 4mm 0 1mm; break-after: avoid; }
p { margin: 0 0 2mm; }
.note { color: #4a545e; font-size: 9pt; }
.band { border: 1.5pt solid #14181d; padding: 1.5mm 3mm; font-weight: 700; margin: 0 0 5mm; text-align: center; }
.result { border-left: 3pt solid #14181d; padding: 1mm 0 1mm 4mm; font-size: 12pt; }
.result p { margin: 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 1mm 6mm; margin: 0; }
dt { color: #4a545e; } dd { margin: 0; }
.hash { font-family: ui-monospace, 'DejaVu Sans Mono', Consolas, monospace; font-size: 8.5pt; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: 2mm 0 3mm; }
th, td { border: .5pt solid #b9c1c9; padding: .8mm 1.6mm; text-align: right; vertical-align: baseline; }
th { font-weight: 600; background: #f1f3f5; } thead { display: table-header-group; } tr { break-inside: avoid; }
th:first-child, td:first-child, .text { text-align: left; }
.limits td:nth-child(-n+3), .limits th:nth-child(-n+4) { white-space: nowrap; } .limits td:nth-child(4) { min-width: 16mm; }
.matrix { font-size: 8.5pt; } .matrix th, .matrix td { padding: .5mm 1mm; white-space: nowrap; }
.matrix thead th { white-space: normal; }
.hours { font-size: 7pt; table-layout: fixed; } .hours th, .hours td { padding: .5mm .3mm; text-align: center; } .hours th:first-child { width: 21mm; text-align: left; font-size: 7.5pt; }
.hours td i { display: block; margin: 0; }
td i { font-style: normal; margin-left: .8mm; font-size: .85em; }
.exceeded { font-weight: 700; background: #f6d9d5; box-shadow: inset 0 0 0 1pt #9c1c12; }
.insufficient { color: #4a545e; background: repeating-linear-gradient(-45deg, #fff 0 1.2mm, #e3e7eb 1.2mm 2.4mm); }
.unlimited { color: #59636e; }
.signs { display: flex; flex-wrap: wrap; gap: 1mm 6mm; font-size: 9pt; padding: 0; margin: 0 0 2mm; list-style: none; }
.signs span { border: .5pt solid #b9c1c9; padding: 0 1.6mm; margin-right: 1.5mm; }
@media screen and (max-width: 700px) { article { padding: 6mm 4mm; margin: 0; } .scroll { overflow-x: auto; } .switch-to { top: 3mm; right: 3mm; } }
@media print {
  body { background: #fff; } article { margin: 0; padding: 0; max-width: none; box-shadow: none; } .switch-to { display: none; }
  * { print-color-adjust: exact; }
}
`;

/** What stands at the foot of every printed page; browsers without margin boxes still have it at the top of the first. */
export const footer = (text: string): string => `@page { @bottom-center { content: ${JSON.stringify(text).replaceAll('<', '\\3c ')}; font-size: 8pt; font-weight: 700; } }`;
