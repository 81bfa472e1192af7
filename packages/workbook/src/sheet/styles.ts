/** Numbers of the styles, as {@link STYLES} lists them. */
export const STYLE = { plain: 0, text: 1, date: 2, amount: 3, heading: 4, title: 5, wrapped: 6 } as const;

/** Text (49) keeps a text when somebody edits it; the others are ours. */
const FORMATS = { text: 49, date: 164, amount: 165 } as const;

const FONTS = ["", '<b/><sz val="11"/>', '<b/><sz val="14"/>'];

function fontOf(marks: string): string {
  const size = marks.includes("<sz") ? "" : '<sz val="11"/>';
  return `<font>${marks}${size}<name val="맑은 고딕"/><family val="2"/><charset val="129"/></font>`;
}

function styleOf(format: number, font = 0, fill = 0, alignment = ""): string {
  const applied = `applyNumberFormat="1" applyFont="1" applyFill="1"${alignment === "" ? "" : ' applyAlignment="1"'}`;
  return `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="0" xfId="0" ${applied}>${alignment}</xf>`;
}

const WRAP = '<alignment vertical="top" wrapText="1"/>';

/** In the order of {@link STYLE}. */
const CELL_STYLES = [
  styleOf(0),
  styleOf(FORMATS.text),
  styleOf(FORMATS.date),
  styleOf(FORMATS.amount),
  styleOf(FORMATS.text, 1, 2),
  styleOf(FORMATS.text, 2),
  styleOf(FORMATS.text, 0, 0, WRAP),
];

/** `xl/styles.xml` */
export const STYLES: string =
  '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
  `<numFmts count="2"><numFmt numFmtId="${FORMATS.date}" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/>` +
  `<numFmt numFmtId="${FORMATS.amount}" formatCode="#,##0"/></numFmts>` +
  `<fonts count="${FONTS.length}">${FONTS.map(fontOf).join("")}</fonts>` +
  '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
  '<fill><patternFill patternType="solid"><fgColor rgb="FFE8EEF4"/><bgColor indexed="64"/></patternFill></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  `<cellXfs count="${CELL_STYLES.length}">${CELL_STYLES.join("")}</cellXfs>` +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';
