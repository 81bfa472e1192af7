import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createKeyFile, listKeys, makeKeyFile, readKeyFile } from "@garim/audit";
import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgresOrSkip } from "../../../../test/services/postgres.ts";
import { recordSome } from "../../test/records.ts";
import { runGarim } from "../../test/terminal.ts";

const postgres = await startPostgresOrSkip("the log's roles on PostgreSQL", { mustBeOwn: true });
const url = postgres?.url ?? "postgres://h/d";
const folder = mkdtempSync(join(tmpdir(), "garim-roles-"));
const pools: Pool[] = [];
const owner = poolOf(url);

function poolOf(connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: 1 });
  pool.on("error", () => undefined);
  pools.push(pool);
  return pool;
}

/** The address of a user who was granted a role. */
async function addressOf(role: string): Promise<string> {
  const user = `user_of_${role}`;
  await owner.query(`drop role if exists ${user}; create role ${user} login password 'p' in role ${role}`);
  return Object.assign(new URL(url), { username: user, password: "p" }).href;
}

async function logInAs(role: string): Promise<Pool> {
  return poolOf(await addressOf(role));
}

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await Promise.all(pools.map((pool) => pool.end()));
  await postgres?.stop();
});

const TABLES = [
  "log_head",
  "log_batch",
  "log_record",
  "log_node",
  "log_checkpoint",
  "log_sealer",
  "log_kept",
  "log_kept_batch",
  "log_hold",
  "log_destroyed",
];
/** One that is there to be changed. */
const COLUMN: Readonly<Record<string, string>> = {
  log_checkpoint: "note",
  log_head: "size",
  log_record: "body",
  log_node: "hash",
  log_sealer: "size",
  log_kept: "body",
  log_hold: "reason",
  log_destroyed: "month",
};
const ROLES = ["garim_app", "garim_auditor", "garim_append", "garim_seal", "garim_retain"];

const NO_UUID = "'00000000-0000-4000-8000-000000000000'::uuid";
/** Each function with arguments that change nothing, and who may call it. */
const CALLS: readonly (readonly [name: string, call: string, roles: readonly string[]])[] = [
  ["cover", "garim.cover(now())", ROLES],
  [
    "append",
    `garim.append(${NO_UUID}, '1s', '\\x00', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}')`,
    ["garim_app", "garim_auditor", "garim_append", "garim_retain"],
  ],
  ["lead", `garim.lead(${NO_UUID}, 0)`, ["garim_app", "garim_seal", "garim_retain"]],
  [
    "seal",
    `garim.seal(${NO_UUID}, -1, 0, '{}', '{}', '{}', now(), '')`,
    ["garim_app", "garim_seal", "garim_retain"],
  ],
  ["destroy_month", "garim.destroy_month('none', 1, '1s')", ["garim_retain"]],
  ["destroy_history", "garim.destroy_history('none', 1, '1s')", ["garim_retain"]],
  ["hold", `garim.hold(${NO_UUID}, '2000-01-01', '2000-01-02', 'none', 'nobody')`, ["garim_retain"]],
  ["release", `garim.release(${NO_UUID}, 0)`, ["garim_retain"]],
];

/** Which tables a role may read; the others it may not even look at. */
const READS: Readonly<Record<string, readonly string[]>> = {
  garim_app: TABLES,
  garim_auditor: TABLES,
  garim_append: [],
  garim_seal: ["log_batch", "log_node", "log_checkpoint", "log_sealer", "log_kept_batch"],
  garim_retain: TABLES,
};

/** The SQLSTATE a statement ends with; `undefined` where it passes. */
async function stateOf(pool: Pool, text: string): Promise<string | undefined> {
  try {
    await pool.query(`begin; ${text}; rollback`);
    return undefined;
  } catch (error) {
    await pool.query("rollback");
    return (error as { readonly code?: string }).code;
  }
}

