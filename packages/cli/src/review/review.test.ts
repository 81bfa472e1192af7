import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { type Access, createAccessLog, createKeyFile, makeKeyFile, openKeyFile } from "@garim/audit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LOG_IN } from "../../test/records.ts";
import { type Ran, runGarim } from "../../test/terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "garim-review-"));
const keyFile = join(folder, "garim.keys");
createKeyFile(keyFile, makeKeyFile({ now: Date.now() }));
const keys = openKeyFile(keyFile, { isProduction: false, onFault: () => undefined }).subjects;
const embedded = join(folder, "database");
const AT = Date.parse("2031-02-11T23:00+09:00");
const NOW = Date.parse("2031-03-03T12:00+09:00");

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (args: readonly string[], as = "kim"): Promise<Ran> => {
  const [verb = "", ...rest] = args;
  return runGarim(["review", verb, "--embedded", embedded, ...rest], {
    env: { GARIM_KEYS: keyFile, GARIM_AUDITOR: as },
    now: () => NOW,
  });
};

async function withDatabase<T>(run: (database: PGlite) => Promise<T>): Promise<T> {
  const database = await PGlite.create(embedded);
  try {
    return await run(database);
  } finally {
    await database.close();
  }
}

describe("garim review", () => {
  beforeAll(() =>
    withDatabase(async (database) => {
      const log = await createAccessLog({ database, keys, clock: () => NOW });
      const told: readonly Partial<Access>[] = [
        { action: "download", outcome: "disclosed", purpose: null },
        { action: "log-in", actor: { kind: "operator", id: "root", sellerId: null } },
        { outcome: "refused", reason: "account-dormant" },
      ];
      await database.query(`update garim.log_head set recorded_at = '${new Date(AT).toISOString()}'`);
      for (const one of told) await log.append({ ...LOG_IN, at: AT, ...one });
      await database.query(`update garim.log_head set recorded_at = '${new Date(NOW).toISOString()}'`);
      await log.close();
    }),
  );

  it("goes from beginning to signature, each step on record", async () => {
    expect(await run(["show", "2031-02"])).toMatchObject({
      code: 2,
      said: [expect.stringMatching(/has not begun/)],
    });
    expect(await run(["begin", "2031-02"])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/has begun; on record/),
    });
    const shown = await run(["show", "2031-02", "--lang", "ko"]);
    expect(shown.code).toBe(0);
    expect(shown.out).toMatch(/접속기록: 3;.*내려받기:\n {2}staff staff-17 \(seller-3\): 0, 목적 없음.*\n/s);
    const found = await run([
      "find",
      "2031-02",
      "--what",
      "목적 없음",
      "--owner",
      "팀장",
      "--about",
      "1",
      "--json",
    ]);
    const { seq } = JSON.parse(found.out).record;
    expect(
      await run(["follow", "2031-02", "--finding", String(seq), "--what", "교육", "--closed"]),
    ).toMatchObject({
      code: 0,
      out: expect.stringMatching(/settled/),
    });
    expect(await run(["follow", "2031-02", "--finding", "1", "--what", "x"])).toMatchObject({ code: 2 });

    const refused = await run(["sign", "2031-02", "--lang", "ko"], "root");
    expect(refused).toMatchObject({
      code: 2,
      out: expect.stringMatching(/운영 담당자는.*\[reviewer-operates\]/),
    });
    expect(refused.said).toEqual([expect.stringMatching(/refusal is on record/)]);
    expect((await run(["sign", "2031-02"])).out).toMatch(/is signed, SHA-256 [0-9a-f]{64}/);

    const out = join(folder, "report");
    expect(await run(["report", "2031-02", "--out", out])).toMatchObject({ code: 0, out: "" });
    expect(readdirSync(out).toSorted()).toEqual(["account.json", "report.html", "review.json"]);
    const { state, isAsSigned } = JSON.parse(readFileSync(join(out, "review.json"), "utf8"));
    expect(isAsSigned).toBe(true);
    const hash = createHash("sha256")
      .update(readFileSync(join(out, "account.json")))
      .digest("hex");
    expect(state.signed.sha256).toBe(hash);
    expect(readFileSync(join(out, "report.html"), "utf8")).toContain(hash);
    expect(await run(["report", "2031-02", "--out", out])).toMatchObject({ code: 2 });
  });

  it("ends with 3 where the log is no longer what was signed", async () => {
    await withDatabase((database) => database.query("delete from garim.log_record where seq = 3"));
    const { code, said } = await run(["show", "2031-02"]);
    expect([code, said.join()]).toEqual([3, expect.stringMatching(/not what was signed/)]);
  });

  it.each<[readonly string[], RegExp]>([
    [["begin", "2031-03"], /not over/],
    [["begin", "February"], /2026-11/],
    [["find", "2031-02", "--what", "x"], /--owner/],
    [["find", "2031-02", "--what", "x", "--owner", "y", "--about", "0"], /whole number/],
    [["report", "2031-02"], /--out/],
  ])("refuses %j", async (args, why) => {
    const { code, said } = await run(args);
    expect([code, said.join()]).toEqual([2, expect.stringMatching(why)]);
  });
});
