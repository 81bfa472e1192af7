import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { resolvePolicy } from "@garim/policy";
import { Pool } from "pg";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { startPostgresOrSkip } from "../../../../test/services/postgres.ts";
import { inAHurry } from "../../test/in-a-hurry.ts";
import { chain, file } from "../../test/key-samples.ts";
import { appendAt, makeOldLog, monthsAgo } from "../../test/old-log.ts";
import { KEYS, samplePage } from "../../test/sample.ts";
import { ORIGIN, SIGNER } from "../../test/sealed-log.ts";
import type { Access } from "../access.ts";
import { rightsHistory } from "../ask/question.ts";
import type { LogDatabase } from "../database.ts";
import { readKeyFile } from "../keys/key-read.ts";
import { createKeyFile } from "../keys/key-write.ts";
import { type AccessLog, createAccessLog } from "../log.ts";
import { checkBundle } from "../prove/check-bundle.ts";
import { proveRecord } from "../prove/prove-record.ts";
import { filePlace } from "../seal/file-place.ts";
import type { CheckpointPlace } from "../seal/place.ts";
import { verifyLog } from "../verify/verify-log.ts";
import { Retention } from "./keeper.ts";
import type { DestroyOptions } from "./options.ts";

const postgres = await startPostgresOrSkip("retention on PostgreSQL");
const pool = new Pool({ connectionString: postgres?.url, max: 8 });
pool.on("error", () => undefined);
const pglite = new PGlite();
const folder = mkdtempSync(join(tmpdir(), "garim-retention-"));

