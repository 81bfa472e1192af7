import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { listFiles, TOP } from "../workspace.ts";
import type { ShownBy } from "./shown.ts";

/** The name of a test, as a text of any kind of quotes: `it("…"`, or behind a table `it.each([…])("…"`. */
const NAME = /(?:\bit|\))\(\s*(`[^`]*`|"(?:[^"\\]|\\.)*"|'[^'\n]*')/g;
/** What stands in front of a test's name: the sources it is about. */
const CITED = /^(?:\[[^\]]*\] )+/;

/**
 * Whether a file has exactly one test whose name begins with a text, in whole words: a table that names a test that is gone, a group of
 * tests, or one of several proves nothing.
 */
export function hasTest([path, name]: ShownBy): boolean {
  if (!existsSync(join(TOP, path))) return false;
  const names = [...read(path).matchAll(NAME)].map(([, said = ""]) => said.slice(1, -1).replace(CITED, ""));
  return (
    names.filter((said) => said === name || (said.startsWith(name) && !/\w/.test(said.charAt(name.length))))
      .length === 1
  );
}

/** Where the routers of the usual mounts are put together. */
const ROUTERS: Readonly<Record<string, string>> = {
  "/privacy": "packages/express/src/privacy",
  "/duties": "packages/express/src/duties",
  "/auditor": "packages/express/src/auditor",
  "/exports": "packages/express/src/download",
};

/** Endpoints that no router has. */
export function listEndpointGaps(endpoints: readonly string[]): readonly string[] {
  return endpoints.filter((endpoint) => {
    const [method = "", path = ""] = endpoint.split(" ");
    const mount = Object.keys(ROUTERS).find((one) => path === one || path.startsWith(`${one}/`)) ?? "";
    return !routesOf(mount).has(`${method} ${path.slice(mount.length) || "/"}`);
  });
}

function routesOf(mount: string): ReadonlySet<string> {
  const folder = ROUTERS[mount];
  if (folder === undefined) return new Set();
  const texts = listFiles(folder)
    .filter((path) => path.endsWith("router.ts"))
    .map((path) => read(`${folder}/${path}`));
  const given = texts.flatMap((text) =>
    [...text.matchAll(/router\s*\.(get|post|put|patch|delete)\(\s*[`"]([^`"]+)[`"]/g)].map(
      ([, method = "", path = ""]) => `${method.toUpperCase()} ${path}`,
    ),
  );
  return new Set(given.flatMap(spread));
}

/** Paths that a router makes of lists: the verbs of the log, deeds with accounts, steps of a review. */
function spread(route: string): readonly string[] {
  const lists: Readonly<Record<string, readonly string[]>> = {
    "${path}": ["who-saw", "by-actor", "sessions", "records"],
    "${deed}": ["reset", "unlock", "dismiss", "reinstate", "reactivate"],
  };
  const found = Object.entries(lists).find(([mark]) => route.includes(mark));
  return found === undefined ? [route] : found[1].map((one) => route.replace(found[0], one));
}

/** Commands that the command line's README does not have; another test holds that against the program. */
export function listVerbGaps(commands: readonly string[]): readonly string[] {
  const readme = read("packages/cli/README.md");
  return commands.filter((command) => {
    const verb = command.replace("garim ", "");
    return !new RegExp(`(?:garim |\`)${verb}(?![\\w-])`).test(readme);
  });
}

/** What the desk of duties holds: its registers, without the clock that looks at them. */
export function listRegisters(): readonly string[] {
  const [, body = ""] =
    /interface DutyDesk \{([\s\S]*?)\n\}/.exec(read("packages/express/src/duties/ground.ts")) ?? [];
  const names = [...body.matchAll(/^ {2}readonly (\w+): \w+;/gm)].map(([, name = ""]) => name);
  const apart = (name: string): readonly string[] =>
    name === "register" ? ["agreements", "contracts"] : [name];
  return names.filter((name) => name !== "clock").flatMap(apart);
}

function read(path: string): string {
  return readFileSync(join(TOP, path), "utf8");
}
