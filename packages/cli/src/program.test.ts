import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type Ran, runGarim } from "../test/terminal.ts";
import { describeExitCodes, EXIT_CODES } from "./verb/exit-code.ts";

const folder = mkdtempSync(join(tmpdir(), "garim-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ORDERS = file("orders.json", [{ orderNo: "1", sellerId: "S1", buyerId: "b1", buyerName: "김하늘" }]);
const OPENAPI = file("openapi.json", {
  openapi: "3.0.0",
  paths: {
    "/orders": {
      get: {
        responses: {
          200: {
            content: {
              "application/json": {
                schema: { type: "object", properties: { buyerName: { type: "string" } } },
              },
            },
          },
        },
      },
    },
  },
});

function file(name: string, value: unknown): string {
  writeFileSync(join(folder, name), JSON.stringify(value));
  return join(folder, name);
}

function run(...args: readonly string[]): Promise<Ran> {
  return runGarim(args, { readStdin: () => Promise.resolve(readFileSync(ORDERS)) });
}

describe("garim infer", () => {
  it("prints a module, and beside it what is to be checked", async () => {
    const { code, out, said } = await run("infer", ORDERS, "--name", "orderLine");
    expect([code, said]).toEqual([0, ["drafted orderLine: 8 guesses, 3 to CHECK"]]);
    expect(out).toContain("export const orderLine: RecordSchema");
  });

  it("reads standard input, and prints data where it is asked to", async () => {
    const { code, out } = await run("infer", "-", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ records: [{ name: "record" }], answer: { node: "list" } });
  });

  it("knows an OpenAPI document when it sees one", async () => {
    const { code, out } = await run("infer", OPENAPI, "--operation", "GET /orders");
    expect([code, out]).toEqual([0, expect.stringContaining("buyerName: pii.name()")]);
  });

  it("writes a file once, and again only by force", async () => {
    const path = join(folder, "order.ts");
    expect(await run("infer", ORDERS, "--out", path)).toMatchObject({ code: 0, out: "" });
    const first = readFileSync(path, "utf8");
    const again = await run("infer", ORDERS, "--name", "line", "--out", path);
    expect([again.code, again.said]).toEqual([2, [expect.stringMatching(/is there already; write --force/)]]);
    expect(readFileSync(path, "utf8")).toBe(first);
    expect((await run("infer", ORDERS, "--name", "line", "--out", path, "--force")).code).toBe(0);
    expect(readFileSync(path, "utf8")).toContain("export const line");
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  it.each([
    ["no file", ["infer"], /missing required argument 'file'/],
    ["an unknown command", ["infr", ORDERS], /unknown command 'infr' \(Did you mean infer\?\)/],
    ["an unknown option", ["infer", ORDERS, "--jsn"], /unknown option '--jsn' \(Did you mean --json\?\)/],
    [
      "a name that is none",
      ["infer", ORDERS, "--name", "a b"],
      /--name "a b" cannot name a constant; write .*orderLine/,
    ],
    ["a keyword for a name", ["infer", ORDERS, "--name", "class"], /cannot name a constant/],
    [
      "a file that is not there",
      ["infer", "none.json"],
      /none\.json is not there.*\[ERR_GARIM_INPUT_INVALID\]/,
    ],
    ["samples for OpenAPI", ["infer", ORDERS, "--openapi"], /no OpenAPI document; leave --openapi/],
    ["an operation of samples", ["infer", ORDERS, "--operation", "GET /"], /no OpenAPI document/],
    ["OpenAPI among samples", ["infer", OPENAPI, ORDERS], /one OpenAPI document alone/],
    [
      "an operation that is not there",
      ["infer", OPENAPI, "--operation", "GET /x"],
      /there are "GET \/orders"/,
    ],
    [
      "a folder that is not there",
      ["infer", ORDERS, "--out", join(folder, "no", "a.ts")],
      /cannot be written \(ENOENT\)/,
    ],
  ])("has one clear line and exit code 2 for %s", async (_, args, message) => {
    const { code, out, said } = await run(...args);
    expect([code, out]).toEqual([2, ""]);
    expect(said).toEqual([expect.stringMatching(message)]);
    expect(said[0]).not.toContain("\n");
  });

  it("explains itself with examples", async () => {
    const { code, out } = await run("infer", "--help");
    expect(code).toBe(0);
    for (const word of ["garim infer openapi.yaml", "--operation", "CHECK"]) expect(out).toContain(word);
  });
});

/** The names below `Commands:` of a help. */
function readVerbs(help: string): readonly string[] {
  const [, list = ""] = help.split("\nCommands:\n");
  const names = [...(list.split("\n\n")[0] ?? "").matchAll(/^ {2}([\w-]+)/gm)].map(([, name = ""]) => name);
  return names.filter((name) => name !== "help");
}

/** Every verb and verb within a verb, as its words. */
async function listVerbs(...above: readonly string[]): Promise<readonly (readonly string[])[]> {
  const verbs = readVerbs((await run(...above, "--help")).out);
  const inner = await Promise.all(verbs.map((verb) => listVerbs(...above, verb)));
  return [...verbs.map((verb) => [...above, verb]), ...inner.flat()];
}

describe("the help", () => {
  it("gives examples and the same exit codes for every verb", async () => {
    const verbs = await listVerbs();
    expect(verbs).toEqual(expect.arrayContaining([["doctor"], ["infer"], ["migrate"]]));
    for (const words of verbs) {
      const { code, out, said } = await run(...words, "--help");
      expect([words, code, said]).toEqual([words, 0, []]);
      expect(out, words.join(" ")).toContain(describeExitCodes());
      if (readVerbs(out).length === 0)
        expect(out, words.join(" ")).toMatch(/\nExamples:\n {2}(?:\S.* )?garim /);
    }
  });

  it("gives the exit codes of the README", () => {
    const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
    for (const [code, words] of Object.entries(EXIT_CODES))
      expect(readme).toContain(`| ${code} | ${words} |`);
  });
});

describe("runProgram", () => {
  it("names the nearest verb, and refuses a password on the command line without repeating it", async () => {
    expect((await run("doctr")).said).toEqual(["unknown command 'doctr' (Did you mean doctor?)"]);
    const { code, out, said } = await run("doctor", "--url", "postgres://u:hunter2@h/d");
    expect([code, out, said]).toEqual([
      2,
      "",
      [expect.stringMatching(/does not belong on the command line/)],
    ]);
    expect(said[0]).not.toMatch(/hunter2/);
  });

  it.each([[["--help"]], [["help"]], [[]]])("shows its commands for %j", async (args) => {
    const { code, out, said } = await run(...args);
    expect([code, said]).toEqual([0, []]);
    expect(out).toMatch(/^Usage: garim.*\binfer\b/s);
  });

  it("lets a fault of its own through, for it is no misuse", async () => {
    const readStdin = () => Promise.reject(new TypeError("ours"));
    await expect(runGarim(["infer", "-"], { readStdin })).rejects.toThrow(TypeError);
  });
});
