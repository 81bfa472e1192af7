import { readFileSync } from "node:fs";
import { join } from "node:path";
import { listFiles, readPackages, TOP } from "../workspace.ts";

/** A source that users get. */
export interface Source {
  /** From the top of the workspace. */
  readonly path: string;
  /** Without comments. */
  readonly text: string;
}

const COMMENT = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;

/** Reads every source of the packages, pages included, tests left out. */
export function readSources(): readonly Source[] {
  return readPackages("packages")
    .flatMap(({ folder }) => listFiles(folder).map((path) => `${folder}/${path}`))
    .filter((path) => /\.(?:[mc]?[jt]sx?)$/.test(path) && !/\.test\.|\/test\//.test(path))
    .map((path) => ({ path, text: readFileSync(join(TOP, path), "utf8").replace(COMMENT, "") }));
}

/** Where a pattern matches, by source; the first group of it where it has one. */
export function findIn(
  sources: readonly Source[],
  pattern: RegExp,
): readonly (readonly [path: string, what: string])[] {
  return sources.flatMap(({ path, text }) =>
    [...text.matchAll(pattern)].map((match) => [path, match[1] ?? match[0]] as const),
  );
}
