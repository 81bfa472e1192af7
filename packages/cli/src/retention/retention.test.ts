import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { createAccessLog, createKeyFile, makeKeyFile, openKeyFile } from "@garim/audit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LOG_IN } from "../../test/records.ts";
import { type Ran, runGarim } from "../../test/terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "garim-retention-"));
const embedded = join(folder, "database");
const keyFile = join(folder, "garim.keys");
const place = join(folder, "checkpoints");

const THIRTY_MONTHS = 913 * 86_400_000;
const OLD_AT = Date.now() - THIRTY_MONTHS;
const OLD = new Date(OLD_AT).toISOString().slice(0, 7);

createKeyFile(keyFile, makeKeyFile({ now: OLD_AT, name: "shop.example/access-log" }));
const keys = openKeyFile(keyFile, { isProduction: false, onFault: () => undefined });
const verifierKey = keys.signers.all()[0]?.verifierKey ?? "";

const env = { GARIM_AUDITOR: "kim" };
const garim = (...args: readonly string[]): Promise<Ran> =>
  runGarim([...args, "--embedded", embedded], { env });
const apply = (...args: readonly string[]): Promise<Ran> =>
  garim("retention", "apply", "--keys", keyFile, ...args);
const meant = ["--reason", "term is over", "--yes", "--place", place, "--key", verifierKey];

afterAll(() => rmSync(folder, { recursive: true, force: true }));

// A busy machine makes a folder of PGlite slowly.
describe("garim retention and garim hold", { timeout: 120_000 }, () => {
  beforeAll(async () => {
    const pglite = new PGlite(embedded);
    const log = await createAccessLog({ database: pglite, keys: keys.subjects });
    for (let i = 0; i < 3; i++) await log.append({ ...LOG_IN, at: OLD_AT });
    await log.append({ ...LOG_IN, action: "change-roles", at: OLD_AT });
    await log.close();
    await pglite.exec(`select garim.cover('${OLD}-15');
      update garim.log_batch set recorded_at = '${OLD}-15T00:00:00Z';
      update garim.log_record set recorded_at = '${OLD}-15T00:00:00Z';`);
    await pglite.close();
    const { mkdirSync } = await import("node:fs");
    mkdirSync(place);
  }, 120_000);

  it("plans: months, how long they are kept, and what stays", async () => {
    const { code, out, said } = await garim("retention", "plan", "--count");
    expect([code, said]).toEqual([
      0,
      [expect.stringMatching(/^months are kept 2 years, for an unknown number .*record-kept-longer/)],
    ]);
    const [heading, first] = out.split("\n");
    expect(heading).toMatch(/^month +state +records +subjects +of these kept +may go from +held by +reason$/);
    expect(first).toMatch(new RegExp(`^${OLD} +not sealed +4 +0 +1 +20\\d\\d-\\d\\d-02`));
    const json = await garim("retention", "plan", "--json");
    expect(JSON.parse(json.out.split("\n")[0] ?? "")).toMatchObject({
      month: OLD,
      state: "unsealed",
      records: 4,
    });
    expect((await garim("retention", "plan", "--lang", "ko")).out).toMatch(/^달\(UTC\) +상태/);
  });

  it("goes by the policy of the configuration, and by more years where they are asked for", async () => {
    const config = join(folder, "garim.config.json");
    writeFileSync(config, '{"policy":{"recordYears":3}}');
    const kept = async (...args: readonly string[]) =>
      (await garim("retention", "plan", "--config", config, ...args)).said.join();
    expect(await kept()).toMatch(/^months are kept 3 years/);
    expect(await kept("--years", "4")).toMatch(/^months are kept 4 years/);
    const pretended = await garim("retention", "apply", "--config", config);
    expect(pretended.said[0]).toMatch(/^months are kept 3 years/);
  });

  it("refuses a term below the law's", async () => {
    const { code, said } = await garim("retention", "plan", "--years", "0");
    expect([code, said]).toEqual([2, [expect.stringMatching(/\[ERR_GARIM_POLICY_LAX\]$/)]]);
  });

  it("destroys nothing unless it is meant, and on record by whom and why", async () => {
    const unmeant = await apply();
    expect([unmeant.code, unmeant.said.at(-1)]).toEqual([
      2,
      expect.stringMatching(/No month may be destroyed now/),
    ]);
    const unsaid = await apply("--yes");
    expect([unsaid.code, unsaid.said.at(-1)]).toEqual([2, expect.stringMatching(/write --reason TEXT/)]);
  });

  it("holds, destroys nothing that is held, releases, and destroys", async () => {
    const held = await garim(
      ...["hold", "add", "--from", `${OLD}-10`, "--to", `${OLD}-20`, "--reason", "case 1"],
      ...["--keys", keyFile, "--json"],
    );
    expect(held.code).toBe(0);
    const { id } = JSON.parse(held.out) as { readonly id: string };
    expect((await garim("hold", "list")).out).toMatch(new RegExp(`${id} .*case 1 +kim`));
    const none = await apply(...meant, "--month", OLD);
    expect([none.code, none.said.at(-1)]).toEqual([
      2,
      expect.stringMatching(/under a legal hold .*\[ERR_GARIM_RETENTION\]$/),
    ]);
    const released = await garim("hold", "release", id, "--reason", "closed", "--keys", keyFile);
    expect([released.code, released.out]).toEqual([
      0,
      expect.stringMatching(/^released .* on record at place/),
    ]);
    const unmeant = await apply();
    expect(unmeant.said.at(-1)).toMatch(new RegExp(`would destroy ${OLD} \\(4 records\\).*write --yes`));
    const done = await apply(...meant);
    expect(done.out).toMatch(new RegExp(`^${OLD}: 4 records destroyed, 1 of them kept apart`));
    expect(done.out).toMatch(new RegExp(`keys forgotten: ${OLD}\n`));
    expect([done.code, done.said]).toEqual([0, [`destroyed ${OLD}`]]);
    expect((await apply(...meant)).out).toMatch(/^no month was to be destroyed/);
    const verdict = await garim("verify", "--place", place, "--key", verifierKey);
    expect([verdict.code, verdict.said]).toEqual([0, []]);
  });
});
