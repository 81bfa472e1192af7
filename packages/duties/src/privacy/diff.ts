import { PRIVACY_SECTIONS } from "@garim/policy";
import type { DiffLine, PrivacyDocument, SectionDiff } from "./privacy.ts";

/** Lines of a section beyond which only the whole is compared: the work grows with their product. */
const MOST_LINES = 1_000;

/** Says what a later version has other than an earlier one, section by section; sections that are the same are left out. */
export function diffPrivacy(earlier: PrivacyDocument, later: PrivacyDocument): readonly SectionDiff[] {
  return PRIVACY_SECTIONS.flatMap((section) => {
    const [before, after] = [earlier.sections[section] ?? "", later.sections[section] ?? ""];
    return before === after ? [] : [{ section, lines: diffLines(before.split("\n"), after.split("\n")) }];
  });
}

/** The shortest way from one list of lines to another, by their longest common part. */
function diffLines(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  if (before.length > MOST_LINES || after.length > MOST_LINES) return [...removed(before), ...added(after)];
  const common = commonLengths(before, after);
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < before.length && j < after.length) {
    const [one = "", other = ""] = [before[i], after[j]];
    if (one === other) {
      lines.push({ kind: "same", text: one });
      i++;
      j++;
    } else if (lengthAt(common, i + 1, j) >= lengthAt(common, i, j + 1)) {
      lines.push({ kind: "removed", text: one });
      i++;
    } else {
      lines.push({ kind: "added", text: other });
      j++;
    }
  }
  return [...lines, ...removed(before.slice(i)), ...added(after.slice(j))];
}

/** For each place in both lists, how many lines they have in common from there on. */
function commonLengths(before: readonly string[], after: readonly string[]): readonly Uint16Array[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--) {
      const row = lengths[i] as Uint16Array;
      row[j] =
        before[i] === after[j]
          ? 1 + lengthAt(lengths, i + 1, j + 1)
          : Math.max(lengthAt(lengths, i + 1, j), lengthAt(lengths, i, j + 1));
    }
  return lengths;
}

function lengthAt(lengths: readonly Uint16Array[], i: number, j: number): number {
  return lengths[i]?.[j] ?? 0;
}

const removed = (lines: readonly string[]): readonly DiffLine[] =>
  lines.map((text) => ({ kind: "removed", text }));
const added = (lines: readonly string[]): readonly DiffLine[] =>
  lines.map((text) => ({ kind: "added", text }));
