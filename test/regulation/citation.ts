import { readFileSync } from "node:fs";
import { join } from "node:path";
import { listFiles, TOP } from "../workspace.ts";

const POLICY = "@garim/policy";
const FOLDER = folderOf(POLICY);

/** A doc comment and the name of the function it stands before. */
const DOCUMENTED = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export (?:async )?(?:function|const) (\w+)/g;
const SOURCE_TAG = /@source ([^\n*]+)/g;

/** What stands in brackets in the name of a test or of a group of tests. */
const BRACKETS = /\[([^[\]\n]+)\]/g;
/** `it("…"`, or the second call of `it.each(…)("…"`. */
const NAME = /(?:\b(?:it|describe)|\))\(\s*(`[^`]*`|"[^"\n]*")/g;

/** Which sources each exported function cites, from the `@source` tags of a module. */
export function readCitations(text: string): ReadonlyMap<string, readonly string[]> {
  const found = [...text.matchAll(DOCUMENTED)].map(([, doc = "", name = ""]) => {
    const tags = [...doc.matchAll(SOURCE_TAG)].map(([, ids = ""]) => ids);
    return [name, tags.flatMap((ids) => ids.split(",").map((id) => id.trim()))] as const;
  });
  return new Map(found.filter(([, ids]) => ids.length > 0));
}

/** Ids that names of tests have in brackets: `it("[code-2022/mask pipa/21] …")`. */
export function readTestedIds(text: string): ReadonlySet<string> {
  const names = [...text.matchAll(NAME)].map(([, name = ""]) => name);
  const ids = names.flatMap((name) =>
    [...name.matchAll(BRACKETS)].flatMap(([, inner = ""]) => inner.split(/\s+/)),
  );
  return new Set(ids);
}

/** A test file and the ids its tests cite. */
export interface TestedFile {
  readonly path: string;
  readonly ids: ReadonlySet<string>;
}

/** What every exported function of the policy, or of another package, cites. */
export function readPackageCitations(name: string = POLICY): ReadonlyMap<string, readonly string[]> {
  const folder = folderOf(name);
  const sources = listFiles(folder).filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"));
  return new Map(sources.flatMap((path) => [...readCitations(read(`${folder}/${path}`))]));
}

function folderOf(name: string): string {
  return `packages/${name.replace("@garim/", "")}/src`;
}

/** The tests of the policy: other packages' tests may cite sources, too, but the rules' own have to. */
export function readTestedFiles(): readonly TestedFile[] {
  return listFiles(FOLDER)
    .map((path) => `${FOLDER}/${path}`)
    .filter((path) => path.endsWith(".test.ts"))
    .map((path) => ({ path, ids: readTestedIds(read(path)) }));
}

function read(path: string): string {
  return readFileSync(join(TOP, path), "utf8");
}
