import { PGlite } from "@electric-sql/pglite";
import { Pool } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startPostgresOrSkip } from "../../../../test/services/postgres.ts";
import { keepTables, LinePlace, ORIGIN, restoreTables, SIGNER, sealStretches } from "../../test/stretches.ts";
import { type LogDatabase, queryTexts } from "../database.ts";
import { isOfRecord } from "./damage.ts";
import { type Verdict, verifyLog } from "./verify-log.ts";

const postgres = await startPostgresOrSkip("verifying on PostgreSQL");
const pool = new Pool({ connectionString: postgres?.url, max: 8 });
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

const COLUMNS =
  "seq, recorded_at, at, kind, actor, seller, session, ip, action, outcome, purpose, target, key, leaf, subjects, body";

/** The hash of a record's bytes, by SQL. */
const LEAF = "sha256('\\x00' || body || decode(replace(array_to_string(subjects, ''), '-', ''), 'hex'))";

/** As an attacker would, who may do everything. */
function renumber(after: number, by: number): readonly string[] {
  return [
    `update garim.log_record set seq = -seq where seq > ${after}`,
    `update garim.log_record set seq = -seq + ${by} where seq < 0`,
  ];
}

const COUNT = ["update garim.log_head set size = (select max(seq) from garim.log_record)"];

/** A record of the log with another id, its hash right. */
function forge(seq: number): string {
  return `with forged as (
      select ${COLUMNS.replace("seq", `${seq}::bigint as seq`).replace("body", "set_byte(body, 8, 200) as body")} from garim.log_record where seq = ${seq - 1}
    ) insert into garim.log_record select ${COLUMNS.replace("leaf", LEAF)} from forged`;
}

