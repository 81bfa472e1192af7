import { readJson } from "../workspace.ts";
import type { Row } from "./table.ts";
import type { TaggedTests } from "./tagged-test.ts";

/** What of OWASP ASVS 5.0.0 a library like this can meet, in our own words. */
export interface Requirement {
  /** `V7.2.4` */
  readonly id: string;
  readonly level: number;
  readonly text: string;
}

/** Who meets a requirement that no test shows. */
const KEEPERS: readonly string[] = ["host", "document", "not met"];

/** Headings of the table in SECURITY.md, in small letters. */
const KEEPER = "who meets it";
const REASON = "reason";

const ID = /^V\d+\.\d+\.\d+$/;

export function readRequirements(): readonly Requirement[] {
  return (readJson("test/docs/asvs.json") as { readonly requirements: readonly Requirement[] }).requirements;
}

/** The rows of a document's tables that are about a requirement. */
export function requirementRows(rows: readonly Row[]): readonly Row[] {
  return rows.filter(({ first }) => ID.test(first));
}

/** Finds ids in names of tests, or in rows, that no requirement has. */
export function findUnknown(
  requirements: readonly Requirement[],
  tagged: TaggedTests,
  rows: readonly Row[],
): readonly string[] {
  const known = new Set(requirements.map(({ id }) => id));
  const cited = [
    ...[...tagged].flatMap(([id, files]) => files.map((at) => ({ id, at }))),
    ...rows.map(({ first, at }) => ({ id: first, at })),
  ];
  return cited
    .filter(({ id }) => ID.test(id) && !known.has(id))
    .map(({ id, at }) => `${at}: ${id} is none of the requirements`);
}

/** Finds requirements that are neither shown by a test nor excused by a row, or both, or excused twice. */
export function findUnaccounted(
  requirements: readonly Requirement[],
  tagged: TaggedTests,
  rows: readonly Row[],
): readonly string[] {
  return requirements.flatMap(({ id, text }) => {
    const tests = tagged.get(id) ?? [];
    const excuses = rows.filter(({ first }) => first === id);
    if (tests.length + excuses.length === 0)
      return [`${id} (${text}) is in no test's name, and in no row of SECURITY.md`];
    if (tests.length > 0 && excuses.length > 0) return [`${id} is excused, but shown by ${tests.join(", ")}`];
    return excuses.length > 1 ? [`${id} is excused more than once`] : [];
  });
}

/** Finds rows that do not say who meets a requirement, or why no test shows it. */
export function findUnreasoned(rows: readonly Row[]): readonly string[] {
  return rows
    .filter(({ cells }) => !KEEPERS.includes(cells.get(KEEPER) ?? "") || (cells.get(REASON) ?? "") === "")
    .map(({ at, first }) => `${at}: say of ${first} who meets it (${KEEPERS.join(", ")}) and the reason`);
}

/** The account as a document: each requirement, and what shows it or where it is said why none does. */
export function writeAccount(
  requirements: readonly Requirement[],
  tagged: TaggedTests,
  rows: readonly Row[],
): string {
  const lines = requirements.map(({ id, level, text }) => {
    const keeper = rows.find(({ first }) => first === id)?.cells.get(KEEPER);
    const shown = (tagged.get(id) ?? []).map(linkTest).join(", ");
    return `| ${id} | ${level} | ${text} | ${keeper === undefined ? shown : `${keeper}: ${EXCUSES}`} |`;
  });
  return `# OWASP ASVS 5.0.0: what shows each requirement

Written by \`npm test -- test/docs -u\`. Ids and levels are OWASP's (CC BY-SA 4.0), the wording is ours.
${requirements.length} requirements that a library like this can meet: ${requirements.filter(({ id }) => tagged.has(id)).length} by tests, ${requirements.filter(({ id }) => !tagged.has(id)).length} by whoever SECURITY.md names.

| id | level | requirement | shown by |
|---|---|---|---|
${lines.join("\n")}
`;
}

const EXCUSES = "see [SECURITY.md](../../.github/SECURITY.md)";

function linkTest(path: string): string {
  const name = path
    .split("/")
    .at(-1)
    ?.replace(/(?:\.test)?\.ts$/, "");
  return `[${name}](../../${path})`;
}
