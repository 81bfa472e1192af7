import { readFileSync } from "node:fs";
import { join } from "node:path";
import { listFiles, type Manifest, readJson, readPackages, TOP } from "../workspace.ts";

/** A package as the rules of `breaches.ts` see it: all text, so that a test can write one down. */
export interface Room {
  /** From the top of the workspace, e.g. `packages/policy`. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** The ambient types of its tsconfig. */
  readonly ambientTypes: readonly string[];
  /** Sources by path from the folder. */
  readonly files: Readonly<Record<string, string>>;
}

/** Reads every package and example of the workspace. */
export function readRooms(): readonly Room[] {
  return [...readPackages("packages"), ...readPackages("examples")].map(({ folder, manifest }) => ({
    folder,
    manifest,
    ambientTypes: readAmbientTypes(folder),
    files: readSources(folder),
  }));
}

/** Where the scripts stand that run before anything is installed. */
const SCRIPT_FOLDERS = ["examples", "test", "test/run"];

/** The scripts that run before anything is installed, by path from the top. */
export function readScripts(): Readonly<Record<string, string>> {
  const paths = SCRIPT_FOLDERS.flatMap((folder) =>
    listFiles(folder)
      .filter((path) => !path.includes("/") && path.endsWith(".mjs"))
      .map((path) => `${folder}/${path}`),
  );
  return readTexts(paths, "");
}

function readSources(folder: string): Readonly<Record<string, string>> {
  const paths = listFiles(folder).filter((path) => /^(?:src|test)\/.*\.ts$/.test(path));
  return readTexts(paths, folder);
}

function readTexts(paths: readonly string[], folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(TOP, folder, path), "utf8")]));
}

function readAmbientTypes(folder: string): readonly string[] {
  const config = readJson(`${folder}/tsconfig.json`) as { compilerOptions?: { types?: readonly string[] } };
  return config.compilerOptions?.types ?? [];
}
