import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runNode } from "../tool.ts";
import { TOP } from "../workspace.ts";
import { type CodeBlock, type Document, findBlocks } from "./document.ts";

/** Blocks of one document that make one module. */
export interface Program {
  /** Document and line of its first block, e.g. `README.md:12`. */
  readonly name: string;
  /** Name of its file without ending. */
  readonly file: string;
  /** Its lines stand where the document has them, so that errors name the document's lines. */
  readonly source: string;
  readonly isRun: boolean;
}

/** Below `test`, so that the programs find the packages; `dist` is nobody's source. */
const FOLDER = "test/dist/docs";

const OPTIONS = {
  target: "es2023",
  module: "nodenext",
  moduleResolution: "nodenext",
  strict: true,
  skipLibCheck: true,
  types: ["node"],
  outDir: "out",
  rootDir: ".",
};

/**
 * Takes the TypeScript of a document as its reader would paste it: a `ts` block that imports something begins a new module,
 * one that does not goes on with the module before it. A `ts run` block is a module of its own, and is run. What a block takes
 * for granted stands before it in a comment, `<!-- given … -->`, as TypeScript.
 */
export function readPrograms({ path, text }: Document): readonly Program[] {
  const groups: CodeBlock[][] = [];
  for (const block of findBlocks(text).filter(isTypeScript)) {
    if (groups.length === 0 || isRun(block) || startsModule(block) || groups.at(-1)?.some(isRun))
      groups.push([]);
    groups.at(-1)?.push(block);
  }
  return groups.map((blocks) => {
    const line = blocks[0]?.line ?? 1;
    const file = `${path.replace(/[^\w.]/g, "_")}_${line}`;
    return { name: `${path}:${line}`, file, source: keepLines(text, blocks), isRun: blocks.some(isRun) };
  });
}

function isTypeScript(block: CodeBlock): boolean {
  return block.info === "ts" || isRun(block);
}

function isRun(block: CodeBlock): boolean {
  return block.info === "ts run";
}

function startsModule(block: CodeBlock): boolean {
  return block.lines.some((line) => line.startsWith("import "));
}

/** The document with every line blank but those of the blocks and what is given for them. */
function keepLines(text: string, blocks: readonly CodeBlock[]): string {
  const lines = text.split("\n");
  const kept = lines.map(() => "");
  for (const block of blocks) {
    for (const [i, line] of block.lines.entries()) kept[block.line - 1 + i] = line;
    for (const [i, line] of readGiven(lines, block.line - 2)) kept[i] = line;
  }
  return `${kept.join("\n").trimEnd()}\nexport {};\n`;
}

/** The lines of a `<!-- given … -->` comment that ends just above a fence; blank lines may stand between. */
function readGiven(lines: readonly string[], fence: number): readonly [number, string][] {
  const end = lines.slice(0, fence).findLastIndex((line) => line.trim() !== "");
  if (lines[end]?.trim() !== "-->") return [];
  const start = lines.slice(0, end).findLastIndex((line) => line.startsWith("<!--"));
  if (lines[start]?.trim() !== "<!-- given") return [];
  return lines.slice(start + 1, end).map((line, i) => [start + 1 + i, line]);
}

/**
 * Compiles programs against the built packages.
 *
 * @returns the compiler's complaints by name of the program
 * @throws Error where the compiler complains about something else, such as its options
 */
export async function compile(programs: readonly Program[]): Promise<ReadonlyMap<string, readonly string[]>> {
  writePrograms(programs);
  const tsc = join(TOP, "node_modules/typescript/bin/tsc");
  const { code, output } = await runNode(tsc, ["-p", "."], join(TOP, FOLDER));
  const lines = output.split("\n");
  const complaints = programs.map(({ file }) => lines.filter((line) => line.startsWith(`${file}.ts(`)));
  if (code !== 0 && complaints.flat().length === 0) throw new Error(output);
  return new Map(programs.map(({ name }, i) => [name, complaints[i] ?? []]));
}

function writePrograms(programs: readonly Program[]): void {
  const folder = join(TOP, FOLDER);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const files = programs.map(({ file }) => `${file}.ts`);
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: OPTIONS, files }));
  for (const { file, source } of programs) writeFileSync(join(folder, `${file}.ts`), source);
}

/** Where a compiled program lies. */
export function compiledPath({ file }: Program): string {
  return join(TOP, FOLDER, "out", `${file}.js`);
}
