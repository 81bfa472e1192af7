import type { Edition, NumberRule } from "@garim/policy";
import type { Row } from "./table.ts";

/** Headings under which a table may give a part of a number's rule, in both languages. */
const COLUMNS: readonly (readonly [string, (rule: NumberRule) => string])[] = [
  ["default", (rule) => String(rule.default)],
  ["기본값", (rule) => String(rule.default)],
  ["least", (rule) => String(rule.least)],
  ["최소", (rule) => String(rule.least)],
  ["most", (rule) => String(rule.most)],
  ["최대", (rule) => String(rule.most)],
  ["source", (rule) => rule.source],
  ["근거", (rule) => rule.source],
  ["number by", (rule) => rule.number],
];

/**
 * Finds rows about a policy's number (`idleMinutes` in the first cell) that say something else than the edition.
 *
 * @returns one line a wrong cell, and one for a row whose columns say nothing that could be checked
 */
export function findWrongNumbers(rows: readonly Row[], { numbers }: Edition): readonly string[] {
  const rules = new Map<string, NumberRule>(Object.entries(numbers));
  return rows.flatMap((row) => {
    const rule = rules.get(row.first);
    return rule === undefined ? [] : judgeRow(row, rule);
  });
}

function judgeRow({ at, first, cells }: Row, rule: NumberRule): readonly string[] {
  const columns = COLUMNS.filter(([heading]) => cells.has(heading));
  if (columns.length === 0)
    return [`${at}: name the columns of ${first}: ${COLUMNS.map(([heading]) => heading).join(", ")}`];
  return columns
    .filter(([heading, read]) => cells.get(heading)?.replaceAll(",", "") !== read(rule))
    .map(
      ([heading, read]) => `${at}: ${first} has ${heading} ${cells.get(heading)}, the edition ${read(rule)}`,
    );
}