afterAll(async () => {
  await Promise.all([pool.end(), pglite.close()]);
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const [OLDEST, OLD, DUE, YEAR, YOUNG] = [28, 27, 26, 18, 6].map(monthsAgo) as [
  string,
  string,
  string,
  string,
  string,
];
const ANCIENT = monthsAgo(39);
const WHO = {
  actor: { kind: "auditor", id: "kim", sellerId: null },
  session: null,
  factor: null,
  origin: { ip: "local", agent: null },
  route: "garim retention",
} as const;
const UNKNOWN = { subjects: null, hasUniqueIds: null, hasSensitive: null };
const FEW = { subjects: 10, hasUniqueIds: false, hasSensitive: false };
const REASON = "term is over";
const refused = (message: RegExp) =>
  expect.objectContaining({ code: "ERR_GARIM_RETENTION", message: expect.stringMatching(message) });

let number = 0;

/** An old log that is sealed as it goes, with a place and a key file of its own. */
async function openOld(database: LogDatabase, months: readonly string[]) {
  await makeOldLog(database, months);
  const place = filePlace(join(folder, `place-${++number}`));
  const keyFile = join(folder, `keys-${number}`);
  createKeyFile(keyFile, file({ subjects: [chain("aaaa", monthsAgo(40), 1)] }));
  const seal = { origin: ORIGIN, signers: { all: () => [SIGNER] }, places: [place] };
  const log = await inAHurry(() => createAccessLog({ database, keys: KEYS, seal }));
  const options = {
    database,
    append: (access: Access) => log.append(access),
    who: WHO,
    policy: resolvePolicy(),
  };
  const retention = new Retention({ ...options, scope: UNKNOWN });
  const outside = { places: [place], keys: [SIGNER.verifierKey], origin: ORIGIN };
  const destroying: DestroyOptions = { ...outside, reason: REASON, keyFile, patienceMs: 30_000 };
  return { log, place, keyFile, options, retention, destroying };
}

async function monthsLeft(retention: Retention): Promise<readonly string[]> {
  return (await retention.plan()).months.map(({ month }) => month);
}

/** Waits until all that is there is under a checkpoint. */
async function untilSealed(retention: Retention): Promise<void> {
  await expect
    .poll(async () => (await retention.plan()).months.filter(({ state }) => state === "unsealed"), {
      timeout: 20_000,
    })
    .toEqual([]);
}

function verify(database: LogDatabase, place: CheckpointPlace) {
  return verifyLog({ database, place, keys: [SIGNER.verifierKey], origin: ORIGIN });
}

const databases: readonly { name: string; database: LogDatabase; isMissing: boolean }[] = [
  { name: "PGlite", database: pglite, isMissing: false },
  { name: "PostgreSQL", database: pool, isMissing: postgres === undefined },
];

for (const { name, database, isMissing } of databases) {
  describe.skipIf(isMissing)(`Retention on ${name}`, { timeout: 60_000 }, () => {
    let log: AccessLog | undefined;
    const open = async (months: readonly string[]) => {
      const opened = await openOld(database, months);
      log = opened.log;
      return opened;
    };

    beforeEach(() => async () => {
      await log?.close();
      log = undefined;
    });

    it("[V14.2.7] destroys the months whose term is over, and what is left proves itself and them", async () => {
      const { retention, destroying, place, keyFile } = await open([OLDEST, OLD, YEAR, YOUNG]);
      await untilSealed(retention);
      const done = await retention.destroy(destroying);
      expect(
        done.map(({ month, first, last, records, kept }) => [month, first, last, records, kept]),
      ).toEqual([
        [OLDEST, 1, 4, 4, 1],
        [OLD, 5, 8, 4, 1],
      ]);
      expect((await monthsLeft(retention)).slice(0, 2)).toEqual([YEAR, YOUNG]);
      expect(done.at(-1)?.keys).toEqual({ months: [OLD], held: [], hasSingleKey: false });
      expect(readKeyFile(keyFile).file.subjects).toMatchObject([{ month: DUE }]);
      await log?.close();
      const verdict = await verify(database, place);
      expect(verdict.damages).toEqual([]);
      expect(verdict.destroyed).toMatchObject([
        { month: OLDEST, first: 1, last: 4 },
        { month: OLD, first: 5, last: 8 },
      ]);
      expect(await retention.destroy(destroying).catch((error: unknown) => error)).toEqual([]);
    });

    it("keeps the history of rights as it was, with every leaf of its batch", async () => {
      const { retention, destroying } = await open([OLDEST]);
      const before = await database.query(
        "select seq::text, encode(body, 'hex') as body, encode(leaf, 'hex') as leaf from garim.log_record where action = 'change-roles'",
      );
      const leaves = await database.query(
        "select string_agg(encode(leaf, 'hex'), '' order by seq) as leaves from garim.log_record where seq < 4",
      );
      await untilSealed(retention);
      await retention.destroy(destroying);
      const after = await database.query(
        "select seq::text, encode(body, 'hex') as body, encode(leaf, 'hex') as leaf from garim.log_kept",
      );
      expect(after.rows).toEqual(before.rows);
      const rights = await log?.find(rightsHistory().filter);
      expect(rights?.entries.map(({ seq }) => seq)).toEqual([2]);
      const walked: number[] = [];
      for await (const { seq } of log?.walk({}) ?? []) walked.push(seq);
      expect(walked).toEqual([2, 5]);
      const { entries } = (await log?.find({}, { limit: 1 })) ?? { entries: [] };
      expect(entries.map(({ access }) => access.action)).toEqual(["destroy-records"]);
      const trust = { keys: [SIGNER.verifierKey], origin: ORIGIN };
      for (const record of [2, rights?.entries[0]?.id ?? ""])
        expect(checkBundle(await proveRecord(database, { record }), trust)).toMatchObject({ isProven: true });
      const { rows } = await database.query("select note from garim.log_checkpoint order by no limit 1");
      const since = (rows[0] as { readonly note: string }).note;
      expect(checkBundle(await proveRecord(database, { record: 5, since }), trust)).toMatchObject({
        isProven: true,
      });
      await expect(proveRecord(database, { record: 1 })).rejects.toThrow(
        expect.objectContaining({ code: "ERR_GARIM_QUERY_INVALID" }),
      );
      const kept = await database.query(
        "select no::text, encode(leaves, 'hex') as leaves from garim.log_kept_batch",
      );
      expect(kept.rows).toEqual([{ no: "1", ...(leaves.rows[0] as object) }]);
    });

    it("destroys the history of rights when its own term is over, and never what was destroyed", async () => {
      const { retention, destroying, place } = await open([ANCIENT, OLDEST]);
      await untilSealed(retention);
      const done = await retention.destroy(destroying);
      expect(done.map(({ part, month, records }) => [part, month, records])).toEqual([
        ["month", ANCIENT, 4],
        ["month", OLDEST, 4],
      ]);
      const { id } = await retention.hold({ from: Date.parse(ANCIENT), to: null, reason: "case" });
      expect(await retention.destroy(destroying)).toEqual([]);
      await retention.release(id, "closed");
      const later = await retention.destroy(destroying);
      expect(later.map(({ part, month, records }) => [part, month, records])).toEqual([
        ["history", ANCIENT, 1],
      ]);
      expect((await retention.plan()).history).toMatchObject([{ month: OLDEST, state: "kept" }]);
      expect(await retention.destroy(destroying)).toEqual([]);
      await log?.close();
      expect((await verify(database, place)).damages).toEqual([]);
      const left = await database.query("select no::text from garim.log_kept_batch");
      expect(left.rows).toEqual([{ no: "3" }]);
      const early = database.query("select garim.destroy_history($1::text, 1, '1s')", [OLDEST]);
      await expect(early).rejects.toThrow(expect.objectContaining({ code: "GR002" }));
    });

    it("passes no hold, and goes on past the held month", async () => {
      const { retention, destroying, keyFile } = await open([OLDEST, OLD, DUE]);
      await untilSealed(retention);
      const from = Date.parse(`${OLD}-10T00:00:00Z`);
      const { id, gone } = await retention.hold({ from, to: from + 1, reason: "case 2026-1" });
      expect(gone).toEqual([]);
      const record = await log?.find({ actions: ["hold-records"] });
      expect(record?.entries[0]?.access.detail).toMatchObject({ hold: id, reason: "case 2026-1" });
      await expect(retention.destroy({ ...destroying, month: OLD })).rejects.toThrow(
        refused(/under a legal hold/),
      );
      const done = await retention.destroy(destroying);
      expect(done.map(({ month, keys }) => [month, keys?.held])).toEqual([
        [OLDEST, [OLDEST]],
        [DUE, [OLDEST, DUE]],
      ]);
      expect((await monthsLeft(retention))[0]).toBe(OLD);
      await retention.release(id, "case closed");
      await expect(retention.release(id, "again")).rejects.toThrow(refused(/No hold of that id/));
      expect((await retention.destroy(destroying)).map(({ month }) => month)).toEqual([OLD]);
      expect(readKeyFile(keyFile).file.subjects).toMatchObject([{ month: monthsAgo(25) }]);
    });

    it("does not go on from a record that says something else of the month", async () => {
      const { retention, destroying, options, place } = await open([OLDEST, OLD]);
      const planted = { month: OLDEST, first: 1, last: 8, records: 4, kept: 1 };
      await options.append(
        samplePage(0, { at: Date.now(), action: "destroy-records", outcome: "done", detail: planted }),
      );
      await untilSealed(retention);
      const [done] = await retention.destroy({ ...destroying, month: OLDEST });
      expect(done).toMatchObject({ last: 4, record: 10 });
      await log?.close();
      const { damages } = await verify(database, place);
      expect(damages).toEqual([]);
    });

    it("puts on record no destruction that cannot be: of a young month, by a clock gone wrong, or of a changed one", async () => {
      const { retention, destroying, options } = await open([OLDEST, YOUNG]);
      await untilSealed(retention);
      const ahead = new Retention({
        ...options,
        scope: UNKNOWN,
        clock: () => Date.now() + 1_000 * 86_400_000,
      });
      await database.query("delete from garim.log_record where seq = 3");
      await expect(retention.destroy(destroying)).rejects.toThrow(
        refused(/3 records, .* say 4.*garim verify/),
      );
      await database.query("update garim.log_batch set size = 2 where no = 1");
      await expect(ahead.destroy(destroying)).rejects.toThrow(refused(/less than a year old/));
      const said = await log?.find({ actions: ["destroy-records"] });
      expect(said?.entries.map(({ access }) => access.detail?.["month"])).toEqual([OLDEST]);
    });

    it("says what a hold comes too late for", async () => {
      const { retention, destroying } = await open([OLDEST, OLD]);
      await untilSealed(retention);
      await retention.destroy({ ...destroying, month: OLDEST });
      const { gone } = await retention.hold({ from: 0, to: null, reason: "everything" });
      expect(gone).toEqual([OLDEST]);
      expect(await retention.destroy(destroying)).toEqual([]);
    });

    it("goes on wherever it broke off: without its record outside, before the drop, before the key", async () => {
      const { retention, destroying, keyFile, options } = await open([OLDEST]);
      await untilSealed(retention);
      const blind: CheckpointPlace = { ...filePlace("unused"), latest: () => Promise.resolve(undefined) };
      await expect(retention.destroy({ ...destroying, places: [blind], patienceMs: 0 })).rejects.toThrow(
        refused(/Nothing was destroyed; .* apply again/),
      );
      const deaf: LogDatabase = {
        query: (text, values) =>
          text.includes("destroy_month")
            ? Promise.reject(new Error("broke off"))
            : database.query(text, values),
      };
      const broken = new Retention({ ...options, scope: UNKNOWN, database: deaf });
      await expect(broken.destroy(destroying)).rejects.toThrow("broke off");
      await expect(retention.destroy({ ...destroying, keyFile: join(folder, "none") })).rejects.toThrow(
        expect.objectContaining({ code: "ERR_GARIM_KEYS_MISSING" }),
      );
      expect(await retention.destroy(destroying)).toEqual([]);
      expect(readKeyFile(keyFile).file.subjects).toMatchObject([{ month: OLD }]);
      expect((await log?.find({ actions: ["destroy-records"] }))?.entries).toHaveLength(1);
    });
  });

  describe.skipIf(isMissing)(`garim.destroy_month on ${name}`, { timeout: 60_000 }, () => {
    let log: AccessLog | undefined;
    beforeEach(() => async () => {
      await log?.close();
      log = undefined;
    });

    const destroy = (month: string | null, record: number) =>
      database.query("select garim.destroy_month($1::text, $2::text::bigint, '2s')", [month, String(record)]);
    const state = (code: string) => expect.objectContaining({ code });

    /** A sealed log, and places of records that say months are destroyed. */
    async function recorded(months: readonly string[], said: readonly string[]) {
      await makeOldLog(database, months);
      const at = Date.now();
      const places: number[] = [];
      for (const month of said)
        places.push(
          await appendAt(database, monthsAgo(0), [
            samplePage(0, { at, action: "destroy-records", outcome: "done", detail: { month } }),
          ]),
        );
      await database.query("update garim.log_sealer set size = (select batches from garim.log_head)");
      return places as [number, ...number[]];
    }

    it.each([
      ["no month", null, "GR001"],
      ["what is none", "2026-13", "GR001"],
      ["an attempt at more", "2024-01; drop table garim.log_head", "GR001"],
      ["a month that the log has not", monthsAgo(40), "GR001"],
      ["a month within a year, whatever a policy says", YOUNG, "GR002"],
      ["one that is not the oldest", YEAR, "GR004"],
    ])("refuses %s", async (_, month, code) => {
      const [place] = await recorded([OLDEST, YEAR, YOUNG], [month ?? "none"]);
      await expect(destroy(month, place)).rejects.toThrow(state(code));
    });

    it("refuses what is held, not sealed, not on record, or was tampered with, and destroys it else", async () => {
      const [place, other] = await recorded([OLDEST], [OLDEST, OLD]);
      await expect(destroy(OLDEST, 1)).rejects.toThrow(state("GR006"));
      await expect(destroy(OLDEST, other ?? 0)).rejects.toThrow(state("GR006"));
      await expect(destroy(OLDEST, 999)).rejects.toThrow(state("GR006"));
      await database.query("update garim.log_sealer set size = size - 2");
      await expect(destroy(OLDEST, place)).rejects.toThrow(state("GR005"));
      await database.query("update garim.log_sealer set size = size + 2");
      const hold = "00000000-0000-4000-8000-000000000001";
      await database.query(`select garim.hold('${hold}', '2000-01-01', 'infinity', 'case', 'kim')`);
      await expect(destroy(OLDEST, place)).rejects.toThrow(state("GR003"));
      await expect(database.query(`select garim.release('${hold}', ${place})`)).rejects.toThrow(
        state("GR006"),
      );
      const released = await appendAt(database, monthsAgo(0), [
        samplePage(0, { action: "release-records", outcome: "done", detail: { hold } }),
      ]);
      await database.query(`select garim.release('${hold}', ${released})`);
      await database.query("delete from garim.log_record where seq = 1");
      await expect(destroy(OLDEST, place)).rejects.toThrow(state("GR007"));
      await database.query("update garim.log_batch set size = 2, first_seq = 2 where no = 1");
      await destroy(OLDEST, place);
      await destroy(OLDEST, place);
    });

    it("takes away again what somebody made of a month that is destroyed", async () => {
      const [place] = await recorded([OLDEST], [OLDEST]);
      await destroy(OLDEST, place);
      await database.query("select garim.cover($1::text::timestamptz)", [`${OLDEST}-15`]);
      await destroy(OLDEST, place);
      const { rows } = await database.query("select to_regclass($1::text)::text as name", [
        `garim.log_record_${OLDEST.replace("-", "_")}`,
      ]);
      expect(rows).toEqual([{ name: null }]);
    });
  });
}

describe("Retention", () => {
  it("holds even where the hold cannot be put on record, and releases nothing that is not", async () => {
    await makeOldLog(pglite, [OLDEST]);
    const append = (): Promise<never> => Promise.reject(new Error("cannot be written"));
    const retention = new Retention({
      database: pglite,
      append,
      who: WHO,
      policy: resolvePolicy(),
      scope: UNKNOWN,
    });
    const hold = { from: 0, to: null, reason: "case" };
    await expect(retention.hold(hold)).rejects.toThrow("cannot be written");
    const [held] = await retention.holds();
    expect(held).toMatchObject({ ...hold, by: "kim", releasedAt: null });
    await expect(retention.release(held?.id ?? "", "over")).rejects.toThrow("cannot be written");
    expect((await retention.plan()).months[0]).toMatchObject({
      month: OLDEST,
      state: "held",
      heldBy: [held?.id],
    });
  });

  it.each([
    ["no reason", { from: 0, to: null, reason: " " }],
    ["a reason too long", { from: 0, to: null, reason: "x".repeat(1_001) }],
    ["no beginning", { from: Number.NaN, to: null, reason: "x" }],
    ["an end before it", { from: 1, to: 1, reason: "x" }],
  ])("refuses a hold with %s", async (_, hold) => {
    const append = (): Promise<never> => Promise.reject(new Error("unused"));
    const retention = new Retention({
      database: pglite,
      append,
      who: WHO,
      policy: resolvePolicy(),
      scope: UNKNOWN,
    });
    await expect(retention.hold(hold)).rejects.toThrow(refused(/A (?:hold|reason)/));
  });

  it("destroys nothing where no copy outside is named", async () => {
    const append = (): Promise<never> => Promise.reject(new Error("unused"));
    const retention = new Retention({
      database: pglite,
      append,
      who: WHO,
      policy: resolvePolicy(),
      scope: UNKNOWN,
    });
    const options = { reason: "x", places: [], keys: [], origin: ORIGIN };
    await expect(retention.destroy(options)).rejects.toThrow(refused(/kept outside the database/));
  });

  it("counts a year's pseudonyms where the term could be the shorter one", async () => {
    await makeOldLog(pglite, [YEAR, YOUNG]);
    const options = { database: pglite, append: () => Promise.reject(new Error("unused")), who: WHO };
    const policy = resolvePolicy({ recordYears: 1 });
    const plan = await new Retention({ ...options, policy, scope: FEW }).plan();
    expect(plan.months.slice(0, 2).map(({ pseudonyms }) => pseudonyms)).toEqual([4, 4]);
    expect([plan.term.years, plan.subjects]).toEqual([1, 10]);
    const longer = await new Retention({ ...options, policy, scope: UNKNOWN }).plan();
    expect(longer.months.slice(0, 2).map(({ pseudonyms }) => pseudonyms)).toEqual([null, null]);
    expect(longer.term.years).toBe(2);
  });
});
