import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPackage, createPackageFromTarballData, type Problem } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, describe, expect, it, vi } from "vitest";
import { leftOut } from "../services/left-out.ts";
import { runNode } from "../tool.ts";
import { compileIn, type Host, install, runIn } from "./consumer.ts";
import { findFaults } from "./content.ts";
import { packAll } from "./tarball.ts";

const folder = mkdtempSync(join(tmpdir(), "garim-packed-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const tarballs = await packAll(join(folder, "tarballs"));

/** CommonJS hosts get ES modules by `require`, which the checker calls a problem in these two. */
const ESM_ONLY = new Set(["node10", "node16-cjs"]);

describe.each(tarballs)("the tarball of $name", (tarball) => {
  it("holds what it should and nothing else", () => {
    expect(findFaults(tarball)).toEqual([]);
  });

  it("satisfies publint", async () => {
    const { messages, pkg } = await publint({ strict: true, pack: { tarball: tarball.bytes.buffer } });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  it("has types that are right for ES modules", async () => {
    const result = await checkPackage(createPackageFromTarballData(tarball.bytes));
    if (result.types === false) throw new Error("no types in the tarball");
    const isOurs = (one: Problem) => !("resolutionKind" in one && ESM_ONLY.has(one.resolutionKind));
    expect(result.problems.filter(isOurs)).toEqual([]);
  });
});

const consumer = await install(join(folder, "host"), tarballs);
const isOffline = /E(?:NOTFOUND|AI_AGAIN|CONNREFUSED|TIMEDOUT|NETUNREACH)\b/.test(consumer.output);

describe.skipIf(isOffline && leftOut("tarballs in a host project", "npm reaches no registry; go online"))(
  "a host project with the tarballs",
  () => {
    it("is installed by npm", () => {
      expect(consumer.code, consumer.output).toBe(0);
    });

    it.each(consumer.entries)("loads %s by import and by require, the same", async (entry) => {
      const names = "Object.keys(entry).filter((name) => name !== 'module.exports').sort().join()";
      const byImport = `import * as entry from "${entry}"; console.log(${names});`;
      const byRequire = `const entry = require("${entry}"); console.log(${names});`;
      const imported = await runIn(consumer, "import.mjs", byImport);
      const required = await runIn(consumer, "require.cjs", byRequire);
      expect(imported.code, imported.output).toBe(0);
      expect(withoutWarning(required.output)).toBe(imported.output);
    });

    it("runs garim without the optional drivers, and says which one a verb needs", async () => {
      const garim = (...args: readonly string[]) =>
        runNode("node_modules/@garim/cli/dist/main.js", args, consumer.folder);
      expect(await garim("--help")).toEqual({ code: 0, output: expect.stringMatching(/^Usage: garim/) });
      vi.stubEnv("DATABASE_URL", "postgres://h/d");
      for (const [args, remedy] of [
        [["doctor"], "npm install pg"],
        [["migrate", "--embedded", "new"], "npm install @electric-sql/pglite"],
      ] as const)
        expect(await garim(...args)).toEqual({ code: 2, output: expect.stringContaining(remedy) });
      vi.unstubAllEnvs();
    });

    const hosts: [string, Host][] = [
      ["nodenext", { type: "module", module: "nodenext", moduleResolution: "nodenext" }],
      ["nodenext-cjs", { type: "commonjs", module: "nodenext", moduleResolution: "nodenext" }],
      ["node16", { type: "module", module: "node16", moduleResolution: "node16" }],
      ["node16-cjs", { type: "commonjs", module: "node16", moduleResolution: "node16", isDynamic: true }],
      ["commonjs", { type: "commonjs", module: "commonjs", moduleResolution: "bundler" }],
    ];
    it.each(hosts)("compiles and runs as %s", { timeout: 60_000 }, async (name, host) => {
      const ran = await compileIn(consumer, name, host);
      expect({ ...ran, output: withoutWarning(ran.output) }).toEqual({ code: 0, output: "" });
    });
  },
);

/** Node 20.19 says that `require` of an ES module is experimental. */
function withoutWarning(output: string): string {
  return output.replace(/^\(node:\d+\) ExperimentalWarning: .*\n|^\(Use `node --trace-warnings.*\n/gm, "");
}
