import { PGlite } from "@electric-sql/pglite";
import fc from "fast-check";
import { Pool } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { startPostgresOrSkip } from "../../../../test/services/postgres.ts";
import { KEYS, NOW, sampleOrder, samplePage } from "../../test/sample.ts";
import {
  forgeTree,
  keepTables,
  LinePlace,
  ORIGIN,
  restoreTables,
  SIGNER,
  sealStretches,
} from "../../test/stretches.ts";
import { type LogDatabase, queryTexts } from "../database.ts";
import { createAccessLog } from "../log.ts";
import { formatCheckpoint } from "../note/checkpoint.ts";
import { signNote } from "../note/open.ts";
import { ed25519Signer } from "../note/signer.ts";
import { formatSealed, parseSealed } from "../seal/sealed.ts";
import { isOfRecord } from "./damage.ts";
import type { VerifyState } from "./state.ts";
import type { Verdict } from "./verdict.ts";
import { verifyLog } from "./verify-log.ts";

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

/** The record most changes are made to. */
const at = 150;

/** Changes one character after a text. */
function spoil(line: string, after: string): string {
  const i = line.indexOf(after) + after.length + 20 * Number(after.endsWith(" "));
  const digit = line[i] === "1" ? "2" : "1";
  return line.slice(0, i) + digit + line.slice(i + 1);
}

