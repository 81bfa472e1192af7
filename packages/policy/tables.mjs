// @ts-check
// Writes the tables of README.md and README.ko.md from the built editions: `node packages/policy/tables.mjs`.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

/**
 * @typedef {import("./src/index.ts").Edition} Edition
 * @typedef {import("./src/index.ts").Language} Language
 * @typedef {Pick<typeof import("./src/index.ts"), "EDITIONS" | "KIND_WORDS" | "SOURCES">} Data
 * @typedef {readonly string[]} Row
 */

/** @type {Readonly<Record<string, Readonly<Record<Language, Row>>>>} */
const HEADS = {
  numbers: {
    en: ["number", "default", "least", "most", "source", "number by"],
    ko: ["숫자", "기본값", "최소", "최대", "근거", "숫자를 정한 곳"],
  },
  older: {
    en: ["edition", "number", "default", "least", "most", "source", "number by"],
    ko: ["정책 판", "숫자", "기본값", "최소", "최대", "근거", "숫자를 정한 곳"],
  },
  roles: { en: ["role", "may", "sees"], ko: ["역할", "할 수 있는 일", "보이는 항목"] },
  keeps: { en: ["record", "months", "source"], ko: ["기록", "개월", "근거"] },
  sources: { en: ["source", "rule by", "what it says", "since"], ko: ["근거", "정한 곳", "내용", "시행"] },
};

/** @type {Readonly<Record<string, (data: Data, language: Language) => readonly Row[]>>} */
const ROWS = {
  numbers: ({ EDITIONS }) => listNumbers(newest(EDITIONS)),
  older: ({ EDITIONS }) => EDITIONS.slice(1).flatMap((edition) => listChanges(edition, newest(EDITIONS))),
  roles: ({ EDITIONS, KIND_WORDS }, language) =>
    Object.entries(newest(EDITIONS).roles).map(([name, { actions, kinds }]) => [
      code(name),
      actions.map(code).join(", "),
      kinds.map((kind) => KIND_WORDS[kind][language]).join(", "),
    ]),
  keeps: ({ EDITIONS }) =>
    Object.entries(newest(EDITIONS).keeps).map(([kind, { months, source }]) => [
      code(kind),
      String(months),
      source,
    ]),
  sources: ({ SOURCES }, language) =>
    Object.entries(SOURCES).map(([id, source]) => [id, source.basis, source[language], source.since ?? ""]),
};

/**
 * Fills every `<!-- table: name -->` … `<!-- /table -->` of a document.
 *
 * @param {string} text
 * @param {Data} data
 * @param {Language} language
 * @returns {string}
 */
export function fillTables(text, data, language) {
  return text.replace(
    /(<!-- table: (\w+) -->)[\s\S]*?(<!-- \/table -->)/g,
    (_, start, name, end) => `${start}\n\n${writeTable(name, data, language)}\n\n${end}`,
  );
}

/**
 * @param {string} name
 * @param {Data} data
 * @param {Language} language
 */
function writeTable(name, data, language) {
  const heads = HEADS[name]?.[language] ?? [];
  const rows = ROWS[name]?.(data, language) ?? [];
  return [heads, heads.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/**
 * @param {readonly Edition[]} editions
 * @returns {Edition}
 */
function newest([edition]) {
  if (edition === undefined) throw new Error("There is no edition");
  return edition;
}

/**
 * @param {Edition} edition
 * @returns {readonly Row[]}
 */
function listNumbers({ numbers }) {
  return Object.entries(numbers).map(([name, rule]) => [
    code(name),
    ...[rule.default, rule.least, rule.most].map(String),
    rule.source,
    rule.number,
  ]);
}

/**
 * The numbers of an edition that another one has differently.
 *
 * @param {Edition} edition
 * @param {Edition} other
 * @returns {readonly Row[]}
 */
function listChanges(edition, other) {
  const same = new Set(listNumbers(other).map(String));
  return listNumbers(edition)
    .filter((row) => !same.has(String(row)))
    .map((row) => [edition.id, ...row]);
}

/** @param {string} text */
function code(text) {
  return `\`${text}\``;
}

async function main() {
  /** @type {Data} */
  const data = await import("./dist/index.js");
  for (const [file, language] of /** @type {const} */ ([
    ["README.md", "en"],
    ["README.ko.md", "ko"],
  ])) {
    const path = new URL(file, import.meta.url);
    writeFileSync(path, fillTables(readFileSync(path, "utf8"), data, language));
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();
