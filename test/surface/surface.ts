import { posix } from "node:path";
import { type Declaration, type Module, type Reference, readModule } from "./module.ts";

/** Reads an emitted file by its path. */
export type ReadFile = (path: string) => string;

type ReadModule = (path: string) => Module;

/** A declaration and the file it stands in; `null` where it belongs to another package. */
interface Found extends Pick<Declaration, "name" | "text"> {
  readonly path: string | null;
}

/**
 * Writes down what an entry publishes: every exported name with its kind and signature, sorted by name; below them what those
 * signatures reach without exporting it, for a change there changes the surface too; and what is added to every host's types.
 *
 * @param entry - path of the entry's `.d.ts`
 */
export function describeEntry(entry: string, readFile: ReadFile): string {
  const modules = new Map<string, Module>();
  const read = remember(readFile, modules);
  const exported = exportsOf(read(entry)).flatMap((name) => find(read, entry, name));
  const reached = reach(read, exported).filter((one) => !exported.some((other) => isSame(one, other)));
  const hidden = reached.length === 0 ? [] : ["", "reached by these, not exported:", ...textsOf(reached)];
  const added = [...modules].flatMap(([path, { declarations }]) =>
    declarations.filter(({ name }) => name === "global").map((one) => ({ ...one, path })),
  );
  return [...textsOf(exported), ...hidden, ...textsOf(added)].join("\n");
}

function remember(readFile: ReadFile, modules: Map<string, Module>): ReadModule {
  return (path) => {
    const module = modules.get(path) ?? readModule(readFile(path));
    modules.set(path, module);
    return module;
  };
}

function exportsOf(module: Module): readonly string[] {
  const own = module.declarations.filter((one) => one.isExported).map((one) => one.name);
  return [...new Set([...own, ...module.reexports.keys()])];
}

/** Follows a name to its declarations; overloads stay in their order. Nothing where the file does not know it. */
function find(read: ReadModule, path: string, name: string): readonly Found[] {
  const { declarations, imports, reexports } = read(path);
  const own = declarations.filter((one) => one.name === name);
  if (own.length > 0) return own.map(({ text }) => ({ name, text, path }));
  const reference = reexports.get(name) ?? imports.get(name);
  return reference === undefined ? [] : follow(read, path, name, reference);
}

function follow(read: ReadModule, path: string, alias: string, reference: Reference): readonly Found[] {
  const { name, specifier } = reference;
  const renamed = name === alias ? alias : `${alias} = ${name}`;
  if (!specifier.startsWith(".")) return [{ name: alias, text: `${renamed} of ${specifier}`, path: null }];
  const target = posix.join(posix.dirname(path), specifier.replace(/\.[jt]s$/, ".d.ts"));
  const found = find(read, target, name);
  return name === alias
    ? found
    : found.map((one) => ({ ...one, name: alias, text: `${renamed}: ${one.text}` }));
}

/** What the texts of declarations name, and what that names in turn; other packages' names are not ours to describe. */
function reach(read: ReadModule, from: readonly Found[]): readonly Found[] {
  const reached: Found[] = [...from];
  for (const { path, text } of reached) {
    if (path === null) continue;
    const found = wordsOf(text).flatMap((word) => find(read, path, word));
    reached.push(...found.filter((one) => one.path !== null && !reached.some((other) => isSame(one, other))));
  }
  return reached;
}

/** The names a declaration may refer to: texts and the names of its members and parameters refer to nothing. */
function wordsOf(text: string): readonly string[] {
  return [...new Set(text.replace(/"[^"\n]*"/g, "").match(/[\w$]+\b(?!\??:)/g))];
}

function isSame(one: Found, other: Found): boolean {
  return one.path === other.path && one.text === other.text;
}

function textsOf(found: readonly Found[]): readonly string[] {
  return [...found].sort((one, other) => compare(one.name, other.name)).map((one) => one.text);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
