import { CODES, type ExplainedCode, explainCode } from "@garim/policy";
import { inputInvalid } from "../input-error.ts";
import type { Column } from "../output/column.ts";
import { writeDocument } from "../output/document.ts";
import { findLanguage, type Language, type Words } from "../output/language.ts";
import { writeList } from "../output/list.ts";
import type { VerbContext } from "../verb/context.ts";
import type { ExplainOptions } from "./command.ts";

const COLUMNS: readonly Column<ExplainedCode>[] = [
  { heading: { ko: "코드", en: "Code" }, cell: ({ code }) => code },
  { heading: { ko: "뜻", en: "What" }, cell: ({ what }) => what },
];

/** Runs `garim explain`. */
export async function runExplain(
  code: string | undefined,
  options: ExplainOptions,
  { terminal }: VerbContext,
): Promise<void> {
  const language = findLanguage(options.lang, terminal);
  if (options.list === true) {
    const rows = CODES.map((one) => explainCode(one, language));
    const { json, lang } = options;
    const asked = { ...(json === undefined ? {} : { json }), ...(lang === undefined ? {} : { lang }) };
    await writeList(terminal, COLUMNS, rows, asked);
    return;
  }
  if (code === undefined)
    throw inputInvalid("Which code? Write garim explain CODE, or --list for all of them");
  const explained = explainCode(code, language);
  await writeDocument(terminal, explained, options, () => describe(explained, language));
}

const LABELS = {
  rule: { ko: "근거", en: "rule" },
  why: { ko: "까닭", en: "why" },
  remedy: { ko: "해소", en: "remedy" },
  line: { ko: "쓸 줄", en: "write" },
} satisfies Readonly<Record<string, Words>>;

function describe(
  { code, kind, what, rule, source, more, line }: ExplainedCode,
  language: Language,
): readonly string[] {
  const label = kind === "error" ? LABELS.why : LABELS.remedy;
  return [
    `${code}: ${what}`,
    ...(more === null ? [] : [`  ${label[language]}: ${more}`]),
    `  ${LABELS.rule[language]}: ${rule} [${source}]`,
    ...(line === null ? [] : [`  ${LABELS.line[language]}: ${line}`]),
  ];
}