describe.skipIf(postgres === undefined)("the roles of garim migrate --role-sql", { timeout: 120_000 }, () => {
  beforeAll(async () => {
    await owner.query("drop schema if exists garim cascade");
    await runGarim(["migrate"], { env: { DATABASE_URL: url } });
    await recordSome(owner, 2);
    await owner.query((await runGarim(["migrate", "--role-sql"])).out);
  }, 120_000);

  it.each(ROLES)("let %s change no table by itself, and read only what is its own", async (role) => {
    const user = await logInAs(role);
    for (const table of TABLES) {
      const name = `garim.${table}`;
      const changes = [
        `insert into ${name} default values`,
        `update ${name} set ${COLUMN[table] ?? "no"} = null`,
        `delete from ${name}`,
        `truncate ${name}`,
        `drop table ${name}`,
        `alter table ${name} rename to mine`,
        `create trigger mine before insert on ${name} for each row execute function suppress_redundant_updates_trigger()`,
      ];
      for (const change of changes) expect([change, await stateOf(user, change)]).toEqual([change, "42501"]);
      const mayRead = READS[role]?.includes(table) === true;
      expect([table, await stateOf(user, `select * from ${name}`)]).toEqual([
        table,
        mayRead ? undefined : "42501",
      ]);
    }
  });

  it("let who seals see the hashes of records, and nothing else of them", async () => {
    const user = await logInAs("garim_seal");
    expect((await user.query("select seq::int, length(leaf) as size from garim.log_record")).rows).toEqual([
      { seq: 1, size: 32 },
      { seq: 2, size: 32 },
    ]);
    for (const column of ["body", "actor", "subjects", "ip"])
      expect(await stateOf(user, `select ${column} from garim.log_record`)).toBe("42501");
  });

  it.each(ROLES)("let %s call its own functions and no other", async (role) => {
    const user = await logInAs(role);
    for (const [name, call, roles] of CALLS) {
      const state = await stateOf(user, `select ${call}`);
      if (roles.includes(role)) expect([name, state]).not.toEqual([name, "42501"]);
      else expect([name, state]).toEqual([name, "42501"]);
    }
  });

  it("let nobody stand their own tables and operators in for the log's", async () => {
    const user = await logInAs("garim_retain");
    await owner.query("grant create, temporary on database postgres to public").catch(() => undefined);
    await owner.query(`create schema if not exists trap; grant all on schema trap to public;
      create or replace function trap.yes(text, text) returns boolean language sql as 'select true';
      create or replace function trap.never(timestamptz, timestamptz) returns boolean language sql as 'select false';
      create operator trap.> (leftarg = timestamptz, rightarg = timestamptz, function = trap.never);
      create operator trap.~ (leftarg = text, rightarg = text, function = trap.yes);
      create function trap.clock_timestamp() returns timestamptz language sql as 'select timestamptz ''2999-01-01''';`);
    const { rows } = await owner.query("select to_char(now() at time zone 'UTC', 'YYYY-MM') as month");
    const month = (rows[0] as { readonly month: string }).month;
    await user.query(`create temporary table log_head as select 99 as size;
      create temporary table log_hold (id uuid);
      create temporary table log_batch (no bigint);
      create function pg_temp.clock_timestamp() returns timestamptz language sql as 'select timestamptz ''2999-01-01''';
      set search_path = pg_temp, trap, pg_catalog`);
    expect(await stateOf(user, `select garim.destroy_month('${month}', 1, '1s')`)).toBe("GR002");
    expect(await stateOf(user, "select garim.destroy_month('none', 1, '1s')")).toBe("GR001");
    await user.query(`select garim.hold(${NO_UUID}, '2000-01-01', '2000-01-02', 'case', 'kim')`);
    expect((await owner.query("select reason from garim.log_hold")).rows).toEqual([{ reason: "case" }]);
    await recordSome(user, 1);
    expect((await owner.query("select size::int from garim.log_head")).rows).toEqual([{ size: 3 }]);
  });

  it("let nobody destroy under a view of the database that is older than a hold", async () => {
    const user = await logInAs("garim_retain");
    await user.query("begin isolation level repeatable read");
    await expect(user.query("select garim.destroy_month('2020-01', 1, '1s')")).rejects.toMatchObject({
      code: "GR008",
    });
    await user.query("rollback");
  });

  it("let an auditor plan and destroy nothing, and an officer hold and destroy", async () => {
    const old = new Date(Date.now() - 913 * 86_400_000).toISOString().slice(0, 7);
    const keyFile = join(folder, "garim.keys");
    createKeyFile(keyFile, makeKeyFile({ now: Date.parse(`${old}-01`), name: "shop.example/access-log" }));
    const key = listKeys(readKeyFile(keyFile).file, Date.now()).find(({ kind }) => kind === "signers");
    await owner.query(`select garim.cover('${old}-15'); delete from garim.log_hold;
      update garim.log_batch set recorded_at = '${old}-15Z'; update garim.log_record set recorded_at = '${old}-15Z'`);
    const [auditor, officer] = [await addressOf("garim_auditor"), await addressOf("garim_retain")];
    const garim = (address: string, ...args: readonly string[]) =>
      runGarim(args, { env: { DATABASE_URL: address, GARIM_AUDITOR: "kim", GARIM_KEYS: keyFile } });
    const apply = ["retention", "apply", "--yes", "--reason", "over", "--place", folder];
    const meant = [...apply, "--key", key?.verifierKey ?? ""] as const;
    expect((await garim(officer, ...meant)).out).toBe("no month was to be destroyed\n");
    expect((await garim(auditor, "retention", "plan")).out).toMatch(new RegExp(`\n${old} +to be destroyed`));
    const refused = await garim(auditor, ...meant);
    expect([refused.code, refused.said.at(-1)]).toEqual([
      2,
      expect.stringMatching(/use one with the role garim_retain/),
    ]);
    const { rows } = await owner.query("select from garim.log_record where action = 'destroy-records'");
    expect(rows).toEqual([]);
    const held = await garim(officer, "hold", "add", "--from", `${old}-01`, "--reason", "case");
    expect([held.code, held.said]).toEqual([0, []]);
    expect((await garim(officer, ...meant)).out).toBe("no month was to be destroyed\n");
    const [, id = ""] = /^hold (\S+),/.exec(held.out) ?? [];
    expect((await garim(officer, "hold", "release", id, "--reason", "closed")).code).toBe(0);
    const done = await garim(officer, ...meant);
    expect([done.code, done.said]).toEqual([0, [`destroyed ${old}`]]);
  });

  it("let the application keep the registers, and an auditor list what waits, and no buyer's request", async () => {
    const app = await logInAs("garim_app");
    const asked = "insert into garim.subject_request values ('r', 'b-1', null, 'access', '…', 0)";
    for (const deed of [
      asked,
      "update garim.subject_request set outcome = 'done'",
      "delete from garim.subject_request",
      "insert into garim.duty_told values ('x', 0, 0); update garim.duty_told set again_at = 1; delete from garim.duty_told",
    ])
      expect([deed, await stateOf(app, deed)]).toEqual([deed, undefined]);
    await owner.query(asked);
    const address = await addressOf("garim_auditor");
    for (const verb of ["waiting", "requests", "destructions", "leaks"]) {
      const { code, said } = await runGarim(["duties", verb], { env: { DATABASE_URL: address } });
      expect([verb, code, said]).toEqual([verb, 0, []]);
    }
    const auditor = poolOf(address);
    for (const column of ["body", "buyer_id", "answer"])
      expect(await stateOf(auditor, `select ${column} from garim.subject_request`)).toBe("42501");
  });

  it("let the log be opened by who only appends", async () => {
    const user = await logInAs("garim_append");
    await recordSome(user, 1);
    expect(await stateOf(user, "select from garim.log_record")).toBe("42501");
  });
});
