// @ts-check
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, posix } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { edit, parse, stripTypes } from "./tools.mjs";

const ROOM = fileURLToPath(new URL("../../packages/policy", import.meta.url));

/**
 * A module as a function that can be run again and again, so that every mutant starts from nothing.
 *
 * @typedef {(load: (specifier: string) => any, exports: Record<string, unknown>, meta: { url: string }) => void} Body
 * @typedef {{ readonly path: string, readonly body: Body, readonly imports: readonly string[] }} Module
 */

/** Tests of words, and of files that are written by tests: no rule. */
const LEFT_OUT = new Set([
  "src/readme.test.ts",
  "src/error-help/codes.test.ts",
  "src/error-help/explain-code.test.ts",
]);

const FOLDERS = ["src", "src/editions", "src/error-help", "src/reasons", "src/watch", "test"];

/** Paths of the package's modules, from its folder. */
export const PATHS = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOM, folder))
    .filter((name) => name.endsWith(".ts") && !LEFT_OUT.has(`${folder}/${name}`))
    .map((name) => `${folder}/${name}`),
);

/** @param {string} path */
export function readSource(path) {
  return readFileSync(join(ROOM, path), "utf8");
}

const fastCheck = await import(
  pathToFileURL(createRequire(join(ROOM, "package.json")).resolve("fast-check")).href
);
// A mutant is dead at the first failure: nobody reads the smallest one.
fastCheck.default.configureGlobal({ endOnFailure: true });
const OUTSIDE = new Map([
  ["fast-check", fastCheck],
  ["node:fs", await import("node:fs")],
]);

/**
 * Compiles a module to a function.
 *
 * @param {string} path
 * @param {string} [source] - a mutant's; what the file holds otherwise
 * @returns {Module}
 */
export function compile(path, source = readSource(path)) {
  const code = stripTypes(path, source);
  const program = parse(path.replace(/ts$/, "mjs"), code);
  /** @type {string[]} */
  const imports = [];
  const rewritten = edit(
    code,
    program["body"].flatMap((/** @type {any} */ node) => rewrite(node, imports)),
  );
  const exported = program["body"]
    .flatMap(namesOf)
    .map((/** @type {string} */ name) => `__exports.${name} = ${name};`);
  const text = `"use strict";\n${rewritten.replaceAll("import.meta", "__meta")}\n${exported.join("\n")}`;
  return { path, imports, body: /** @type {Body} */ (new Function("__load", "__exports", "__meta", text)) };
}

/**
 * @param {any} node
 * @param {string[]} imports
 * @returns {readonly { start: number, end: number, by: string }[]}
 */
function rewrite(node, imports) {
  const { start, end } = node;
  if (node.type === "ExportNamedDeclaration" && node.declaration)
    return [{ start, end: node.declaration.start, by: "" }];
  // What stripping the types leaves of a module without values.
  if (node.type === "ExportNamedDeclaration" && node.source === null) return [{ start, end, by: "" }];
  if (node.source == null) return [];
  imports.push(node.source.value);
  const from = `__load(${JSON.stringify(node.source.value)})`;
  /** @type {readonly [string, string][]} */
  const pairs = node.specifiers.map(pairOf);
  const by =
    node.type === "ImportDeclaration"
      ? `const { ${pairs.map(([outer, inner]) => `${outer}: ${inner}`).join(", ")} } = ${from};`
      : pairs.map(([inner, outer]) => `__exports.${outer} = ${from}.${inner};`).join(" ");
  return [{ start, end, by }];
}

/** @param {any} specifier */
function pairOf(specifier) {
  if (specifier.type === "ImportDefaultSpecifier") return ["default", specifier.local.name];
  return specifier.type === "ImportSpecifier"
    ? [specifier.imported.name, specifier.local.name]
    : [specifier.local.name, specifier.exported.name];
}

/** @param {any} node @returns {readonly string[]} */
function namesOf(node) {
  if (node.type !== "ExportNamedDeclaration" || !node.declaration) return [];
  const { declarations, id } = node.declaration;
  return declarations ? declarations.map((/** @type {any} */ one) => one.id.name) : [id.name];
}

/** Every module of the package, compiled once. */
const MODULES = new Map(PATHS.map((path) => [path, compile(path)]));

/**
 * An instance of the package: its modules run anew, with what `replaced` holds instead of the originals.
 *
 * @param {ReadonlyMap<string, Module>} replaced
 * @param {ReadonlyMap<string, unknown>} given - modules from outside, e.g. vitest
 * @returns {(path: string) => any} loads a module by its path
 */
export function instantiate(replaced, given = new Map()) {
  /** @type {Map<string, unknown>} */
  const loaded = new Map();
  /** @param {string} path */
  const load = (path) => {
    if (loaded.has(path)) return loaded.get(path);
    const module = replaced.get(path) ?? MODULES.get(path);
    if (module === undefined) throw new Error(`${path} is no module of the package`);
    const exports = {};
    loaded.set(path, exports);
    const meta = { url: pathToFileURL(join(ROOM, path)).href };
    module.body((one) => given.get(one) ?? OUTSIDE.get(one) ?? load(resolve(path, one)), exports, meta);
    return exports;
  };
  return load;
}

/** @param {string} path @param {string} specifier */
function resolve(path, specifier) {
  return posix.join(posix.dirname(path), specifier);
}

/**
 * Test files that a change of a module can reach, its own first and the slow ones last.
 *
 * @param {string} path
 */
export function testsOf(path) {
  const own = path.replace(/\.ts$/, ".test.ts");
  const order = (/** @type {string} */ test) =>
    test === own ? 0 : test.endsWith("property.test.ts") ? 2 : 1;
  return PATHS.filter((test) => test.endsWith(".test.ts") && reaches(test, path)).toSorted(
    (one, other) => order(one) - order(other),
  );
}

/** @param {string} from @param {string} to @returns {boolean} */
function reaches(from, to, seen = new Set()) {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  const imports = MODULES.get(from)?.imports ?? [];
  return imports.some((one) => one.startsWith(".") && reaches(resolve(from, one), to, seen));
}
