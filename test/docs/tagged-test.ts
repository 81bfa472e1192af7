import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readTestedIds } from "../regulation/citation.ts";
import { listFiles, TOP } from "../workspace.ts";

/** Which files have an id, such as `T2`, in brackets in the name of a test. */
export type TaggedTests = ReadonlyMap<string, readonly string[]>;

/** Whatever defines tests, contract suites included. */
const DEFINES_TESTS = /from "vitest"/;

/** A test that stands in a comment shows nothing. */
const COMMENT = /^\s*(?:\/\/|\/?\*).*$/gm;

/** Reads the ids of all tests of the workspace, with their files from its top. */
export function readTaggedTests(): TaggedTests {
  return collectTags(
    ["packages", "examples", "test"]
      .flatMap((folder) => listFiles(folder).map((path) => `${folder}/${path}`))
      .filter((path) => path.endsWith(".ts"))
      .map((path) => ({ path, text: readFileSync(join(TOP, path), "utf8") })),
  );
}

/** Collects the ids of the sources that define tests. */
export function collectTags(
  sources: readonly { readonly path: string; readonly text: string }[],
): TaggedTests {
  const tagged = new Map<string, string[]>();
  for (const { path, text } of sources.filter((source) => DEFINES_TESTS.test(source.text)))
    for (const id of readTestedIds(text.replace(COMMENT, "")))
      tagged.set(id, [...(tagged.get(id) ?? []), path]);
  return tagged;
}
