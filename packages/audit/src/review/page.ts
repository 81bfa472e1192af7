import type { Language } from "@garim/policy";
import { Html, html } from "./html.ts";

/** A column of a table of the report. */
export interface PageColumn<Row> {
  readonly heading: string;
  readonly cell: (row: Row) => string | number | null | Html;
}

const STYLE = new Html(`
@page { size: A4; margin: 15mm; }
* { box-sizing: border-box; }
body { font: 10pt/1.5 "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic", sans-serif; color: #111; background: #fff; margin: 0 auto; padding: 12px; max-width: 180mm; overflow-wrap: anywhere; }
h1 { font-size: 17pt; margin: 0 0 4mm; }
h2 { font-size: 12pt; margin: 7mm 0 2mm; break-after: avoid; }
p { margin: 1mm 0 2mm; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th, td { border: 1px solid #999; padding: 1mm 1.5mm; text-align: left; vertical-align: top; overflow-wrap: anywhere; unicode-bidi: isolate; }
th { background: #eee; font-weight: 600; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.bad { border: 2px solid #b00020; color: #b00020; padding: 2mm; font-weight: 600; }
.note { color: #444; font-size: 9pt; }
@media print { body { padding: 0; max-width: none; } }
@media screen and (max-width: 600px) {
  thead { display: none; }
  tr, td { display: block; width: 100%; }
  tr { border: 1px solid #999; margin-bottom: 2mm; }
  td { border: 0; }
  td::before { content: attr(data-heading) ": "; font-weight: 600; }
}
`);

/** A page for print and screen that loads nothing and runs nothing. */
export function layPage(title: string, body: readonly Html[], language: Language = "ko"): string {
  const page = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${title}</h1>
${body}
</body>
</html>
`;
  return page.text;
}

const WORDS = {
  ko: {
    none: "없음",
    name: "항목",
    value: "내용",
    more: (count: string): string => `그 밖에 ${count}건이 더 있습니다.`,
  },
  en: {
    none: "None",
    name: "What",
    value: "Value",
    more: (count: string): string => `${count} more are not shown.`,
  },
} as const;

/** A table, or that there is nothing. */
export function layTable<Row>(
  columns: readonly PageColumn<Row>[],
  rows: readonly Row[],
  more = 0,
  language: Language = "ko",
): Html {
  const say = WORDS[language];
  if (rows.length === 0) return html`<p>${say.none}</p>`;
  const head = columns.map(({ heading }) => html`<th scope="col">${heading}</th>`);
  const body = rows.map(
    (row) =>
      html`<tr>${columns.map(({ heading, cell }) => html`<td data-heading="${heading}">${cell(row)}</td>`)}</tr>\n`,
  );
  const left = more > 0 ? html`<p class="note">${say.more(more.toLocaleString("en-US"))}</p>` : null;
  return html`<table><thead><tr>${head}</tr></thead><tbody>\n${body}</tbody></table>${left}`;
}

/** Names and values. */
export function layFacts(
  facts: readonly (readonly [string, string | number | Html])[],
  language: Language = "ko",
): Html {
  const { name: nameWord, value: valueWord } = WORDS[language];
  return layTable(
    [
      { heading: nameWord, cell: ([name]) => name },
      { heading: valueWord, cell: ([, value]) => value },
    ],
    facts,
    0,
    language,
  );
}
