/** One top-level declaration of an emitted `.d.ts` file. Overloads are several declarations of one name. */
export interface Declaration {
  readonly name: string;
  readonly isExported: boolean;
  /** The declaration without comments, `export` and `declare`; lines as the compiler broke them. */
  readonly text: string;
}

/** A name another module declares. */
export interface Reference {
  /** Its name there. */
  readonly name: string;
  /** As written, e.g. `./line.ts` or `express`. */
  readonly specifier: string;
}

/** A `.d.ts` file, taken apart. */
export interface Module {
  readonly declarations: readonly Declaration[];
  /** By local name. */
  readonly imports: ReadonlyMap<string, Reference>;
  /** By exported name. */
  readonly reexports: ReadonlyMap<string, Reference>;
}

const COMMENTS = /\/\*[\s\S]*?\*\/|^[ \t]*\/\/.*$/gm;
const STATEMENT = /^(?:export|import|declare|type|interface|const|function|class|abstract)\b/;
const DECLARATION =
  /^(?<exported>export )?(?:declare )?(?<text>(?:abstract )?(?:type|interface|const|let|function|class) (?<name>[\w$]+)[\s\S]*)$/;
/** What a module adds to the types of every host that takes the package. */
const GLOBAL = /^declare (?<text>(?<name>global) [\s\S]*)$/;
const NAMES = /^(?:import|export) (?:type )?\{(?<names>[^}]*)\} from ["'](?<specifier>[^"']+)["']/;
const NOTHING = /^(?:export \{\s*\};|import )/;

/**
 * Takes a `.d.ts` file apart as the compiler writes it: every statement begins at the start of a line.
 *
 * @throws Error on a statement of another form (`export *`, a namespace): the snapshot would miss what it holds
 */
export function readModule(text: string): Module {
  const declarations: Declaration[] = [];
  const imports = new Map<string, Reference>();
  const reexports = new Map<string, Reference>();
  for (const statement of splitStatements(text.replace(COMMENTS, ""))) {
    const declaration = readDeclaration(statement);
    const names = NAMES.exec(statement)?.groups;
    const target = statement.startsWith("import ") ? imports : reexports;
    if (declaration !== undefined) declarations.push(declaration);
    else if (names !== undefined)
      for (const [alias, reference] of readNames(names)) target.set(alias, reference);
    else if (!NOTHING.test(statement)) throw new Error(`The surface cannot read: ${statement}`);
  }
  return { declarations, imports, reexports };
}

function splitStatements(text: string): readonly string[] {
  const statements: string[][] = [];
  for (const line of text.split("\n").filter((one) => one.trim() !== "")) {
    if (STATEMENT.test(line)) statements.push([line]);
    else statements.at(-1)?.push(line);
  }
  return statements.map((lines) => lines.map((line) => line.trimEnd()).join("\n"));
}

function readDeclaration(statement: string): Declaration | undefined {
  const groups = (DECLARATION.exec(statement) ?? GLOBAL.exec(statement))?.groups;
  if (groups === undefined) return undefined;
  const { exported, name = "", text = "" } = groups;
  return { name, isExported: exported !== undefined, text: text.replace(/;$/, "") };
}

function readNames({ names = "", specifier = "" }: Record<string, string>): [string, Reference][] {
  return names
    .split(",")
    .map((one) => one.trim().replace(/^type /, ""))
    .filter(Boolean)
    .map((one) => one.split(" as "))
    .map(([name = "", alias = name]) => [alias, { name, specifier }]);
}
