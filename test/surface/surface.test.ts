import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { entriesOf, type Manifest, readPackages, TOP } from "../workspace.ts";
import { describeEntry } from "./surface.ts";

/** Entries of a small package written down here. */
function surface(files: Readonly<Record<string, string>>): string {
  return describeEntry("index.d.ts", (path) => files[path] ?? "");
}

describe("describeEntry", () => {
  const index = `export { type B, a } from "./a.ts";\nexport { c } from "./c.ts";\n`;
  const a = `/** Said. */\nexport interface B {\n    readonly x: number;\n}\nexport declare const a: B;\n//# sourceMappingURL=a.d.ts.map`;
  const c = `import { type Hidden } from "./hidden.ts";\nexport declare function c(x: Hidden): void;\nexport declare function c(x: string): void;\n`;
  const hidden = `export type Hidden = Deep;\ninterface Deep {\n    readonly y: string;\n}\ndeclare const unused: 1;\nexport {};\n`;
  const files = { "index.d.ts": index, "a.d.ts": a, "c.d.ts": c, "hidden.d.ts": hidden };

  it("writes names, kinds and signatures, and what they reach", () => {
    expect(surface(files)).toBe(`interface B {
    readonly x: number;
}
const a: B
function c(x: Hidden): void
function c(x: string): void

reached by these, not exported:
interface Deep {
    readonly y: string;
}
type Hidden = Deep`);
  });

  it("does not depend on the order of exports and declarations", () => {
    const reordered = `export { c } from "./c.ts";\nexport { a, type B } from "./a.ts";\n`;
    expect(surface({ ...files, "index.d.ts": reordered })).toBe(surface(files));
  });

  it.each([
    ["a signature", { "c.d.ts": c.replace("x: string", "x: number") }],
    ["a name", { "index.d.ts": index.replace("a }", "a as b }") }],
    ["a kind", { "a.d.ts": a.replace("declare const a: B", "declare function a(): B") }],
    ["a member of what is only reached", { "hidden.d.ts": hidden.replace("y: string", "y?: string") }],
  ])("sees a change of %s", (_, changed) => {
    expect(surface({ ...files, ...changed })).not.toBe(surface(files));
  });

  it("writes what is added to the types of every host", () => {
    const global = "declare global {\n    interface Response {\n        rows(): void;\n    }\n}\n";
    expect(surface({ ...files, "a.d.ts": `${global}${a}` })).toContain(
      "global {\n    interface Response {\n        rows(): void;\n    }\n}",
    );
  });

  it("refuses what it cannot describe", () => {
    expect(() => surface({ "index.d.ts": `export * from "./a.ts";` })).toThrow("cannot read");
  });
});

describe.each(readPackages("packages"))("the surface of $manifest.name", ({ folder, manifest }) => {
  it("is the one that was agreed on", async () => {
    const text = entriesOf(manifest).map(
      (entry) => `# ${entry}\n\n${describeBuilt(folder, manifest, entry)}\n`,
    );
    const remedy = "the public surface changed; if that is meant, run: npm test -- test/surface -u";
    await expect(text.join("\n"), remedy).toMatchFileSnapshot(`${folder.replace("packages/", "")}.txt`);
  });
});

function describeBuilt(folder: string, manifest: Manifest, entry: string): string {
  const target = manifest.exports?.[entry];
  const types = typeof target === "string" ? target : target?.["types"];
  return describeEntry(join(folder, types ?? ""), (path) => readFileSync(join(TOP, path), "utf8"));
}