for (const { name, database, isMissing } of databases) {
  describe.skipIf(isMissing)(`verifyLog on ${name}`, () => {
    const place = new LinePlace();
    let copy: readonly string[] = [];
    let count = 0;

    const verify = (): Promise<Verdict> =>
      verifyLog({ database, place, keys: [SIGNER.verifierKey], origin: ORIGIN });

    beforeAll(async () => {
      await database.query("drop schema if exists garim cascade");
      await sealStretches(database, place, [
        { batches: [7, 0, 20, 3], moment: "2031-01-30T00:00:00Z" },
        { batches: [31, 12, 5, 40], moment: "2031-01-31T00:00:00Z" },
        { batches: [10, 9, 8, 30], moment: "2031-02-01T00:00:00Z" },
        { batches: [1, 2, 60, 40], moment: "2031-02-02T00:00:00Z" },
      ]);
      await keepTables(database);
      copy = [...place.lines];
      const [row] = await queryTexts(database, "select count(*)::text from garim.log_record");
      count = Number(row?.["count"]);
    });
    beforeEach(async () => {
      place.lines = [...copy];
      await restoreTables(database);
    });

    it("says of a log that nobody touched that it is intact, and what is proven", async () => {
      const verdict = await verify();
      expect(verdict).toMatchObject({
        isIntact: true,
        first: null,
        damages: [],
        proven: { records: count, until: { place: count } },
        unsealed: null,
        destroyed: [],
      });
      expect(count).toBeGreaterThan(280);
    });

    const at = 150;
    it.each<[string, readonly string[], object]>([
      [
        "a bit of a body",
        [`update garim.log_record set body = set_bit(body, 100, 1 - get_bit(body, 100)) where seq = ${at}`],
        { kind: "changed", seq: at, last: at, what: "its bytes are not those that were recorded" },
      ],
      [
        "a bit of a body, with its stored hash",
        [
          `update garim.log_record set body = set_bit(body, 100, 1 - get_bit(body, 100)) where seq = ${at}`,
          `update garim.log_record set leaf = ${LEAF} where seq = ${at}`,
        ],
        {
          kind: "changed",
          seq: at,
          last: at,
          what: expect.stringContaining("and its stored hash with them"),
        },
      ],
      [
        "subjects",
        [`update garim.log_record set subjects = array_append(subjects[2:], subjects[1]) where seq = ${at}`],
        { kind: "changed", seq: at, last: at },
      ],
      [
        "the form of the subjects alone",
        [`update garim.log_record set subjects = array[subjects] where seq = ${at}`],
        { kind: "column", seq: at, last: at, what: expect.stringContaining("column subjects") },
      ],
      [
        "a subject of nobody",
        [`update garim.log_record set subjects = array_append(subjects, null) where seq = ${at}`],
        { kind: "column", seq: at, last: at, what: expect.stringContaining("column subjects") },
      ],
      [
        "a row that is gone",
        [`delete from garim.log_record where seq = ${at}`],
        { kind: "missing", seq: at, last: at, what: "it is gone" },
      ],
      [
        "a row that is gone, those after it renumbered",
        [`delete from garim.log_record where seq = ${at}`, ...renumber(at, -1), ...COUNT],
        {
          kind: "missing",
          seq: at,
          last: at,
          what: "it is gone, and those after it were given other places",
        },
      ],
      [
        "three rows that are gone",
        [`delete from garim.log_record where seq between ${at} and ${at + 2}`],
        { kind: "missing", seq: at, last: at + 2 },
      ],
      ["the first row", ["delete from garim.log_record where seq = 1"], { kind: "missing", seq: 1, last: 1 }],
      [
        "the end",
        [`delete from garim.log_record where seq >= ${at}`],
        { kind: "truncated", seq: at, what: "the end of the log is gone from here on" },
      ],
      [
        "the end, with the head and the batches set back",
        [
          "delete from garim.log_record where seq > (select first_seq - 1 from garim.log_batch where no = 20)",
          "delete from garim.log_batch where no >= 20",
          "update garim.log_head set size = (select max(seq) from garim.log_record), batches = 19",
          "update garim.log_sealer set size = 8",
          "delete from garim.log_checkpoint where size > 8",
        ],
        { kind: "truncated", what: "the end of the log is gone from here on" },
      ],
      [
        "a forged row, those after it renumbered",
        [...renumber(at - 1, 1), forge(at), ...COUNT],
        { kind: "inserted", seq: at, last: at },
      ],
      [
        "two rows swapped",
        [
          `update garim.log_record set seq = -1 where seq = ${at}`,
          `update garim.log_record set seq = ${at} where seq = ${at + 5}`,
          `update garim.log_record set seq = ${at + 5} where seq = -1`,
        ],
        { kind: "reordered", seq: at },
      ],
      [
        "two rows beside each other swapped",
        [
          `update garim.log_record set seq = -1 where seq = ${at}`,
          `update garim.log_record set seq = ${at} where seq = ${at + 1}`,
          `update garim.log_record set seq = ${at + 1} where seq = -1`,
        ],
        { kind: "reordered", seq: at },
      ],
      [
        "a row that is another's copy",
        [
          `insert into garim.log_record select ${COLUMNS.replace("recorded_at", "recorded_at - interval '1 day'")} from garim.log_record where seq = ${at}`,
        ],
        { kind: "inserted", seq: at, last: at },
      ],
      [
        "a row in another month",
        [`update garim.log_record set recorded_at = '2031-02-15T00:00:00Z' where seq = 40`],
        {
          kind: "column",
          seq: 40,
          last: 40,
          what: expect.stringContaining("from the month 2031-01 to 2031-02"),
        },
      ],
      [
        "a month dropped without a record",
        ["drop table garim.log_record_2031_01"],
        { kind: "missing", seq: 1 },
      ],
      [
        "a row before all others",
        [
          `insert into garim.log_record select ${COLUMNS.replace("seq", "0")} from garim.log_record where seq = ${at}`,
        ],
        { kind: "inserted", seq: 0 },
      ],
      [
        "a row after all others",
        [
          `insert into garim.log_record select ${COLUMNS.replace("seq", "seq + 10000")} from garim.log_record where seq = ${at}`,
        ],
        { kind: "inserted" },
      ],
      [
        "a batch that is gone",
        ["delete from garim.log_batch where no = 3"],
        { kind: "tree", what: "batch 3 is missing in log_batch" },
      ],
      [
        "a batch's moment",
        ["update garim.log_batch set recorded_at = recorded_at + interval '1 microsecond' where no = 3"],
        { kind: "tree", what: "batch 3 in log_batch has another recorded_at" },
      ],
      [
        "a node",
        ["update garim.log_node set hash = sha256(hash) where level = 2 and index = 1"],
        { kind: "tree", what: expect.stringContaining("log_node") },
      ],
      [
        "a checkpoint that is gone",
        ["delete from garim.log_checkpoint where no = (select min(no) from garim.log_checkpoint)"],
        { kind: "tree", what: expect.stringContaining("is not in log_checkpoint any more") },
      ],
      [
        "an old checkpoint over the newer ones",
        [
          "update garim.log_checkpoint set note = (select note from garim.log_checkpoint order by no limit 1)",
        ],
        { kind: "tree", what: expect.stringMatching(/stands under \d+ batches and was signed over \d+/) },
      ],
      [
        "the head",
        ["update garim.log_head set size = size + 1"],
        { kind: "tree", what: expect.stringContaining("log_head counts") },
      ],
    ])("[A4] names %s", async (_, changes, expected) => {
      for (const change of changes) await database.query(change);
      const verdict = await verify();
      expect(verdict.first).toMatchObject(expected);
      expect(verdict.isIntact).toBe(false);
      expect(verdict.damages.filter(isOfRecord).slice(3)).toEqual([]);
    });

    it.each([
      ["at", "at + interval '1 microsecond'"],
      ...["kind", "actor", "ip", "action", "outcome"].map((column) => [column, `${column} || ' '`]),
      ...["seller", "session", "purpose", "target", "key"].map((column) => [
        column,
        `coalesce(${column} || ' ', '')`,
      ]),
      ...["seller", "session", "purpose"].map((column) => [column, "null"]),
      ["leaf", "sha256(leaf)"],
      ["leaf", "leaf || '\\x00'"],
      ["recorded_at", "recorded_at + interval '1 millisecond'"],
      ["actor", "actor || e'\\x1f' || ip"],
    ])("[A4] names the column %s that was set to %s", async (column, value) => {
      await database.query(`update garim.log_record set ${column} = ${value} where seq = 42`);
      expect(await verify()).toMatchObject({
        isIntact: false,
        first: { kind: "column", seq: 42, last: 42, what: expect.stringContaining(`column ${column} says`) },
        damages: [{ kind: "column" }],
        proven: { records: count - 1 },
      });
    });
  });
}
