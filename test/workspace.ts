import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The top folder of the workspace, without a slash at its end. */
export const TOP: string = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");

/** What the checks read of a package.json. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly files?: readonly string[];
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** One package of the workspace as it lies on disk. */
export interface WorkspacePackage {
  /** From the top of the workspace, e.g. `packages/policy`. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/** The packages below a folder of the workspace, by name of their folders. */
export function readPackages(parent: "packages" | "examples"): readonly WorkspacePackage[] {
  return readdirSync(join(TOP, parent))
    .map((name) => `${parent}/${name}`)
    .filter((folder) => existsSync(join(TOP, folder, "package.json")))
    .sort()
    .map((folder) => ({ folder, manifest: readJson(`${folder}/package.json`) as Manifest }));
}

/** Reads a JSON file of the workspace. */
export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(TOP, path), "utf8"));
}

/** The entries a package publishes: `.` and its subpaths, without `./package.json`. */
export function entriesOf(manifest: Manifest): readonly string[] {
  return Object.keys(manifest.exports ?? {}).filter((entry) => entry !== "./package.json");
}

/** Files that were built of sources that are gone: a rename leaves them behind, and a tarball would take them along. */
export function listBuiltOrphans(): readonly string[] {
  return readPackages("packages").flatMap(({ folder }) => {
    const sources = new Set(listFiles(`${folder}/src`).map((path) => path.replace(/\.ts$/, "")));
    return listFiles(`${folder}/dist`)
      .filter((path) => !path.endsWith(".tsbuildinfo") && !sources.has(path.replace(BUILT_ENDING, "")))
      .map((path) => `${folder}/dist/${path}`);
  });
}

const BUILT_ENDING = /\.(?:js|d\.ts)(?:\.map)?$/;

const NOT_OURS = new Set(["node_modules", "dist"]);

/** Every file below a folder of the workspace, as paths from that folder; dependencies and built files left out. */
export function listFiles(folder: string): readonly string[] {
  if (!existsSync(join(TOP, folder))) return [];
  return readdirSync(join(TOP, folder), { withFileTypes: true })
    .filter((entry) => !NOT_OURS.has(entry.name))
    .flatMap((entry) =>
      entry.isDirectory()
        ? listFiles(`${folder}/${entry.name}`).map((path) => `${entry.name}/${path}`)
        : [entry.name],
    )
    .sort();
}
