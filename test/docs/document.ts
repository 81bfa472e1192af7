import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { listFiles, TOP } from "../workspace.ts";

/** A Markdown file of the workspace. */
export interface Document {
  /** From the top of the workspace. */
  readonly path: string;
  readonly text: string;
}

/** One fenced block of code. */
export interface CodeBlock {
  /** What stands after the fence, e.g. `ts run`. */
  readonly info: string;
  /** Line of its first line of code, counted from 1. */
  readonly line: number;
  readonly lines: readonly string[];
}

/** Every document a user or contributor reads: those at the top, of the packages and examples, and under `.github`. */
export function readDocuments(): readonly Document[] {
  const top = ["README.md", "README.ko.md"].filter((path) => existsSync(join(TOP, path)));
  const below = ["packages", "examples", ".github", "test"].flatMap((folder) =>
    listFiles(folder).map((path) => `${folder}/${path}`),
  );
  return [...top, ...below.filter((path) => path.endsWith(".md"))].map((path) => ({
    path,
    text: readFileSync(join(TOP, path), "utf8"),
  }));
}

const FENCE = /^\s*(?<fence>`{3,}|~{3,})\s*(?<info>.*)$/;

/** Finds the fenced blocks of a document, whatever their language. A fence that is never closed reaches to the end. */
export function findBlocks(text: string): readonly CodeBlock[] {
  const blocks: { info: string; line: number; lines: string[]; fence: string }[] = [];
  let open = false;
  for (const [i, line] of text.split("\n").entries()) {
    const block = blocks.at(-1);
    const { fence, info } = FENCE.exec(line)?.groups ?? {};
    if (open && block !== undefined) {
      open = !(fence?.startsWith(block.fence) && info === "");
      if (open) block.lines.push(line);
    } else if (fence !== undefined) {
      blocks.push({ info: info ?? "", line: i + 2, lines: [], fence });
      open = true;
    }
  }
  return blocks.map(({ info, line, lines }) => ({ info: info.trim(), line, lines }));
}

/** The text without its fenced blocks; the lines keep their numbers. */
export function withoutBlocks(text: string): string {
  const lines = text.split("\n");
  for (const block of findBlocks(text)) lines.fill("", block.line - 1, block.line - 1 + block.lines.length);
  return lines.map((line) => (FENCE.test(line) ? "" : line)).join("\n");
}
