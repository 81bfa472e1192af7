import { PGlite } from "@electric-sql/pglite";
import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgresOrSkip } from "../../../../test/services/postgres.ts";
import { KEYS, samplePage } from "../../test/sample.ts";
import { rowOf } from "../../test/sealed-log.ts";
import { appendBatch } from "../commit/batch.ts";
import type { LogDatabase } from "../database.ts";
import { createAccessLog } from "../log.ts";
import { makeRecordId } from "../record/id.ts";
import { findRecord, type Reference, readReference } from "./find-record.ts";

const postgres = await startPostgresOrSkip("the plans of finding a record on PostgreSQL");
const pool = new Pool({ connectionString: postgres?.url, max: 2 });
pool.on("error", () => undefined);
const pglite = new PGlite();

afterAll(async () => {
  await Promise.all([pool.end(), pglite.close()]);
  await postgres?.stop();
});

const databases: readonly { name: string; database: LogDatabase; isMissing: boolean }[] = [
  { name: "PGlite", database: pglite, isMissing: false },
  { name: "PostgreSQL", database: pool, isMissing: postgres === undefined },
];

const ROWS = 40_000;
const BATCH = 100;
/** Seconds between two batches: the log spans three months. */
const STEP = 18_000;
const FIRST = Date.parse("2031-01-01T00:00:00Z");

/** A large log whose records were made a second before they were written; no body is one. */
const FILL: readonly string[] = [
  "select garim.cover(timestamptz '2031-01-01Z' + n * interval '1 month') from generate_series(0, 3) as n",
  `insert into garim.log_batch (no, id, first_seq, size, recorded_at, root)
    select n, gen_random_uuid(), (n - 1) * ${BATCH} + 1, ${BATCH}, timestamptz '2031-01-01Z' + n * interval '${STEP} seconds',
      decode(repeat('00', 32), 'hex')
    from generate_series(1, ${ROWS / BATCH}) as n`,
  `insert into garim.log_record (seq, recorded_at, at, kind, actor, ip, action, outcome, leaf, subjects, body)
    select n, timestamptz '2031-01-01Z' + ((n - 1) / ${BATCH} + 1) * interval '${STEP} seconds',
      timestamptz '2031-01-01Z' + ((n - 1) / ${BATCH} + 1) * interval '${STEP} seconds' - interval '1 second',
      'staff', 'anna', '203.0.113.7', 'view', 'done', decode(repeat('00', 32), 'hex'), '{}', decode(repeat('ab', 600), 'hex')
    from generate_series(1, ${ROWS}) as n`,
  `update garim.log_head set size = ${ROWS}, batches = ${ROWS / BATCH}, recorded_at = timestamptz '2031-03-26Z'`,
  "vacuum analyze garim.log_record",
  "analyze garim.log_batch",
];

interface Step {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Index Cond"?: string;
  readonly Plans?: readonly Step[];
}

/** Reads a filled month from end to end, be it in the order of an index. */
function isWholeMonth(step: Step): boolean {
  const isMonth = /_2031_0[1-3]$/.test(step["Relation Name"] ?? "");
  const isBound = step["Node Type"] === "Bitmap Heap Scan" || step["Index Cond"] !== undefined;
  return isMonth && !isBound;
}

const stepsOf = (step: Step): readonly Step[] => [step, ...(step.Plans ?? []).flatMap(stepsOf)];

/** The plans of every statement that was run to find a record. */
async function plansOf(database: LogDatabase, reference: Reference): Promise<readonly (readonly Step[])[]> {
  const plans: (readonly Step[])[] = [];
  const listening: LogDatabase = {
    query: async (text, values = []) => {
      const { rows } = await database.query(`explain (format json) ${text}`, values);
      const [{ Plan }] = (rows as [{ "QUERY PLAN": [{ Plan: Step }] }])[0]["QUERY PLAN"];
      plans.push(stepsOf(Plan));
      return database.query(text, values);
    },
  };
  await findRecord(listening, reference);
  return plans;
}

