import { spawnSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const TOP = fileURLToPath(new URL("../../../../", import.meta.url));
const PNPM = ["-y", "--package", "pnpm@12.21.0", "--", "pnpm"];

/** What an installation brought. */
export interface Installed {
  readonly packages: number;
  readonly megabytes: number;
}

/** Where each package of a workspace was packed, by name. */
export type Tarballs = Readonly<Record<string, string>>;

/** Packs what is published of the workspace, as it was built. Its folder goes when the process ends. */
export function packWorkspace(): Tarballs {
  const folder = makeFolder();
  run(TOP, "-r", "--filter", "./packages/*", "pack", "--pack-destination", folder);
  const entries = readdirSync(folder).map((file) => [file.replace(/^garim-(.+)-\d.*$/, "@garim/$1"), file]);
  return Object.fromEntries(entries.map(([name, file]) => [name, `file:${join(folder, file ?? "")}`]));
}

/** Installs one of the workspace's packages beside the Express that tests use, and counts what is more than with Express alone. */
export function installBeside(name: string, tarballs: Tarballs): Installed {
  const host = { express: versionOf("express") };
  const alone = install(host, {});
  const both = install({ ...host, [name]: tarballs[name] ?? "" }, tarballs);
  return { packages: both.packages - alone.packages, megabytes: both.megabytes - alone.megabytes };
}

/** Installs a package that the workspace tests with into an empty host. */
export function installAlone(name: string): Installed {
  return install({ [name]: versionOf(name) }, {});
}

function install(dependencies: Readonly<Record<string, string>>, overrides: Tarballs): Installed {
  const folder = makeFolder();
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "host", private: true, dependencies }));
  writeFileSync(join(folder, "pnpm-workspace.yaml"), JSON.stringify({ overrides, autoInstallPeers: false }));
  run(folder, "install", "--prefer-offline", "--ignore-scripts");
  const store = join(folder, "node_modules/.pnpm");
  const folders = readdirSync(store).map((entry) => join(store, entry, "node_modules"));
  const found = folders.filter((path) => existsSync(path)).flatMap(packagesIn);
  return { packages: found.length, megabytes: found.reduce((sum, path) => sum + sizeOf(path), 0) / 1e6 };
}

/** Those that lie here; links to others are theirs. */
function packagesIn(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return entries.flatMap(({ name }) =>
    name.startsWith("@") ? packagesIn(join(folder, name)) : name === ".bin" ? [] : [join(folder, name)],
  );
}

function sizeOf(path: string): number {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return 0;
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

/** The version this workspace tests with. */
function versionOf(name: string): string {
  const manifests = ["packages/express", "packages/token-server"].map((folder) =>
    JSON.parse(readFileSync(join(TOP, folder, "package.json"), "utf8")),
  );
  return manifests.map((one) => ({ ...one.dependencies, ...one.devDependencies })[name]).find(Boolean);
}

function run(folder: string, ...args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync("npx", [...PNPM, ...args], { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`pnpm ${args[0]} failed:\n${stdout}${stderr}`);
}

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "garim-bench-install-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
