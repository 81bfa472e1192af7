import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runNode } from "../tool.ts";
import { readDocuments } from "./document.ts";
import { compile, compiledPath, readPrograms } from "./program.ts";

const fence = (info: string, code: string) => `\`\`\`${info}\n${code}\n\`\`\`\n`;

const document = {
  path: "fixture.md",
  text: [
    fence("ts", `import { DAY } from "@garim/policy";\nconst week = 7 * DAY;`),
    fence("ts", "export const month: number = 4 * week;"),
    `<!-- given\ndeclare const given: string;\n-->\n\n${fence("ts run", "console.log(typeof given);")}`,
    fence("ts", `import { DAY } from "@garim/policy";\nconst wrong: string = DAY;`),
    fence("js", "not typescript"),
  ].join("\n"),
};

const documents = [document, ...readDocuments()];
const programs = documents.flatMap(readPrograms);
const complaints = await compile(programs);
const folder = mkdtempSync(join(tmpdir(), "garim-docs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const named = (name: string) => programs.find((one) => one.name === name);

describe("readPrograms", () => {
  it("makes one module of blocks that go on, and another of each that imports or runs", () => {
    const found = readPrograms(document).map(({ name, isRun }) => [name, isRun]);
    expect(found).toEqual([
      ["fixture.md:2", false],
      ["fixture.md:15", true],
      ["fixture.md:19", false],
    ]);
  });
});

describe("compile", () => {
  it("takes what is right, with what is given", () => {
    expect(complaints.get("fixture.md:2")).toEqual([]);
    expect(complaints.get("fixture.md:15")).toEqual([]);
  });

  it("names the line of the document where something is wrong", () => {
    expect(complaints.get("fixture.md:19")).toEqual([
      expect.stringContaining("(20,7): error TS2322: Type 'number' is not assignable to type 'string'"),
    ]);
  });

  it("makes programs that run", async () => {
    const program = named("fixture.md:15");
    expect(program && (await runNode(compiledPath(program), [], folder))).toEqual({
      code: 0,
      output: "undefined\n",
    });
  });

  const real = programs.filter(({ name }) => !name.startsWith(document.path));

  it.each(real)("takes the code at $name", ({ name }) => {
    expect(complaints.get(name)).toEqual([]);
  });

  it.each(real.filter(({ isRun }) => isRun))("makes the code at $name run", async (program) => {
    const { code, output } = await runNode(compiledPath(program), [], mkdtempSync(join(folder, "run-")));
    expect(code, output).toBe(0);
  });
});