for (const { name, database, isMissing } of databases) {
  describe.skipIf(isMissing)(`verifyLog on ${name}`, { timeout: 120_000 }, () => {
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
      await database.query("truncate garim.log_kept, garim.log_kept_batch");
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

    it("comes to the same by texts as by bytes, with and without making decisions again", async () => {
      const query = vi.spyOn(database, "query");
      const asked = (): number =>
        query.mock.calls.filter(([text]) => text.includes("string_agg(bytes")).length;
      const { waitingCount: _, connect: __, ...rest } = database as Pool;
      const texts: LogDatabase = { ...rest, query: (text, values) => database.query(text, values) };
      for (const isReplay of [false, true]) {
        const options = { place, keys: [SIGNER.verifierKey], origin: ORIGIN, isReplay };
        query.mockClear();
        const verdict = await verifyLog({ database, ...options });
        expect(asked() > 0).toBe(database !== pool);
        expect(await verifyLog({ database: texts, ...options })).toEqual(verdict);
        expect([asked() > 0, verdict.bytes > 100_000]).toEqual([true, true]);
      }
      query.mockRestore();
    });

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
      // As long as it was, and other at its end.
      ...["kind", "actor", "ip", "action", "outcome", "seller", "session", "purpose"].map((column) => [
        column,
        `left(${column}, -1) || '~'`,
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

    it.each<[string, (lines: string[]) => readonly string[], RegExp]>([
      [
        "a line lost",
        (lines) => lines.toSpliced(1, 1),
        /the copy lost batches 8 to 15 \(before its entry 2\)/,
      ],
      [
        "a hash changed",
        (lines) => lines.with(1, spoil(lines[1] ?? "", '"leaves":"')),
        /the copy of batch 8 was changed/,
      ],
      [
        "a moment changed",
        (lines) => lines.with(2, spoil(lines[2] ?? "", '"at":')),
        /the copy of batch 16 was changed/,
      ],
      [
        "lines swapped",
        ([a = "", b = "", c = "", ...more]) => [a, c, b, ...more],
        /the copy was reordered: batches 8 to 15 stand after later ones, at its entry 3/,
      ],
      [
        "a signature changed",
        (lines) => lines.with(1, spoil(lines[1] ?? "", "access-log ")),
        /the checkpoint at entry 2 of the copy proves nothing/,
      ],
      [
        "a line that is cut",
        (lines) => lines.with(3, lines[3]?.slice(0, 200) ?? ""),
        /entry 4 of the copy cannot be read/,
      ],
      [
        "the end cut off",
        (lines) => lines.slice(0, 3),
        /the copy ends with the checkpoint over \d+ batches, and the database has one over \d+ that was signed \d+ minutes later/,
      ],
      [
        "a batch repeated with other hashes",
        (lines) => [...lines, spoil(lines[1] ?? "", '"leaves":"')],
        /entry \d of the copy repeats batch 8 with other hashes/,
      ],
      ["nothing left", () => [], /the copy holds no checkpoint that a trusted key signed/],
    ])("[A4] blames the copy, not the log, for %s", async (_, spoiled, what) => {
      place.lines = [...spoiled([...copy])];
      const verdict = await verify();
      expect(verdict.first).toMatchObject({ kind: "copy", what: expect.stringMatching(what) });
      expect(verdict.damages.map(({ kind }) => kind)).not.toContain("changed");
      expect(verdict.isIntact).toBe(false);
    });

    it("still proves all that a copy with a lost line and an intact database say together", async () => {
      place.lines = copy.toSpliced(1, 2);
      expect(await verify()).toMatchObject({ proven: { records: count, until: { place: count } } });
    });

    it("proves nothing after a line that is lost where the database was changed, too", async () => {
      place.lines = copy.toSpliced(1, 1);
      await database.query("update garim.log_batch set root = sha256(root) where no = 9");
      const { damages, proven, unsealed } = await verify();
      expect(damages).toContainEqual(
        expect.objectContaining({
          kind: "copy",
          what: expect.stringMatching(/after batch 7 the copy proves nothing .* batch 8 is missing/),
        }),
      );
      expect(proven.until?.place).toBeLessThan(100);
      expect(unsealed).toEqual({ first: Number(proven.until?.place) + 1, last: count });
    });

    it("takes a copy that says things twice, as a place that was written to by two nodes does", async () => {
      place.lines = [...copy.slice(0, 2), ...copy, ...copy.slice(1, 2)];
      expect(await verify()).toMatchObject({ isIntact: true, damages: [] });
    });

    it("[A4] says that the log is forked where the copy has two signed histories", async () => {
      const text = formatCheckpoint({ origin: ORIGIN, size: 7, root: new Uint8Array(32), extensions: [] });
      const note = Buffer.from(await signNote(text, [SIGNER])).toString("utf8");
      place.lines = [...copy, formatSealed({ batches: [], note })];
      expect((await verify()).first).toMatchObject({
        kind: "forked",
        what: expect.stringMatching(/two histories/),
      });
    });

    it("[A4] names a record that was changed with every hash, tree and checkpoint, signed by another key", async () => {
      await database.query(
        `update garim.log_record set body = set_bit(body, 100, 1 - get_bit(body, 100)) where seq = ${at}`,
      );
      await forgeTree(database, ed25519Signer(ORIGIN, new Uint8Array(32).fill(9)));
      expect((await verify()).first).toMatchObject({ kind: "changed", seq: at, last: at });
    });

    it("[A4] says that the log is forked from there where a key of ours signed that", async () => {
      await database.query(
        `update garim.log_record set body = set_bit(body, 100, 1 - get_bit(body, 100)) where seq = ${at}`,
      );
      await forgeTree(database, SIGNER);
      expect((await verify()).first).toMatchObject({ kind: "forked", seq: at });
      await database.query("delete from garim.log_record where seq = 5");
      expect((await verify()).damages).toMatchObject([
        { kind: "missing", seq: 5 },
        { kind: "forked", seq: at },
        ...Array.from({ length: (await verify()).damages.length - 2 }, () => ({ kind: "tree" })),
      ]);
    });

    it("[A4] names where a database that was set back to a backup went on", async () => {
      await database.query(
        "delete from garim.log_record where seq > (select first_seq + size - 1 from garim.log_batch where no = 15)",
      );
      await database.query(
        "update garim.log_head set (size, batches, recorded_at) = (select first_seq + size - 1, 15, recorded_at from garim.log_batch where no = 15)",
      );
      await database.query("delete from garim.log_batch where no > 15");
      await database.query("delete from garim.log_checkpoint where size > 15");
      await database.query("delete from garim.log_node where (index + 1) * 2 ^ level > 15");
      await database.query("update garim.log_sealer set size = 15");
      const [row] = await queryTexts(database, "select size::text from garim.log_head");
      const first = Number(row?.["size"]) + 1;
      await sealStretches(database, new LinePlace(), [{ batches: [200], moment: "2031-02-03T00:00:00Z" }]);
      expect((await verify()).first).toMatchObject({ kind: "forked", seq: first });
      place.lines = [...copy];
      await database.query("delete from garim.log_checkpoint where size > 15");
      expect((await verify()).first).toMatchObject({ kind: "changed", seq: first });
    });

    it("tells records that no checkpoint covers yet", async () => {
      const log = await createAccessLog({ database, keys: KEYS });
      for (let i = 0; i < 3; i++) await log.append(samplePage(1));
      await log.close();
      expect(await verify()).toMatchObject({
        isIntact: true,
        proven: { records: count, until: { place: count } },
        unsealed: { first: count + 1, last: count + 3 },
      });
      await database.query(
        `update garim.log_record set body = set_bit(body, 100, 1 - get_bit(body, 100)) where seq = ${count + 2}`,
      );
      expect(await verify()).toMatchObject({
        isIntact: false,
        first: {
          kind: "changed",
          seq: count + 2,
          last: count + 2,
          what: expect.stringContaining("not yet under a checkpoint"),
        },
        proven: { records: count },
      });
    });

    it("makes every decision again, and lists those that come out otherwise", async () => {
      const wrong = sampleOrder(1);
      const log = await createAccessLog({ database, keys: KEYS });
      await log.append(
        samplePage(0, { records: [sampleOrder(0), { ...wrong, disclosure: sampleOrder(2).disclosure }] }),
      );
      await log.append(samplePage(1, { policy: { edition: "kr-2099-01-01", overrides: {} } }));
      await log.close();
      const { replay, isIntact } = await verifyLog({
        database,
        place,
        keys: [SIGNER.verifierKey],
        origin: ORIGIN,
        isReplay: true,
      });
      expect(replay?.decisions).toBeGreaterThan(100);
      expect(replay).toMatchObject({
        differences: [
          {
            seq: count + 1,
            record: 2,
            recorded: expect.stringMatching(/^reveal/),
            recomputed: expect.any(String),
          },
        ],
        unknown: [{ seq: count + 2, edition: "kr-2099-01-01" }],
      });
      expect(isIntact).toBe(true);
    });

    it("[V16.4.2] [A4] finds and names any single byte that is changed, wherever in a record it stands", async () => {
      const someChange = fc.record({
        seq: fc.integer({ min: 1, max: count }),
        where: fc.constantFrom("body", "subjects", "column"),
        share: fc.double({ min: 0, max: 0.999, noNaN: true }),
        by: fc.integer({ min: 1, max: 255 }),
        column: fc.constantFrom("kind", "actor", "ip", "action", "outcome", "seller", "session", "purpose"),
      });
      await fc.assert(
        fc.asyncProperty(someChange, async ({ seq, where, share, by, column }) => {
          const flip = (bytes: string, i: string): string =>
            `set_byte(${bytes}, ${i}, get_byte(${bytes}, ${i}) # ${by})`;
          const place = (length: string): string => `floor(${length} * ${share}::float8)::int`;
          const changes = {
            body: `body = ${flip("body", place("octet_length(body)"))}`,
            subjects: `subjects = (select array_agg(case when i = 1 + ${place("cardinality(subjects)")}
              then encode(${flip("uuid_send(one)", "7")}, 'hex')::uuid else one end order by i)
              from unnest(subjects) with ordinality as s(one, i))`,
            column: `${column} = overlay(${column} placing chr(${0x3000 + by}) from 1 + ${place(`length(${column})`)} for 1)`,
          };
          const { rows } = await database.query(
            `update garim.log_record r set ${changes[where]} where seq = ${seq}
              and (${where === "subjects" ? "cardinality(subjects) > 0" : where === "column" ? `${column} <> ''` : "true"}) returning 1`,
          );
          const verdict = await verify();
          await database.query(
            `update garim.log_record r set (body, subjects, kind, actor, ip, action, outcome, seller, session, purpose) =
              (k.body, k.subjects, k.kind, k.actor, k.ip, k.action, k.outcome, k.seller, k.session, k.purpose)
              from kept.log_record k where k.seq = r.seq and r.seq = ${seq}`,
          );
          if (rows.length === 0) expect(verdict.isIntact).toBe(true);
          else
            expect(verdict).toMatchObject({
              isIntact: false,
              first: { kind: where === "column" ? "column" : "changed", seq, last: seq },
              damages: [{ seq }],
              proven: { records: count - 1 },
            });
        }),
        { numRuns: 60 },
      );
    });

    describe("with a copy that has only the roots of batches", () => {
      beforeEach(() => {
        place.lines = copy.map((line) => {
          const { batches, note } = parseSealed(line);
          return formatSealed({ batches: batches.map((batch) => ({ ...batch, leaves: null })), note });
        });
      });

      it("proves as much", async () => {
        expect(await verify()).toMatchObject({ isIntact: true, proven: { records: count } });
      });

      it("[A4] names a record that was changed, by the stored hashes that make the root", async () => {
        await database.query(
          `update garim.log_record set purpose = null, body = set_byte(body, 8, 1) where seq = ${at}`,
        );
        expect(await verify()).toMatchObject({
          first: { kind: "changed", seq: at, last: at },
          damages: [{}],
          proven: { records: count - 1 },
        });
      });

      it("[A4] names the batch where the stored hash was changed, too", async () => {
        await database.query(`update garim.log_record set body = set_byte(body, 8, 1) where seq = ${at}`);
        await database.query(`update garim.log_record set leaf = ${LEAF} where seq = ${at}`);
        const { first, damages } = await verify();
        expect([first, damages.length]).toEqual([expect.objectContaining({ kind: "changed" }), 1]);
        expect(first?.seq).toBeLessThanOrEqual(at);
        expect(first?.last).toBeGreaterThanOrEqual(at);
        expect(first?.what).toMatch(/the copy outside has only its root/);
      });
    });

    describe("with a month that was destroyed", () => {
      /** Puts on record that January was destroyed, and seals that. */
      const destroy = async (isSealed: boolean, more: object = {}): Promise<number> => {
        const [row] = await queryTexts(database, "select max(seq)::text from garim.log_record_2031_01");
        const last = Number(row?.["max"]);
        const log = await createAccessLog({ database, keys: KEYS });
        const detail = { month: "2031-01", first: 1, last, ...more };
        await log.append(samplePage(0, { action: "destroy-records", outcome: "done", detail }));
        await log.close();
        if (isSealed)
          await sealStretches(database, place, [{ batches: [2], moment: "2031-02-05T00:00:00Z" }], {
            from: NOW + 9e6,
          });
        await database.query("drop table garim.log_record_2031_01");
        return last;
      };

      it("takes what is gone on a proven record for no damage, and lists it", async () => {
        const last = await destroy(true);
        const verdict = await verify();
        expect(verdict).toMatchObject({
          isIntact: true,
          damages: [],
          destroyed: [{ month: "2031-01", first: 1, last, by: count + 1 }],
        });
        expect(verdict.proven.records).toBe(Number(verdict.proven.until?.place) - last);
      });

      it.each([["with every leaf"], ["with roots only"]])(
        "proves what is kept of it by a copy %s, and names what was changed there",
        async (how) => {
          const [batch] = await queryTexts(
            database,
            "select b.no::text, b.first_seq::text as first, b.size::text from garim.log_batch b where b.size > 5 order by b.no limit 1",
          );
          const [no, kept] = [batch?.["no"] ?? "", Number(batch?.["first"]) + 2];
          await database.query(
            `insert into garim.log_kept select * from garim.log_record where seq = ${kept}`,
          );
          await database.query(`insert into garim.log_kept_batch select ${no}, string_agg(leaf, '' order by seq) from garim.log_record
          where seq >= ${batch?.["first"]} and seq < ${batch?.["first"]}::bigint + ${batch?.["size"]}`);
          await destroy(true);
          if (how === "with roots only")
            place.lines = place.lines.map((line) => {
              const { batches, note } = parseSealed(line);
              return formatSealed({ batches: batches.map((one) => ({ ...one, leaves: null })), note });
            });
          expect(await verify()).toMatchObject({ isIntact: true, destroyed: [{ by: count + 1 }] });
          await database.query("update garim.log_kept set actor = 'x'");
          expect((await verify()).first).toMatchObject({ kind: "column", seq: kept });
          await database.query("update garim.log_kept set body = set_byte(body, 8, 1)");
          expect((await verify()).first).toMatchObject({ kind: "changed", seq: kept });
          await database.query("update garim.log_kept set seq = 299");
          expect((await verify()).first).toMatchObject({ kind: "inserted", seq: 299 });
        },
      );

      it.each<[string, boolean, object, readonly string[]]>([
        ["is not under a checkpoint", false, {}, []],
        [
          "was changed",
          true,
          {},
          [`update garim.log_record set body = set_byte(body, 8, 1) where action = 'destroy-records'`],
        ],
        ["says less", true, { last: 20 }, []],
        [
          "is another's place",
          true,
          { month: 7 },
          [
            `insert into garim.log_record select ${COLUMNS.replace("recorded_at", "recorded_at - interval '1 hour'").replace("leaf", "leaf").replace("body", "decode(replace(encode(body, 'hex'), '656d6f6e746807', '656d6f6e746867323033312d3031'), 'hex')")} from garim.log_record where action = 'destroy-records'`,
          ],
        ],
        ["names no month", true, { month: 7 }, []],
        ["names another month", true, { month: "2031-02" }, []],
      ])(
        "[A4] says that the month is missing where the record of it %s",
        async (_, isSealed, detail, changes) => {
          await destroy(isSealed, detail);
          for (const change of changes) await database.query(change);
          const { first, isIntact } = await verify();
          expect([isIntact, first?.kind]).toEqual([false, "missing"]);
          expect(first?.seq).toBe("last" in detail ? 11 : 1);
        },
      );
    });

    describe("from a checkpoint that was kept", () => {
      const noteOf = (line: number): string => parseSealed(copy[line] ?? "").note ?? "";
      const verifyFrom = (from: string, more: object = {}): Promise<Verdict> =>
        verifyLog({ database, place, keys: [SIGNER.verifierKey], origin: ORIGIN, from, ...more });
      const changeAt = (seq: number) =>
        database.query(`update garim.log_record set body = set_byte(body, 8, 1) where seq = ${seq}`);

      it("reads only what came after it, and says where that begins", async () => {
        const read: number[] = [];
        const verdict = await verifyFrom(noteOf(1), {
          onProgress: (records: number) => void read.push(records),
        });
        const { knownUntil, proven } = verdict;
        expect(verdict).toMatchObject({ isIntact: true, proven: { records: count - knownUntil } });
        expect([knownUntil > 30, proven.until?.place, read.at(-1)]).toEqual([
          true,
          count,
          count - knownUntil,
        ]);
        await changeAt(knownUntil);
        await database.query("insert into garim.log_kept select * from garim.log_record where seq = 5");
        await database.query("update garim.log_kept set actor = 'x'");
        expect((await verifyFrom(noteOf(1))).isIntact).toBe(true);
        await changeAt(knownUntil + 1);
        expect((await verifyFrom(noteOf(1))).first).toMatchObject({ kind: "changed", seq: knownUntil + 1 });
      });

      it("[A4] says so where the copy is of another history, or ends before it", async () => {
        const size = Number(noteOf(1).split("\n")[1]);
        const text = formatCheckpoint({ origin: ORIGIN, size, root: new Uint8Array(32), extensions: [] });
        const note = Buffer.from(await signNote(text, [SIGNER])).toString("utf8");
        expect((await verifyFrom(note)).first).toMatchObject({ kind: "forked", seq: 1 });
        place.lines = copy.slice(0, 2);
        const { isIntact, damages } = await verifyFrom(noteOf(3));
        expect([isIntact, damages.map(({ what }) => what).join()]).toEqual([
          false,
          expect.stringMatching(/the copy proves \d+ batches, and the checkpoint that was given covers \d+/),
        ]);
      });

      it("refuses one that no trusted key signed, and a state that was begun otherwise", async () => {
        const keys = [ed25519Signer(ORIGIN, new Uint8Array(32).fill(9)).verifierKey];
        await expect(verifyFrom(noteOf(1), { keys })).rejects.toThrow();
        const states: VerifyState[] = [];
        await verifyFrom(noteOf(1), { onState: (state: () => VerifyState) => void states.push(state()) });
        await expect(
          verifyLog({
            database,
            place,
            keys: [SIGNER.verifierKey],
            origin: ORIGIN,
            resume: states.at(-1) as VerifyState,
          }),
        ).rejects.toThrow(/was begun from a checkpoint over \d+ batches/);
      });
    });

    describe("which was interrupted", () => {
      /** Every state there was, as it would be read back. */
      const statesOf = async (): Promise<readonly VerifyState[]> => {
        const states: VerifyState[] = [];
        const onState = (state: () => VerifyState) => void states.push(JSON.parse(JSON.stringify(state())));
        await verifyLog({ ...options(), onState, isReplay: true });
        return states;
      };
      const options = () => ({ database, place, keys: [SIGNER.verifierKey], origin: ORIGIN });

      it("comes to the same verdict from wherever it goes on", async () => {
        await database.query("delete from garim.log_record where seq = 5");
        await database.query("update garim.log_record set body = set_byte(body, 8, 1) where seq = 60");
        await database.query("update garim.log_record set actor = 'x' where seq = 90");
        await database.query("update garim.log_node set hash = sha256(hash) where level = 2");
        const whole = await verifyLog({ ...options(), isReplay: true });
        expect(whole.damages.length).toBeGreaterThan(3);
        const states = await statesOf();
        expect(states.length).toBeGreaterThan(2);
        for (const resume of states) {
          const checked: number[] = [];
          const onProgress = (records: number) => void checked.push(records);
          expect(await verifyLog({ ...options(), isReplay: true, resume, onProgress })).toEqual(whole);
          expect(checked.every((records) => records > resume.counts.checked)).toBe(true);
        }
      });

      it("refuses a state of another copy, place or way", async () => {
        const [state] = (await statesOf()).slice(-1);
        if (state === undefined) throw new Error("there was no state");
        const other = { ...state, tree: { ...state.tree, root: "00" } };
        for (const [resume, message] of [
          [{ ...state, place: "elsewhere" }, /is of shop.example\/access-log at elsewhere/],
          [{ ...state, isReplay: false }, /was begun without/],
          [{ ...state, version: 2 } as unknown as VerifyState, /of another version/],
          [other, /is of another copy/],
        ] as const)
          await expect(verifyLog({ ...options(), isReplay: true, resume })).rejects.toThrow(message);
        place.lines = copy.slice(0, 2);
        await expect(verifyLog({ ...options(), isReplay: true, resume: state })).rejects.toThrow(
          /was longer/,
        );
      });
    });
  });
}
