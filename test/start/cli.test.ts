import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type AnswerShape, compileAnswer } from "@garim/masking";
import { decideDisclosure, readLines, resolvePolicy } from "@garim/policy";
import { beforeAll, describe, expect, it } from "vitest";
import { ORDERS, personalTexts, STYLES } from "../../packages/cli/test/orders.ts";
import { type Ran, runNode } from "../tool.ts";
import { TOP } from "../workspace.ts";

const MINUTE = 60_000;

/** Below `test`, so that the drafts find the packages; `dist` is nobody's source. */
const FOLDER = join(TOP, "test/dist/infer");
const MAIN = join(TOP, "packages/cli/dist/main.js");
const STYLE_LIST = Object.values(STYLES);

const DOCUMENT = {
  openapi: "3.1.0",
  paths: { "/orders": { get: { responses: { 200: { $ref: "#/components/responses/Orders" } } } } },
  components: {
    responses: {
      Orders: {
        content: {
          "application/json": {
            schema: { type: "array", items: { $ref: "#/components/schemas/OrderLine" } },
          },
        },
      },
    },
    schemas: {
      OrderLine: {
        type: "object",
        required: ["orderNo", "sellerId", "buyerId"],
        properties: {
          orderNo: { type: "string" },
          sellerId: { type: "integer" },
          buyerId: { type: "string" },
          recipient: { type: "object", properties: { name: { type: "string" }, phone: { type: "string" } } },
          greeting: { type: "string", "x-pii": "memo" },
        },
      },
    },
  },
};

function garim(...args: readonly string[]): Promise<Ran> {
  return runNode(MAIN, args, FOLDER);
}

/** Compiles every draft in the folder as a strict host would. */
function compileDrafts(): Promise<Ran> {
  const compilerOptions = {
    target: "es2023",
    module: "nodenext",
    moduleResolution: "nodenext",
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    isolatedDeclarations: true,
    declaration: true,
    verbatimModuleSyntax: true,
    skipLibCheck: true,
    types: ["node"],
    rootDir: ".",
    outDir: "out",
  };
  writeFileSync(join(FOLDER, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  return runNode(join(TOP, "node_modules/typescript/bin/tsc"), ["-p", "."], FOLDER);
}

const NOW = Date.parse("2026-11-22T09:00:00+09:00");

/** What leaves by a drafted schema, all purposes ended and each record's own rules asked. */
function write(answer: AnswerShape, value: unknown): string {
  const writer = compileAnswer(answer);
  const found = writer.find(value);
  expect(found.length).toBeGreaterThan(0);
  const disclosures = found.map((record) => {
    const lines = readLines(record.schema.rules.state(record.value));
    const facts = { lines, surface: "view", allowed: 0x7fff, secondFactorAt: NOW } as const;
    return decideDisclosure(facts, NOW, resolvePolicy());
  });
  return Buffer.from(writer.write(value, found, disclosures)).toString("utf8");
}

describe("garim infer", { timeout: 2 * MINUTE }, () => {
  beforeAll(async () => {
    rmSync(FOLDER, { recursive: true, force: true });
    mkdirSync(FOLDER, { recursive: true });
    for (const [i, style] of STYLE_LIST.entries()) {
      writeFileSync(join(FOLDER, `answer${i}.json`), JSON.stringify(style(ORDERS)));
      const drafted = await garim("infer", `answer${i}.json`, "--out", `draft${i}.ts`);
      expect(drafted).toEqual({
        code: 0,
        output: expect.stringMatching(/^garim: drafted \S+ to draft\d\.ts: /),
      });
    }
    writeFileSync(join(FOLDER, "openapi.json"), JSON.stringify(DOCUMENT));
    await garim("infer", "openapi.json", "--openapi", "--name", "fromOpenApi", "--out", "fromOpenApi.ts");
  }, MINUTE);

  it("drafts modules that compile strictly, from answers in nine styles and from OpenAPI", async () => {
    expect(readdirSync(FOLDER).filter((name) => name.endsWith(".ts"))).toHaveLength(STYLE_LIST.length + 1);
    expect(await compileDrafts()).toEqual({ code: 0, output: "" });
  });

  it.each(Object.keys(STYLES).map((name, i) => [name, i] as const))(
    "[L2] drafts a schema by which nothing personal leaves once the purpose has ended: %s",
    async (_, i) => {
      const value: unknown = JSON.parse(readFileSync(join(FOLDER, `answer${i}.json`), "utf8"));
      const { answer } = (await import(join(FOLDER, `out/draft${i}.js`))) as { readonly answer: AnswerShape };
      const written = write(answer, value);
      expect(personalTexts(ORDERS).filter((text) => written.includes(text))).toEqual([]);
    },
  );

  it("drafts rules that find seller and data subjects of a record", async () => {
    const { fromOpenApi } = await import(join(FOLDER, "out/fromOpenApi.js"));
    const line = { orderNo: "1", sellerId: 7, buyerId: "b", recipient: { name: "김하늘" } };
    expect(fromOpenApi.rules.seller(line)).toBe("7");
    expect(fromOpenApi.rules.subjects(line)).toEqual([{ type: "buyer", id: "b" }]);
  });

  it("writes no value of a sample", () => {
    const drafts = readdirSync(FOLDER).filter((name) => name.endsWith(".ts"));
    const text = drafts.map((name) => readFileSync(join(FOLDER, name), "utf8")).join("\n");
    expect(personalTexts(ORDERS).filter((one) => text.includes(one))).toEqual([]);
  });

  it("has one line and exit code 2 for what it cannot use", async () => {
    for (const args of [
      ["infr"],
      ["infer"],
      ["infer", "none.json"],
      ["infer", "tsconfig.json", "--openapi"],
    ]) {
      const { code, output } = await garim(...args);
      expect([code, output]).toEqual([2, expect.stringMatching(/^garim: [^\n]+\n$/)]);
    }
  });
});

describe("garim", () => {
  it("ends quietly when its reader has read enough", async () => {
    const child = spawn(process.execPath, [MAIN, "migrate", "--print"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.destroy();
    const [said, [code]] = await Promise.all([text(child.stderr), once(child, "exit")]);
    expect([code, said]).toEqual([0, ""]);
  });
});
