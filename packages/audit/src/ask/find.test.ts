import { PGlite } from "@electric-sql/pglite";
import { subject } from "@garim/policy";
import fc from "fast-check";
import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgresOrSkip } from "../../../../test/services/postgres.ts";
import { anyFilter, fillLog, isMeant } from "../../test/random-log.ts";
import { KEYS, sampleOrder, samplePage } from "../../test/sample.ts";
import type { LogEntry } from "../access.ts";
import type { LogDatabase } from "../database.ts";
import { type AccessLog, createAccessLog } from "../log.ts";
import { isDamaged } from "./entry.ts";
import type { LogFilter } from "./filter.ts";
import type { LogReader } from "./reader.ts";
import { MOST_OF_RARE } from "./statement.ts";

const postgres = await startPostgresOrSkip("asking the log on PostgreSQL");
const pool = new Pool({ connectionString: postgres?.url, max: 4 });
pool.on("error", () => undefined);
const pglite = new PGlite();

afterAll(async () => {
  await Promise.all([pool.end(), pglite.close()]);
  await postgres?.stop();
});

const COUNT = 2_000;

async function walkAll(reader: LogReader, filter: LogFilter): Promise<readonly LogEntry[]> {
  const all: LogEntry[] = [];
  for await (const found of reader.walk(filter)) {
    if (isDamaged(found)) throw new Error(`record ${found.seq}: ${found.why}`);
    all.push(found);
  }
  return all;
}

/** Every place a filter finds, page after page. */
async function pageAll(reader: LogReader, filter: LogFilter, limit: number): Promise<readonly number[]> {
  const seen: number[] = [];
  for (let before: number | null | undefined; before !== null; ) {
    const page = await reader.find(filter, { limit, ...(before === undefined ? {} : { before }) });
    expect(page.entries.length).toBeLessThanOrEqual(limit);
    expect(page.damaged).toEqual([]);
    seen.push(...page.entries.map(({ seq }) => seq));
    before = page.next;
  }
  return seen;
}

const databases: readonly { name: string; database: LogDatabase; isMissing: boolean }[] = [
  { name: "PGlite", database: pglite, isMissing: false },
  { name: "PostgreSQL", database: pool, isMissing: postgres === undefined },
];

