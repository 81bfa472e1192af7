/** One item of a JSON array: its text, and the line it begins on, from 1. */
export interface JsonItem {
  readonly line: number;
  readonly text: string;
}

/** Whole strings, so that what stands inside them is not taken for structure, then everything that is structure. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{},\n]/g;

/**
 * Splits the text of a JSON array into the texts of its items, so that a fault can be named by its line.
 *
 * @param text - valid JSON whose outermost value is an array
 */
export function splitJsonArray(text: string): readonly JsonItem[] {
  const items: JsonItem[] = [];
  let [depth, line, start, startLine] = [0, 1, 0, 1];
  for (const { 0: token, index } of text.matchAll(TOKENS)) {
    if (token === "\n") line++;
    else if (token === "[" || token === "{") depth++;
    else if (token === "]" || token === "}") depth--;
    const isOpening = token === "[" && depth === 1 && start === 0;
    const isEnd = depth === 0 || (token === "," && depth === 1);
    if (isEnd) items.push(...itemOf(text.slice(start, index), startLine));
    if (isOpening || isEnd) [start, startLine] = [index + 1, line];
  }
  return items;
}

/** None for the nothing inside `[]`. */
function itemOf(text: string, startLine: number): readonly JsonItem[] {
  const trimmed = text.trimStart();
  const before = text.slice(0, text.length - trimmed.length);
  return trimmed === "" ? [] : [{ line: startLine + before.split("\n").length - 1, text: trimmed }];
}
