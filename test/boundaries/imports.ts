/** One place where a module names another. */
export interface Import {
  /** What stands between the quotes; `null` where the name is computed and cannot be judged. */
  readonly specifier: string | null;
  /** Counted from 1. */
  readonly line: number;
}

/** `import … from "x"`, `import type`, `export … from "x"`, `import "x"`: the formatter keeps them at the start of a line. */
const STATIC = /^(?:import|export)\b(?:[\w$*\s{},]+?\bfrom)?\s*(["'])(?<specifier>[^"'\n]+)\1/gm;

/** `import("x")` (as a type too), `require("x")` and their kin, wherever they stand. */
const CALL =
  /\b(?:import|import\.meta\.resolve|require|require\.resolve|getBuiltinModule)\s*\(\s*(?:(["'`])(?<specifier>[^"'`\n$]*)\1)?/g;

/** `/// <reference types="x" />` */
const REFERENCE = /^\/\/\/\s*<reference\s+(?:types|path)=(["'])(?<specifier>[^"'\n]+)\1/gm;

const COMMENT_LINES = /^[ \t]*(?:\/\/(?!\/)|\*|\/\*).*$/gm;

/**
 * Reads which modules a TypeScript source names. It would rather see one too many than miss one, so what computes its name
 * is reported too; left out are lines that are only a comment, and calls quoted in a text on one line (remedies quote code).
 */
export function readImports(source: string): readonly Import[] {
  const code = source.replace(COMMENT_LINES, "");
  return [STATIC, CALL, REFERENCE]
    .flatMap((pattern) => [...code.matchAll(pattern)])
    .map((match) => ({ specifier: match.groups?.["specifier"] ?? null, before: code.slice(0, match.index) }))
    .filter(({ before }) => !isQuoted(before))
    .map(({ specifier, before }) => ({ specifier, line: before.split("\n").length }))
    .sort((one, other) => one.line - other.line);
}

/** Whether a quote stands open at the end of a text's last line. */
function isQuoted(before: string): boolean {
  const line = before.slice(before.lastIndexOf("\n") + 1);
  return ["'", '"', "`"].some((quote) => line.split(quote).length % 2 === 0);
}

/** The package a specifier names, e.g. `@garim/policy` for `@garim/policy/x`; `null` for files and Node's own modules. */
export function packageOf(specifier: string): string | null {
  if (specifier.startsWith(".") || specifier.startsWith("/") || specifier.startsWith("node:")) return null;
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
