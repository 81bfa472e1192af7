import { posix } from "node:path";
import { ARROWS, type Arrow } from "./arrows.ts";
import { type Import, packageOf, readImports } from "./imports.ts";
import type { Room } from "./room.ts";

const SCOPE = "@garim/";

/** Where tests of a package may reach outside it: the starters of services, which all rooms share. */
const SHARED_BY_TESTS = "test/services/";

interface Found extends Import {
  readonly room: Room;
  readonly path: string;
}

/**
 * Finds every place where a package knows more than the design lets it.
 *
 * @returns one line a breach: where it is, what is there, what to do; empty where the house is in order
 */
export function findBreaches(rooms: readonly Room[]): readonly string[] {
  return rooms.flatMap((room) => {
    const imports = findImports(room);
    return [
      ...imports.flatMap((found) => judgeImport(found, rooms)),
      ...(isPublished(room) ? [...judgeManifest(room, imports), ...judgePurity(room, imports)] : []),
    ];
  });
}

/** Finds imports by which a script would need an installed package: it runs before there is one. */
export function findScriptBreaches(scripts: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(scripts).flatMap(([path, text]) =>
    readImports(text)
      .filter((one) => one.specifier === null || packageOf(one.specifier) !== null)
      .map((one) => `${path}:${one.line} imports ${one.specifier}; before the install there is only node:*`),
  );
}

function findImports(room: Room): readonly Found[] {
  return Object.entries(room.files).flatMap(([path, text]) =>
    readImports(text).map((one) => ({ ...one, room, path })),
  );
}

function judgeImport(found: Found, rooms: readonly Room[]): readonly string[] {
  const { specifier, room, path } = found;
  if (specifier === null) return isTest(path) ? [] : [`${at(found)} imports a computed name; write it out`];
  if (specifier.startsWith(".") || specifier.startsWith("/")) return judgeFile(found, specifier);
  const name = packageOf(specifier);
  if (name === null) return [];
  if (!mayUse(room, path).includes(name))
    return [`${at(found)} imports ${name}, which ${room.folder}/package.json does not declare`];
  return name.startsWith(SCOPE) ? judgeHouse(found, specifier, name, rooms) : [];
}

/** A source stays among the sources; a test stays in its package, or reaches the shared starters. */
function judgeFile(found: Found, specifier: string): readonly string[] {
  const { folder } = found.room;
  const target = posix.join(folder, posix.dirname(found.path), specifier);
  const homes = isTest(found.path) ? [`${folder}/`, SHARED_BY_TESTS] : [`${folder}/src/`];
  if (homes.some((home) => target.startsWith(home))) return [];
  return [`${at(found)} leaves its room: ${specifier}; import another package by its name`];
}

function judgeHouse(
  found: Found,
  specifier: string,
  name: string,
  rooms: readonly Room[],
): readonly string[] {
  const { room } = found;
  const other = rooms.find((one) => one.manifest.name === name);
  const entry = specifier === name ? "." : `.${specifier.slice(name.length)}`;
  const published = other?.manifest.exports;
  if (published !== undefined && !Object.hasOwn(published, entry))
    return [`${at(found)} imports ${specifier}, which ${name} does not publish`];
  if (!isPublished(room) || arrowOf(room)?.house.includes(name.slice(SCOPE.length))) return [];
  return [`${at(found)} imports ${name}: no arrow of the design leads there`];
}

/** What a package declares is exactly what its sources import, and nothing the design does not list. */
function judgeManifest(room: Room, imports: readonly Found[]): readonly string[] {
  const { dependencies = {}, peerDependencies = {} } = room.manifest;
  const arrow = arrowOf(room);
  if (arrow === undefined) return [`${room.folder} has no arrows; write them into test/boundaries/arrows.ts`];
  const used = new Set(
    imports.filter((one) => !isTest(one.path)).map((one) => packageOf(one.specifier ?? ".")),
  );
  const allowed = [...arrow.house.map((name) => SCOPE + name), ...(arrow.others ?? [])];
  const { peers = [], byStructure = [] } = arrow;
  return [
    ...judgeDeclared(room, "dependencies", Object.keys(dependencies), allowed, used),
    ...judgeDeclared(
      room,
      "peerDependencies",
      Object.keys(peerDependencies).filter((name) => !byStructure.includes(name)),
      peers,
      used,
    ),
  ];
}

function judgeDeclared(
  room: Room,
  where: string,
  declared: readonly string[],
  allowed: readonly string[],
  used: ReadonlySet<string | null>,
): readonly string[] {
  const say = (name: string, what: string) => `${room.folder}/package.json ${where} has ${name}, ${what}`;
  return [
    ...declared.filter((name) => !allowed.includes(name)).map((name) => say(name, "which no arrow allows")),
    ...declared.filter((name) => !used.has(name)).map((name) => say(name, "which no source imports")),
  ];
}

function judgePurity(room: Room, imports: readonly Found[]): readonly string[] {
  if (arrowOf(room)?.isPure !== true) return [];
  const ofNode = imports.filter((one) => !isTest(one.path) && one.specifier?.startsWith("node:"));
  return [
    ...ofNode.map((found) => `${at(found)} imports ${found.specifier}, but the package is pure`),
    ...room.ambientTypes.map(
      (types) => `${room.folder}/tsconfig.json has types ${types}, but the package is pure`,
    ),
  ];
}

function mayUse({ manifest }: Room, path: string): readonly string[] {
  const declared = { ...manifest.dependencies, ...manifest.peerDependencies };
  if (!isTest(path)) return Object.keys(declared);
  return [...Object.keys({ ...declared, ...manifest.devDependencies }), "vitest"];
}

function arrowOf(room: Room): Arrow | undefined {
  return ARROWS[room.manifest.name];
}

function isPublished(room: Room): boolean {
  return room.manifest.private !== true;
}

/** Tests stand beside their sources; what several of them share stands in the package's `test`. */
function isTest(path: string): boolean {
  return path.endsWith(".test.ts") || path.startsWith("test/");
}

function at(found: Found): string {
  return `${found.room.folder}/${found.path}:${found.line}`;
}
