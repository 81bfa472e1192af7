import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createKeyFile, makeKeyFile } from "@garim/audit";
import { Pool } from "pg";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { startPostgresOrSkip } from "../../../../test/services/postgres.ts";
import { recordSome } from "../../test/records.ts";
import { runGarim } from "../../test/terminal.ts";
import type { Terminal } from "../terminal.ts";
import type { Finding } from "./check.ts";
import { CHECKS } from "./list.ts";

const WHAT = "garim doctor on PostgreSQL";
const postgres = await startPostgresOrSkip(WHAT, { mustBeOwn: true });
const careless = await startPostgresOrSkip(WHAT, {
  mustBeOwn: true,
  settings: { fsync: "off", full_page_writes: "off", synchronous_commit: "off", max_connections: "12" },
});
const pool = new Pool({ connectionString: postgres?.url });
pool.on("error", () => undefined);

const folder = mkdtempSync(join(tmpdir(), "garim-doctor-"));
const keys = join(folder, "garim.keys");

afterAll(async () => {
  await pool.end();
  await Promise.all([postgres?.stop(), careless?.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

interface Document {
  readonly database: string;
  readonly summary: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
}

interface Examined {
  readonly code: number;
  readonly document: Document;
  /** By name of the check. */
  readonly found: Readonly<Record<string, Finding>>;
}

async function examine(
  env: Terminal["env"],
  options: readonly string[] = [],
  more: Partial<Terminal> = {},
): Promise<Examined> {
  const { code, out, said } = await runGarim(["doctor", "--json", ...options], { env, ...more });
  expect(said).toEqual([]);
  const document = JSON.parse(out) as Document;
  const found = Object.fromEntries(document.findings.map((finding) => [finding.check, finding]));
  return { code, document, found };
}

function userOf(url: string, name: string): string {
  return Object.assign(new URL(url), { username: name, password: "p" }).href;
}

describe.skipIf(postgres === undefined)("garim doctor on PostgreSQL", { timeout: 60_000 }, () => {
  const url = postgres?.url ?? "";
  const env = { DATABASE_URL: url };

  beforeEach(async () => {
    await pool.query("drop schema if exists garim cascade");
    expect((await runGarim(["migrate"], { env })).code).toBe(0);
    await recordSome(pool, 2);
  });

  it("finds a healthy log well, but for a user who may do everything", async () => {
    rmSync(keys, { force: true });
    createKeyFile(keys, makeKeyFile({ now: Date.now() }));
    const { code, document } = await examine(env, ["--keys", keys]);
    const unwell = document.findings.filter(({ state }) => state !== "ok");
    expect(unwell.map(({ check, state }) => [check, state])).toEqual([
      ["checkpoint", "warn"],
      ["rights", "warn"],
      ["statement_timeout", "warn"],
    ]);
    expect(code).toBe(0);
    expect(document.summary).toEqual({ ok: CHECKS.length - 3, warn: 3, fail: 0, skip: 0 });
    for (const { why } of document.findings) expect(why).toMatch(/\w/);
  });

  it("finds nothing to say of the rights of a role that garim migrate --role-sql makes", async () => {
    await pool.query((await runGarim(["migrate", "--role-sql"])).out);
    await pool.query("drop role if exists shop; create role shop login password 'p' in role garim_app");
    const { code, found } = await examine({ DATABASE_URL: userOf(url, "shop") });
    expect(found["rights"]).toMatchObject({ state: "ok", seen: "shop may not change what is recorded" });
    expect([code, found["head"]?.state, found["schema"]?.state]).toEqual([0, "ok", "ok"]);
  });

  it("tells a server that only reads, and a user whose statements may hang", async () => {
    await pool.query("drop role if exists slow; create role slow login password 'p'");
    await pool.query("alter role slow set default_transaction_read_only = on");
    const slow = { DATABASE_URL: userOf(url, "slow") };
    const { code, found } = await examine(slow);
    expect(found["writable"]).toMatchObject({ state: "fail", todo: expect.stringMatching(/RESET default/) });
    expect(found["statement_timeout"]).toMatchObject({ state: "warn", seen: "no end for this user" });
    expect(code).toBe(3);
    await pool.query("alter role slow set statement_timeout = '30s'");
    expect((await examine(slow)).found["statement_timeout"]).toMatchObject({ state: "ok" });
  });

  it("tells a right on one month alone", async () => {
    await pool.query("drop role if exists sly; create role sly login password 'p'");
    await pool.query("grant usage on schema garim to sly; grant select on all tables in schema garim to sly");
    const { rows } = await pool.query("select inhrelid::regclass::text as month from pg_inherits limit 1");
    await pool.query(`grant delete on ${rows[0].month} to sly; grant update on garim.log_head to sly`);
    const { found } = await examine({ DATABASE_URL: userOf(url, "sly") });
    expect(found["rights"]).toMatchObject({
      state: "warn",
      seen: "sly may change or delete in log_head, log_record",
    });
    await pool.query("drop owned by sly; drop role sly");
  });

  it("skips, with the reason, what a role without rights may not look at", async () => {
    await pool.query("drop role if exists stranger; create role stranger login password 'p'");
    const { code, found } = await examine({ DATABASE_URL: userOf(url, "stranger") });
    for (const check of ["schema", "head"])
      expect(found[check]).toMatchObject({ state: "skip", seen: "this user may not read it" });
    expect([code, found["fsync"]?.state]).toEqual([0, "ok"]);
  });

  it("names an index that a failed concurrent build left invalid, and the statement that repairs it", async () => {
    const build = "create unique index concurrently broken on garim.log_batch (size)";
    await expect(pool.query(build)).rejects.toMatchObject({ code: "23505" });
    const { code, found } = await examine(env);
    expect(found["indexes"]).toMatchObject({
      state: "fail",
      seen: "invalid: garim.broken",
      todo: "REINDEX INDEX CONCURRENTLY garim.broken;",
    });
    expect(code).toBe(3);
  });

  it("tells that the head and the newest record differ", async () => {
    await pool.query("delete from garim.log_record where seq = 2");
    const { code, found } = await examine(env);
    expect(found["head"]).toMatchObject({ state: "fail", seen: "the head counts 2, the newest record is 1" });
    expect(code).toBe(3);
  });

  it.each([
    [0, "ok", 0],
    [10_000, "warn", 0],
    [-10_000, "warn", 0],
    [100_000, "fail", 3],
  ])("tells this machine's clock, %i ms ahead: %s", async (ahead, state, code) => {
    const examined = await examine(env, [], { now: () => Date.now() + ahead });
    expect([examined.found["clock"]?.state, examined.code]).toEqual([state, code]);
  });

  it("tells months that are missing", async () => {
    const { rows } = await pool.query(
      "select inhrelid::regclass::text as month from pg_inherits where inhparent = 'garim.log_record'::regclass order by 1",
    );
    expect((await examine(env)).found["partitions"]).toMatchObject({ state: "ok" });
    for (const { month } of rows) await pool.query(`drop table ${month}`);
    const { found } = await examine(env);
    expect(found["partitions"]).toMatchObject({ state: "warn", seen: "0 months, none for today" });
    await pool.query(found["partitions"]?.todo?.split(";")[0] ?? "");
    expect((await examine(env)).found["partitions"]).toMatchObject({ state: "ok" });
  });

  it("tells how old the newest checkpoint is", async () => {
    const insert = "insert into garim.log_checkpoint (size, at, note) values (2, $1, 'n')";
    await pool.query(insert, [new Date(Date.now() - 7_200_000)]);
    expect((await examine(env)).found["checkpoint"]).toMatchObject({
      state: "warn",
      seen: "the newest is 2 h old",
    });
    await pool.query(insert, [new Date()]);
    expect((await examine(env)).found["checkpoint"]).toMatchObject({ state: "ok" });
  });

  it("tells tables that are missing, newer, or not Garim's", async () => {
    await pool.query("insert into garim.log_version values (99)");
    expect((await examine(env)).found["schema"]).toMatchObject({ state: "fail", todo: /npm install/ });
    await pool.query("drop schema garim cascade");
    const { code, found } = await examine(env);
    expect(found["schema"]).toMatchObject({ state: "fail", todo: "garim migrate" });
    expect(found["head"]).toMatchObject({ state: "skip", seen: "the tables it looks at are not there" });
    expect(code).toBe(3);
  });

  it("tells a key file that others can read, and keys that are old", async () => {
    const { subjects, ...others } = makeKeyFile({ now: Date.now() });
    const old = subjects.map((key) => ({ ...key, made: "2020-01-01T00:00:00Z" }));
    writeFileSync(keys, JSON.stringify({ ...others, subjects: old }));
    chmodSync(keys, 0o644);
    const { code, document, found } = await examine({ ...env, GARIM_KEYS: keys });
    expect(found["key_file"]).toMatchObject({ state: "fail", todo: expect.stringMatching(/^chmod 600 /) });
    expect(found["key_ages"]).toMatchObject({ state: "warn", todo: "garim keys rotate --kind subjects" });
    expect(code).toBe(3);
    for (const { key } of old) expect(JSON.stringify(document)).not.toContain(key);
  });

  it("says it to people: what is not well with why and what to do, and a count", async () => {
    const { out } = await runGarim(["doctor"], { env });
    expect(out).toMatch(/^ok {4}database {12}PostgreSQL \d+\.\d+, database postgres at /m);
    expect(out).toMatch(/^warn {2}rights .*superuser\n {6}why: .*\n {6}do: {2}.*--role-sql/m);
    expect(out).toMatch(/\n\n\d+ ok, \d+ warn, 0 fail, \d+ skip\n$/);
  });

  it("still looks at what needs no database where there is none", async () => {
    const gone = Object.assign(new URL(url), { port: "1" }).href;
    const { code, document, found } = await examine({ DATABASE_URL: gone }, ["--keys", join(folder, "none")]);
    expect(found["database"]).toMatchObject({
      state: "fail",
      seen: expect.stringMatching(/nothing listens there \(ECONNREFUSED\)$/),
      todo: expect.stringMatching(/^start PostgreSQL/),
    });
    expect(found["head"]).toMatchObject({ state: "skip", seen: "the database cannot be asked" });
    expect([code, found["key_file"]?.state]).toEqual([3, "fail"]);
    expect(JSON.stringify(document)).not.toContain(new URL(url).password);
  });
});

describe.skipIf(careless === undefined)("garim doctor on a server that does not write to its disk", () => {
  it("fails, and says what to do", async () => {
    const { code, found } = await examine({ DATABASE_URL: careless?.url });
    expect(found["fsync"]).toMatchObject({ state: "fail", todo: expect.stringMatching(/SET fsync = on/) });
    expect(found["synchronous_commit"]).toMatchObject({ state: "warn" });
    expect(found["full_page_writes"]).toMatchObject({ state: "warn" });
    expect(code).toBe(3);
  });

  it("tells that connections run out", async () => {
    const crowd = new Pool({ connectionString: careless?.url, max: 8 });
    crowd.on("error", () => undefined);
    const clients = await Promise.all(Array.from({ length: 8 }, () => crowd.connect()));
    const { found } = await examine({ DATABASE_URL: careless?.url });
    for (const client of clients) client.release();
    await crowd.end();
    // Of twelve, three are kept for superusers.
    expect(found["connections"]).toMatchObject({ state: "fail", seen: "0 of 9 free" });
  });
});

// A busy machine makes a folder of PGlite slowly.
describe("garim doctor on PGlite", { timeout: 120_000 }, () => {
  it("says what PGlite is", async () => {
    const embedded = join(folder, "database");
    expect((await runGarim(["migrate", "--embedded", embedded])).code).toBe(0);
    const { code, document, found } = await examine({}, ["--embedded", embedded]);
    expect(found["fsync"]).toMatchObject({ state: "warn", seen: expect.stringMatching(/not a power cut/) });
    expect(document.findings.filter(({ state }) => state === "fail")).toEqual([]);
    expect([found["rights"]?.state, found["connections"]?.state, code]).toEqual(["skip", "skip", 0]);
  });
});
