import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { createAccessLog, createKeyFile, detailOfChange, makeKeyFile, openKeyFile } from "@garim/audit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LOG_IN } from "../../test/records.ts";
import { type Ran, runGarim } from "../../test/terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "garim-observe-"));
const keyFile = join(folder, "garim.keys");
createKeyFile(keyFile, makeKeyFile({ now: Date.now() }));
const keys = openKeyFile(keyFile, { isProduction: false, onFault: () => undefined }).subjects;
const embedded = join(folder, "database");
const WINDOW = ["--from", "2026-01-01", "--to", "2099-01-01"];

const run = (...args: readonly string[]): Promise<Ran> =>
  runGarim(["observe", "report", "--embedded", embedded, ...WINDOW, ...args], {
    env: { GARIM_KEYS: keyFile, GARIM_AUDITOR: "kim" },
  });

describe("garim observe report", () => {
  beforeAll(async () => {
    const database = await PGlite.create(embedded);
    const log = await createAccessLog({ database, keys });
    const view = { ...LOG_IN, action: "view", route: "GET /orders", outcome: "disclosed" } as const;
    const hidden = [
      { schema: "orderLine", reason: "purpose-ended", count: 2, fields: ["buyer.name", "buyer.phone"] },
    ] as const;
    const detail = detailOfChange({ hidden, undeclared: ["[].nickname"], headers: ["x-total-count"] });
    await log.append({ ...view, mode: "observe", detail });
    await log.append({ ...view, mode: "observe", reason: "second-factor-missing" });
    await log.append(view);
    await log.close();
    await database.close();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("tells in words what enforcing would change, and of nothing that was enforced", async () => {
    const { code, out } = await run();
    expect([code, out.split("\n").slice(2)]).toEqual([
      0,
      [
        "GET /orders: 2 answers, 0 of them would leave as they are",
        expect.stringMatching(/^ {2}refused 1: .*\[second-factor-missing\]$/),
        expect.stringMatching(/^ {2}masked orderLine buyer\.name 2: .*\[purpose-ended\]$/),
        expect.stringMatching(/^ {2}masked orderLine buyer\.phone 2: /),
        "  not sent [].nickname 1: the schema does not declare it",
        "  header not sent x-total-count 1: reveal(…, { headers }) does not name it",
        "",
      ],
    ]);
    expect((await run("--lang", "ko")).out).toContain("적용하지 않은 결과이며 증빙이 아닙니다");
  });

  it("gives the report as JSON, and narrows it to a seller", async () => {
    const { out } = await run("--json");
    expect(JSON.parse(out)).toMatchObject({ read: 3, isWhole: true, routes: [{ answers: 2 }] });
    expect(JSON.parse((await run("--json", "--seller", "nobody")).out)).toMatchObject({ routes: [] });
  });
});