describe("readReference", () => {
  const id = makeRecordId(5);
  it.each([
    ["17", { seq: 17 }],
    [17, { seq: 17 }],
    ["017", { seq: 17 }],
    [id, { id, at: 5 }],
    [id.toUpperCase(), { id, at: 5 }],
    [Number.MAX_SAFE_INTEGER, { seq: Number.MAX_SAFE_INTEGER }],
    [0, undefined],
    ["0", undefined],
    [-1, undefined],
    [1.5, undefined],
    [Number.NaN, undefined],
    [2 ** 53, undefined],
    ["9999999999999999", undefined],
    ["", undefined],
    ["-1", undefined],
    ["anna", undefined],
    [id.replace("-7", "-4"), undefined],
  ])("reads %j as %j", (record, reference) => {
    expect(readReference(record)).toEqual(reference);
  });
});

for (const { name, database, isMissing } of databases) {
  describe.skipIf(isMissing)(`findRecord on ${name}`, () => {
    beforeAll(async () => {
      await database.query("drop schema if exists garim cascade");
      await (await createAccessLog({ database, keys: KEYS })).close();
      for (const statement of FILL) await database.query(statement);
    });

    it("reads no month's records from end to end, also where there is no such record", async () => {
      const at = FIRST + 200 * STEP * 1_000 - 1_000;
      const references = [
        { seq: 20_001 },
        { seq: ROWS + 1 },
        { id: makeRecordId(at), at },
        { id: makeRecordId(5), at: 5 },
      ];
      for (const reference of references) {
        const plans = await plansOf(database, reference);
        const whole = plans.flat().filter(isWholeMonth);
        expect(whole.map((step) => step["Relation Name"])).toEqual([]);
      }
    });

    it("finds by its id what was recorded in time, and what was recorded much later", async () => {
      const now = Date.now();
      for (const at of [now, now - 3_600_000, 86_400_000]) {
        const id = makeRecordId(at);
        await appendBatch(
          database,
          makeRecordId(now),
          [rowOf(samplePage(1, { at })), rowOf(samplePage(2, { at }), id)],
          5_000,
        );
        const found = await findRecord(database, { id, at });
        expect(found?.subjects).toHaveLength(4);
        expect(await findRecord(database, { seq: found?.seq ?? 0 })).toEqual(found);
      }
    });

    it("looks no further than the minute around its id for what was recorded in time", async () => {
      // Moments never go back, so this one is written at the head's.
      const at = Date.parse("2031-03-26T00:00:00Z") - 500;
      const id = makeRecordId(at);
      await appendBatch(database, makeRecordId(at), [rowOf(samplePage(1, { at }), id)], 5_000);
      const asked: string[] = [];
      const query: LogDatabase["query"] = (text, values) => {
        asked.push(text);
        return database.query(text, values);
      };
      expect(await findRecord({ query }, { id, at })).toBeDefined();
      for (const text of asked) expect(text).toMatch(/first_seq|seq >= /);
    });

    it("is not misled by a record that holds the bytes of another's id", async () => {
      const at = Date.now() - 7_200_000;
      const id = makeRecordId(at);
      const row = rowOf(samplePage(1, { at }));
      const body = Buffer.concat([Buffer.from(id.replaceAll("-", ""), "hex"), row.body]);
      await appendBatch(database, makeRecordId(at), [{ ...row, body }], 5_000);
      expect(await findRecord(database, { id, at })).toBeUndefined();
      // Nor does one at its moment hide it.
      const moment = Date.parse("2031-03-26T00:00:00Z") - 600;
      const hidden = makeRecordId(moment);
      const planted = { ...row, at: moment, body: Buffer.from(hidden.replaceAll("-", ""), "hex") };
      await appendBatch(database, makeRecordId(at), [planted], 5_000);
      await database.query("update garim.log_head set recorded_at = timestamptz '2031-03-27Z'");
      await appendBatch(database, makeRecordId(at), [rowOf(samplePage(1, { at: moment }), hidden)], 5_000);
      expect(await findRecord(database, { id: hidden, at: moment })).toBeDefined();
    });
  });
}
