import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createPackageFromTarballData } from "@arethetypeswrong/core";
import { run } from "../tool.ts";
import { type Manifest, readPackages, TOP } from "../workspace.ts";

/** The pnpm the whole workspace is installed with. */
const PNPM = "pnpm@12.21.0";

/** A package as it would be published. */
export interface Tarball {
  readonly name: string;
  /** From the top of the workspace. */
  readonly folder: string;
  /** Absolute path of the `.tgz` file. */
  readonly file: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The packed manifest: workspace ranges replaced, `publishConfig` applied. */
  readonly manifest: Manifest;
  /** Text of each packed file by its path in the package. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Packs every public package into a folder, as `pnpm publish` would.
 *
 * @throws Error with pnpm's output where it fails
 */
export async function packAll(folder: string): Promise<readonly Tarball[]> {
  mkdirSync(folder, { recursive: true });
  // The package is named by option: inside another npx its environment would name that one's package.
  const npx = ["-y", "--package", PNPM, "--", "pnpm"];
  const args = [...npx, "-r", "--filter", "./packages/*", "pack", "--pack-destination", folder];
  const { code, output } = await run("npx", args, TOP);
  if (code !== 0) throw new Error(`pnpm pack failed:\n${output}`);
  return readPackages("packages")
    .filter(({ manifest }) => manifest.private !== true)
    .map((one) => readTarball(one.folder, join(folder, fileName(one.manifest))));
}

/** `@garim/policy` 1.2.3 is packed as `garim-policy-1.2.3.tgz`. */
function fileName({ name, version }: Manifest): string {
  return `${name.replace("@", "").replace("/", "-")}-${version}.tgz`;
}

function readTarball(folder: string, file: string): Tarball {
  const bytes = new Uint8Array(readFileSync(file));
  const content = createPackageFromTarballData(bytes);
  const top = `/node_modules/${content.packageName}/`;
  const paths = content.listFiles().map((path) => path.slice(top.length));
  const files = Object.fromEntries(paths.map((path) => [path, content.readFile(top + path)]));
  const manifest = JSON.parse(files["package.json"] ?? "{}") as Manifest;
  return { name: content.packageName, folder, file, bytes, manifest, files };
}