for (const { name, database, isMissing } of databases) {
  describe.skipIf(isMissing)(`find on ${name}`, () => {
    let log: AccessLog;
    let all: readonly LogEntry[];

    beforeAll(async () => {
      log = await createAccessLog({ database, keys: KEYS });
      await fillLog(log, database, COUNT);
      all = await walkAll(log, {});
    });
    afterAll(() => log.close());

    it("walks every record, oldest first, over months", () => {
      expect(all.map(({ seq }) => seq)).toEqual(Array.from({ length: COUNT }, (_, i) => i + 1));
      expect(new Set(all.map(({ recordedAt }) => new Date(recordedAt).toISOString().slice(0, 7))).size).toBe(
        3,
      );
    });

    it("finds exactly what a look at every record finds, in pages of any size and oldest first", async () => {
      const moments = [...new Set(all.map(({ recordedAt }) => recordedAt))];
      let found = 0;
      const share = fc.double({ min: 0.15, max: 1.1, noNaN: true });
      const within = fc.option(fc.constantFrom("S1", "S2"), { nil: undefined, freq: 3 });
      const property = fc.asyncProperty(anyFilter(moments), share, within, async (filter, part, sellerId) => {
        const meant = all
          .filter((entry) => isMeant(entry, filter, KEYS))
          .filter(({ access }) => sellerId === undefined || access.actor.sellerId === sellerId)
          .map(({ seq }) => seq);
        found += meant.length;
        const reader = sellerId === undefined ? log : log.within({ sellerId });
        const limit = Math.min(1_000, Math.max(1, Math.ceil(meant.length * part)));
        expect(await pageAll(reader, filter, limit)).toEqual([...meant].reverse());
        expect((await walkAll(reader, filter)).map(({ seq }) => seq)).toEqual(meant);
      });
      await fc.assert(property, { numRuns: 60 });
      expect(found).toBeGreaterThan(300);
    }, 120_000);

    it.each<LogFilter>([
      { subject: subject.buyer("b-100003") },
      { session: "s-1" },
      { session: "s-1", actions: ["step-up", "log-out"] },
      { session: "s-1", actor: "nobody" },
      { person: "anna" },
      { person: "anna", actor: "ben" },
      { person: "anna", target: "anna" },
      { actions: ["download", "log-query", "view"] },
      { actions: ["download", "log-query"], hasPurpose: false },
      { outcome: "refused", kind: "tool" },
      { seller: "S1", actions: ["download"] },
      { key: "key-1", ip: "2001:db8::1" },
      { hasPurpose: true },
    ])("finds by %j, one record a page", async (filter) => {
      const meant = all.filter((entry) => isMeant(entry, filter, KEYS)).map(({ seq }) => seq);
      const newest = meant.slice(-20);
      const seen: number[] = [];
      for (let before = COUNT + 1; seen.length < newest.length; ) {
        const page = await log.find(filter, { before, limit: 1 });
        seen.push(...page.entries.map(({ seq }) => seq));
        before = page.next ?? 0;
        if (before === 0) break;
      }
      expect(seen).toEqual([...newest].reverse());
    });

    it("does not walk into what is recorded meanwhile", async () => {
      const walked: number[] = [];
      for await (const { seq } of log.walk({ ip: "198.51.100.1" })) {
        walked.push(seq);
        await log.append(samplePage(0, { origin: { ip: "198.51.100.1", agent: null } }));
      }
      expect(walked).toEqual([]);
      const access = samplePage(0, { origin: { ip: "198.51.100.1", agent: null } });
      await log.append(access);
      for await (const { seq } of log.walk({ ip: "198.51.100.1" })) {
        walked.push(seq);
        if (walked.length < 5) await log.append(access);
      }
      expect(walked).toHaveLength(1);
    });

    it("pages through a subject who is met too often for all of them to be looked at", async () => {
      const often = sampleOrder(700);
      const moreThanLookedAt = Array.from({ length: MOST_OF_RARE + 5 }, () =>
        samplePage(0, { records: [often] }),
      );
      const receipts = await Promise.all(moreThanLookedAt.map((access) => log.append(access)));
      const expected = receipts.map(({ seq }) => seq).toSorted((one, other) => other - one);
      expect(await pageAll(log, { subject: subject.buyer("b-100700") }, 40)).toEqual(expected);
      expect(await pageAll(log, { subject: subject.buyer("b-100700") }, 1_000)).toEqual(expected);
    });
  });

  describe.skipIf(isMissing)(`a damaged record on ${name}`, () => {
    let log: AccessLog;

    beforeAll(async () => {
      await database.query("drop schema if exists garim cascade");
      log = await createAccessLog({ database, keys: KEYS });
      for (let i = 0; i < 6; i++) await log.append(samplePage(0, { records: [sampleOrder(0)] }));
    });
    afterAll(() => log.close());

    it.each([
      ["bytes", "body = set_byte(body, 0, 0)", /not a record/, { kind: "unreadable" }],
      ["no bytes", "body = ''", /./, { kind: "unreadable" }],
      ["another seller", "seller = 'seller-4'", /column seller/, { kind: "column", column: "seller" }],
      ["another actor", "actor = 'staff-18'", /column actor/, { kind: "column", column: "actor" }],
      ["another action", "action = 'download'", /column action/, { kind: "column", column: "action" }],
      ["no subjects", "subjects = '{}'", /subjects/, { kind: "unreadable" }],
      [
        "bytes that no column repeats",
        "body = set_byte(body, position('orders'::bytea in body) - 1, 79)",
        /not those of its hash/,
        { kind: "changed" },
      ],
      [
        "somebody else's subjects",
        "subjects = array[subjects[2], subjects[1]]",
        /not those of its hash/,
        { kind: "changed" },
      ],
    ])("[A4] is named beside the others of its page: %s", async (_, change, why, what) => {
      await database.query(
        "create table if not exists public.kept as select * from garim.log_record where seq = 3",
      );
      await database.query(`update garim.log_record set ${change} where seq = 3`);
      const { entries, damaged, next } = await log.find({}, { limit: 5 });
      await database.query("delete from garim.log_record where seq = 3");
      await database.query("insert into garim.log_record select * from public.kept");
      await database.query("drop table public.kept");
      expect(entries.map(({ seq }) => seq)).toEqual([6, 5, 4, 2]);
      expect(damaged).toEqual([{ seq: 3, ...what, why: expect.stringMatching(why) }]);
      expect(next).toBe(2);
      expect((await log.find({})).damaged).toEqual([]);
    });

    it("pages on behind it, also where it is the last of a page", async () => {
      await database.query("update garim.log_record set body = '' where seq = 3");
      const first = await log.find({}, { limit: 4 });
      expect([first.entries.length, first.damaged.length, first.next]).toEqual([3, 1, 3]);
      expect((await log.find({}, { limit: 4, before: 3 })).entries.map(({ seq }) => seq)).toEqual([2, 1]);
      const walked = [];
      for await (const found of log.walk({}))
        walked.push(isDamaged(found) ? `damaged ${found.seq}` : found.seq);
      expect(walked).toEqual([1, 2, "damaged 3", 4, 5, 6]);
    });
  });
}
