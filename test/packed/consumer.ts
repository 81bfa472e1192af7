import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Ran, run, runNode } from "../tool.ts";
import { entriesOf, readJson, TOP } from "../workspace.ts";
import type { Tarball } from "./tarball.ts";

/** What a host of `@garim/express` brings along, in the versions the workspace tests with. */
const HOST_PACKAGES = ["express", "@types/express", "@types/node"];

/** A host project with the tarballs installed by npm, as a user would have it. */
export interface Consumer {
  readonly folder: string;
  /** Every published entry, e.g. `@garim/policy`. */
  readonly entries: readonly string[];
}

/** How a host compiles. */
export interface Host {
  readonly type: "module" | "commonjs";
  readonly module: string;
  readonly moduleResolution: string;
  /** Whether the host can only load ES modules by `import()`. */
  readonly isDynamic?: boolean;
}

/** Makes an empty project and installs the tarballs into it. */
export async function install(folder: string, tarballs: readonly Tarball[]): Promise<Consumer & Ran> {
  const { dependencies, devDependencies } = readJson("packages/express/package.json") as ManifestOfVersions;
  const versions = { ...dependencies, ...devDependencies };
  const host = HOST_PACKAGES.map((name) => [name, versions[name] ?? "*"]);
  const packed = tarballs.map(({ name, file }) => [name, `file:${file}`]);
  const all = Object.fromEntries([...host, ...packed]);
  mkdirSync(folder, { recursive: true });
  writeJson(join(folder, "package.json"), { name: "host", private: true, dependencies: all });
  const ran = await run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], folder);
  return { folder, entries: tarballs.flatMap(entriesByName), ...ran };
}

interface ManifestOfVersions {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

function entriesByName({ name, manifest }: Tarball): readonly string[] {
  return entriesOf(manifest).map((entry) => name + entry.slice(1));
}

/** Runs a program in the host, e.g. of what an entry exports. */
export function runIn({ folder }: Consumer, name: string, program: string): Promise<Ran> {
  writeFileSync(join(folder, name), program);
  return runNode(name, [], folder);
}

/** Compiles a small program against every entry, declaration files included, and runs what came out. */
export async function compileIn({ folder, entries }: Consumer, name: string, host: Host): Promise<Ran> {
  const { type, module, moduleResolution } = host;
  const project = join(folder, name);
  mkdirSync(project);
  writeJson(join(project, "package.json"), { type });
  const compilerOptions = { module, moduleResolution, target: "es2023", strict: true, types: ["node"] };
  writeJson(join(project, "tsconfig.json"), { compilerOptions, files: ["main.ts"] });
  writeFileSync(join(project, "main.ts"), writeProgram(entries, host.isDynamic === true));
  const compiled = await runNode(join(TOP, "node_modules/typescript/bin/tsc"), ["-p", "."], project);
  return compiled.code === 0 ? runNode("main.js", [], project) : compiled;
}

function writeProgram(entries: readonly string[], isDynamic: boolean): string {
  const imports = entries.map((entry, i) =>
    isDynamic ? `const e${i} = await import("${entry}");` : `import * as e${i} from "${entry}";`,
  );
  const check = `for (const one of [${entries.map((_, i) => `e${i}`).join(", ")}]) if (Object.keys(one).length === 0) process.exitCode = 1;`;
  return isDynamic
    ? `async function main(): Promise<void> {\n${[...imports, check].join("\n")}\n}\nvoid main();\n`
    : `${[...imports, check].join("\n")}\n`;
}

function writeJson(path: string, value: unknown): void {
  writeFileSync(path, JSON.stringify(value));
}
