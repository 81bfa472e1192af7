import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LOG_VERSION } from "@garim/audit";
import { createFollower, createIssuedTokens, postgresState, STATE_MIGRATIONS } from "@garim/auth";
import { createPurges, DUTIES_VERSION } from "@garim/duties";
import { resolvePolicy } from "@garim/policy";
import { Pool } from "pg";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { startPostgresOrSkip } from "../../../../test/services/postgres.ts";
import { recordSome } from "../../test/records.ts";
import { runGarim } from "../../test/terminal.ts";

const postgres = await startPostgresOrSkip("garim migrate on PostgreSQL", { mustBeOwn: true });
const url = postgres?.url ?? "postgres://h/d";
const env = { DATABASE_URL: url };
const pool = poolOf(url);
const folder = mkdtempSync(join(tmpdir(), "garim-migrate-"));

afterAll(async () => {
  await pool.end();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function poolOf(connectionString: string): Pool {
  const pool = new Pool({ connectionString });
  pool.on("error", () => undefined);
  return pool;
}

const MADE = [
  `access log: made, version ${LOG_VERSION}`,
  `sessions and factors: made, version ${STATE_MIGRATIONS.length}`,
  `registers of duties: made, version ${DUTIES_VERSION}`,
];
const NOTHING = [
  `access log: version ${LOG_VERSION}, nothing to do`,
  `sessions and factors: version ${STATE_MIGRATIONS.length}, nothing to do`,
  `registers of duties: version ${DUTIES_VERSION}, nothing to do`,
];

const linesOf = (out: string): readonly string[] => out.trimEnd().split("\n").slice(1);

describe.skipIf(postgres === undefined)("garim migrate on PostgreSQL", () => {
  beforeEach(async () => {
    await pool.query("drop schema if exists garim cascade");
  });

  it("makes the tables, says from which version to which, and does nothing the second time", async () => {
    const first = await runGarim(["migrate"], { env });
    expect([first.code, linesOf(first.out)]).toEqual([0, MADE]);
    const second = await runGarim(["migrate", "--json"], { env });
    expect(JSON.parse(second.out)).toEqual({
      database: expect.stringMatching(/^database postgres at .* as postgres$/),
      migrated: [
        { schema: "log", from: LOG_VERSION, to: LOG_VERSION },
        { schema: "state", from: STATE_MIGRATIONS.length, to: STATE_MIGRATIONS.length },
        { schema: "duties", from: DUTIES_VERSION, to: DUTIES_VERSION },
      ],
    });
  });

  it("is safe when several start at once", async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => runGarim(["migrate"], { env })));
    expect(all.map(({ code, said }) => [code, said])).toEqual(Array(6).fill([0, []]));
    const { rows } = await pool.query("select count(*)::int as versions from garim.log_version");
    expect(rows).toEqual([{ versions: LOG_VERSION }]);
    expect(linesOf((await runGarim(["migrate"], { env })).out)).toEqual(NOTHING);
  });

  it("prints SQL that does the same, and may run again", async () => {
    const { code, out } = await runGarim(["migrate", "--print"]);
    expect(code).toBe(0);
    await pool.query(out);
    await pool.query(out);
    expect(linesOf((await runGarim(["migrate"], { env })).out)).toEqual(NOTHING);
  });

  it("refuses tables of a newer version, and one word too many", async () => {
    await runGarim(["migrate"], { env });
    await pool.query("insert into garim.log_version values (99)");
    const newer = await runGarim(["migrate"], { env });
    expect([newer.code, newer.said]).toEqual([
      2,
      [expect.stringMatching(/version 99.*\[ERR_GARIM_SCHEMA_VERSION\]$/)],
    ]);
    const both = await runGarim(["migrate", "--print", "--role-sql"]);
    expect([both.code, both.said]).toEqual([
      2,
      [expect.stringMatching(/'--print' cannot be used with .*'--role-sql'/)],
    ]);
  });

  it("says in one line that a user may not make tables", async () => {
    await pool.query("drop role if exists weak; create role weak login password 'p'");
    const weak = Object.assign(new URL(url), { username: "weak", password: "p" }).href;
    const { code, said } = await runGarim(["migrate"], { env: { DATABASE_URL: weak } });
    expect([code, said]).toEqual([
      2,
      [expect.stringMatching(/may not do that \(42501\); give the role its rights/)],
    ]);
  });
});

describe.skipIf(postgres === undefined)("the roles of garim migrate --role-sql", () => {
  /** A pool of a user who was granted a role. */
  async function poolAs(role: string): Promise<Pool> {
    await pool.query(`drop role if exists one; create role one login password 'p' in role ${role}`);
    return poolOf(Object.assign(new URL(url), { username: "one", password: "p" }).href);
  }

  beforeEach(async () => {
    await pool.query("drop schema if exists garim cascade");
    await runGarim(["migrate"], { env });
    const { out } = await runGarim(["migrate", "--role-sql"]);
    // Again, as after the next migration.
    await pool.query(out);
    await pool.query(out);
  });

  const FORBIDDEN = [
    "update garim.log_record set body = ''",
    "delete from garim.log_record",
    "truncate garim.log_batch",
    "insert into garim.log_head (size, batches, recorded_at) values (0, 0, now())",
    "update garim.log_head set size = 0",
    "insert into garim.log_version values (99)",
    "drop table garim.log_batch",
    "create table garim.mine (a int)",
    "alter function garim.append security invoker",
  ];

  it("let the application work, and change nothing that is recorded", async () => {
    const app = await poolAs("garim_app");
    await recordSome(app, 2);
    const state = await postgresState(app);
    expect(await state.write("k", "v", null, null)).toBe(true);
    expect(await state.remove("k", null)).toBe(true);
    const follower = await createFollower({ database: app });
    const issued = await createIssuedTokens({ database: app, follower });
    await issued.add({ id: "t", toolId: "t", grantId: null, keyId: "k", expiresAt: Date.now() + 60_000 });
    await issued.revoke({ id: "t" });
    expect(await issued.isIssued("t")).toBe(false);
    const purges = await createPurges({
      database: app,
      append: () => Promise.reject(),
      policy: resolvePolicy(),
    });
    await purges.owe("t", [{ sellerId: "s", orderId: "o", purgeBy: 1, isClear: true }], 1);
    await follower.close();
    for (const text of FORBIDDEN) await expect(app.query(text)).rejects.toMatchObject({ code: "42501" });
    await app.end();
  });

  it("let an auditor read and be recorded, and see no session", async () => {
    await recordSome(pool, 1);
    const auditor = await poolAs("garim_auditor");
    expect((await auditor.query("select seq::int from garim.log_record")).rows).toEqual([{ seq: 1 }]);
    await recordSome(auditor, 1);
    for (const text of [...FORBIDDEN, "select from garim.state"])
      await expect(auditor.query(text)).rejects.toMatchObject({ code: "42501" });
    await auditor.end();
  });
});

// A busy machine makes a folder of PGlite slowly.
describe("garim migrate on PGlite", { timeout: 120_000 }, () => {
  it("makes a database in a folder", async () => {
    const embedded = join(folder, "new");
    const first = await runGarim(["migrate", "--embedded", embedded]);
    expect([first.code, linesOf(first.out)]).toEqual([0, MADE]);
    expect(linesOf((await runGarim(["migrate", "--embedded", embedded])).out)).toEqual(NOTHING);
  });
});
