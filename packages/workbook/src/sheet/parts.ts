import { escapeText } from "./escape.ts";
import { XML } from "./sheet-xml.ts";
import { STYLES } from "./styles.ts";

/** What the small parts of a workbook say. */
export interface PartFacts {
  /** In the order of their tabs; sheet `i` is the file `xl/worksheets/sheet${i + 1}.xml`. */
  readonly sheetNames: readonly string[];
  readonly mark: string;
  readonly creator: string;
  /** UTC milliseconds. */
  readonly createdAt: number;
}

const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";
/** Of a document's own properties (MS-OSHARED 2.3.3.2.3). */
const CUSTOM_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}";

/** The small parts of a workbook, by path. */
export function makeParts(facts: PartFacts): Readonly<Record<string, string>> {
  return {
    "xl/styles.xml": XML + STYLES,
    "xl/workbook.xml": makeWorkbook(facts),
    "xl/_rels/workbook.xml.rels": makeWorkbookLinks(facts),
    "docProps/core.xml": makeCore(facts),
    "docProps/app.xml": `${XML}<Properties xmlns="${OFFICE}/extended-properties"><Application>Garim</Application></Properties>`,
    "docProps/custom.xml": makeCustom(facts),
    "_rels/.rels": makeTopLinks(),
    "[Content_Types].xml": makeContentTypes(facts),
  };
}

export function sheetPath(index: number): string {
  return `xl/worksheets/sheet${index + 1}.xml`;
}

function makeWorkbook({ sheetNames }: PartFacts): string {
  const sheets = sheetNames
    .map((name, i) => `<sheet name="${escapeText(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
    .join("");
  return (
    `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}/relationships">` +
    `<bookViews><workbookView activeTab="0"/></bookViews><sheets>${sheets}</sheets></workbook>`
  );
}

function makeWorkbookLinks({ sheetNames }: PartFacts): string {
  const sheets = sheetNames.map((_, i) =>
    link(i + 1, `${OFFICE}/relationships/worksheet`, `worksheets/sheet${i + 1}.xml`),
  );
  const styles = link(sheetNames.length + 1, `${OFFICE}/relationships/styles`, "styles.xml");
  return makeLinks([...sheets, styles]);
}

function makeTopLinks(): string {
  return makeLinks([
    link(1, `${OFFICE}/relationships/officeDocument`, "xl/workbook.xml"),
    link(2, `${PACKAGE}/relationships/metadata/core-properties`, "docProps/core.xml"),
    link(3, `${OFFICE}/relationships/extended-properties`, "docProps/app.xml"),
    link(4, `${OFFICE}/relationships/custom-properties`, "docProps/custom.xml"),
  ]);
}

function makeLinks(links: readonly string[]): string {
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${links.join("")}</Relationships>`;
}

function link(id: number, type: string, target: string): string {
  return `<Relationship Id="rId${id}" Type="${type}" Target="${target}"/>`;
}

function makeCore({ creator, createdAt, mark }: PartFacts): string {
  const at = new Date(createdAt).toISOString();
  const moment = (name: string) => `<dcterms:${name} xsi:type="dcterms:W3CDTF">${at}</dcterms:${name}>`;
  return (
    `${XML}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" ` +
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<dc:creator>${escapeText(creator)}</dc:creator><dc:identifier>${mark}</dc:identifier>` +
    `${moment("created")}${moment("modified")}</cp:coreProperties>`
  );
}

function makeCustom({ mark }: PartFacts): string {
  const types = `xmlns="${OFFICE}/custom-properties" xmlns:vt="${OFFICE}/docPropsVTypes"`;
  const property = `<property fmtid="${CUSTOM_ID}" pid="2" name="GarimExport"><vt:lpwstr>${mark}</vt:lpwstr></property>`;
  return `${XML}<Properties ${types}>${property}</Properties>`;
}

function makeContentTypes({ sheetNames }: PartFacts): string {
  const sheets = sheetNames
    .map((_, i) => override(`/${sheetPath(i)}`, `${SHEET_TYPE}.worksheet+xml`))
    .join("");
  return (
    `${XML}<Types xmlns="${PACKAGE}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    override("/xl/workbook.xml", `${SHEET_TYPE}.sheet.main+xml`) +
    override("/xl/styles.xml", `${SHEET_TYPE}.styles+xml`) +
    override("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml") +
    override("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml") +
    override("/docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml") +
    `${sheets}</Types>`
  );
}

function override(path: string, type: string): string {
  return `<Override PartName="${path}" ContentType="${type}"/>`;
}
