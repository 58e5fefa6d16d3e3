/** How the report looks on a screen and on A4. It stands alone: no font, image or script from anywhere. */
export const STYLE = `
@page { size: A4; margin: 15mm 14mm 17mm; @bottom-right { content: counter(page) ' / ' counter(pages); font-size: 8pt; width: 20mm; white-space: nowrap; } }
:root { color-scheme: light; background: #e8ebef; }
* { box-sizing: border-box; }
body { margin: 0; background: #e8ebef; color: #14181d; font: 10pt/1.5 'Noto Sans SC', 'Noto Sans CJK SC', 'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', sans-serif; font-variant-numeric: tabular-nums; }
article { max-width: 210mm; margin: 8mm auto; padding: 16mm 14mm; background: #fff; box-shadow: 0 1px 6px #0002; }
#zh:checked ~ .en, #en:checked ~ .zh { display: none; }
.switch { position: absolute; opacity: 0; pointer-events: none; }
.switch-to { position: absolute; top: 4mm; right: 6mm; border: 1px solid #59636e; border-radius: 3px; padding: 2px 10px; background: #fff; cursor: pointer; }
#zh:focus-visible ~ .zh .switch-to, #en:focus-visible ~ .en .switch-to { outline: 2px solid #1a5fb4; }
article { position: relative; }
h1 { font-size: 21pt; line-height: 1.3; margin: 0 0 1mm; }
.subject { font-size: 13pt; margin: 0 0 5mm; }
h2 { font-size: 13pt; margin: 6.5mm 0 2mm; padding-bottom: 1mm; border-bottom: 1.5pt solid #14181d; break-after: avoid; }
h3 { font-size: 10.5pt; margin: 4mm 0 1mm; break-after: avoid; }
p { margin: 0 0 2mm; orphans: 3; widows: 3; }
.note { color: #4a545e; font-size: 9pt; }
.band { border: 1.5pt solid #14181d; padding: 1.5mm 3mm; font-weight: 700; margin: 0 0 5mm; text-align: center; }
.result { border-left: 3pt solid #14181d; padding: 1mm 0 1mm 4mm; font-size: 12pt; }
.result p { margin: 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 1mm 6mm; margin: 0; }
dt { color: #4a545e; } dd { margin: 0; } dd .note { display: block; } td .note { font-size: .85em; }
.hash { font-family: ui-monospace, 'DejaVu Sans Mono', Consolas, monospace; font-size: 8.5pt; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: 2mm 0 3mm; }
th, td { border: .5pt solid #b9c1c9; padding: .8mm 1.6mm; text-align: right; vertical-align: baseline; }
th { font-weight: 600; background: #f1f3f5; } thead { display: table-header-group; } tr { break-inside: avoid; }
th:first-child, td:first-child, .text { text-align: left; }
.limits td:nth-child(-n+3), .limits th:nth-child(-n+4), .day { white-space: nowrap; } .limits td:nth-child(4) { min-width: 20mm; }  .limits { font-size: 9pt; } .limits td:nth-child(5) { min-width: 52mm; }
.matrix { font-size: 8.5pt; line-height: 1.35; } .matrix th, .matrix td { padding: .5mm 1mm; white-space: nowrap; }
.matrix.few { width: auto; } .few th, .few td { padding: .5mm 5mm .5mm 2mm; } .few td { min-width: 28mm; }
.matrix.many { font-size: 7.5pt; table-layout: fixed; } .many th:first-child { width: 19mm; } .many th:nth-child(2) { width: 8mm; } .many th, .many td { padding: .4mm .6mm; } .many thead th { vertical-align: bottom; }
.upright { writing-mode: vertical-rl; } .en .upright { transform: rotate(180deg); }
.hours { font-size: 7pt; line-height: 1.12; table-layout: fixed; } .hours th, .hours td { padding: .3mm; text-align: center; vertical-align: middle; } .hours th:first-child { width: 21mm; text-align: left; font-size: 7.5pt; }
.hours td i { display: block; margin: 0; }
td i { font-style: normal; margin-left: .8mm; font-size: .85em; }
.en th::first-letter, .en dt::first-letter, .en .limits td::first-letter, .en .result .note::first-letter { text-transform: uppercase; }
.exceeded { font-weight: 700; background: #f6d9d5; box-shadow: inset 0 0 0 1pt #9c1c12; }
.insufficient { color: #3d464f; background: #dfe3e7; }
.aqi { font-size: 8.5pt; } .aqi th:first-child { width: 22mm; white-space: nowrap; }
.attainment { font-size: 9pt; } .attainment td { white-space: nowrap; }
.unlimited { color: #59636e; }
.signs { display: flex; flex-wrap: wrap; gap: 1mm 6mm; font-size: 9pt; padding: 0; margin: 0 0 2mm; list-style: none; }
.signs span { border: .5pt solid #b9c1c9; padding: 0 1.6mm; margin-right: 1.5mm; }
@media screen and (max-width: 700px) { article { padding: 6mm 4mm; margin: 0; } .scroll { overflow-x: auto; } .switch-to { top: 3mm; right: 3mm; } }
@media screen and (min-width: 2400px) { body { zoom: 1.4; } }
@media screen and (min-width: 3200px) { body { zoom: 1.8; } }
@media print {
  :root, body { background: #fff; } article { margin: 0; padding: 0; max-width: none; box-shadow: none; } .switch-to { display: none; }
  * { print-color-adjust: exact; }
}
/* Pages break between things. What fits on a page is whole; what does not has at least four rows on each side of a break, and
   its head again; a heading, a legend or a note stays with its table. */
table, dl, .result, .band, .whole { break-inside: avoid; }
.signs, .lead, .matrix caption { break-after: avoid; } .after { break-before: avoid; } .long { break-inside: auto; }
thead { break-inside: avoid; } tbody tr:nth-child(-n+3) { break-after: avoid; } tbody tr:nth-last-child(-n+3) { break-before: avoid; }
`;

const quoted = (text: string): string => JSON.stringify(text).replaceAll('<', '\\3c ');

/**
 * What stands at the foot of every printed page of a language, so that a loose page says what it is of and what its air is
 * worth. Browsers without margin boxes still have it at the top of the first.
 */
export const footer = (language: string, text: string): string => `.${language} { page: ${language}; } @page ${language} { @bottom-left { content: ${quoted(text)}; font-size: 8pt; font-weight: 600; text-align: left; } }`;
