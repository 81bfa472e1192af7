import { PGlite } from "@electric-sql/pglite";
import { Pool } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { startPostgresOrSkip } from "../../../../test/services/postgres.ts";
import { NOW, samplePage } from "../../test/sample.ts";
import { makeSealedLog, ORIGIN, SIGNER } from "../../test/sealed-log.ts";
import { type LogDatabase, queryTexts } from "../database.ts";
import { formatCheckpoint } from "../note/checkpoint.ts";
import { signNote } from "../note/open.ts";
import type { Bundle } from "./bundle.ts";
import { checkBundle } from "./check-bundle.ts";
import { proveRecord } from "./prove-record.ts";

const TRUST = { keys: [SIGNER.verifierKey], origin: ORIGIN };
const BATCHES = 40;

const postgres = await startPostgresOrSkip("proving on PostgreSQL");
const pool = new Pool({ connectionString: postgres?.url, max: 4 });
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

/** A database that counts the rows it gave, and how often it was asked. */
function counting(database: LogDatabase): {
  readonly database: LogDatabase;
  readonly read: { rows: number; statements: number };
} {
  const read = { rows: 0, statements: 0 };
  const query: LogDatabase["query"] = async (text, values) => {
    const result = await database.query(text, values);
    read.rows += result.rows.length;
    read.statements++;
    return result;
  };
  return { database: { query }, read };
}

const check = (bundle: Bundle) => checkBundle(JSON.parse(JSON.stringify(bundle)), TRUST);

async function newestNote(database: LogDatabase): Promise<string> {
  const [row] = await queryTexts(database, "select note from garim.log_checkpoint order by no desc limit 1");
  return row?.["note"] ?? "";
}

for (const { name, database, isMissing } of databases) {
  describe.skipIf(isMissing)(`proveRecord on ${name}`, () => {
    let count = 0;

    const noteOf = async (size: number): Promise<string> => {
      const [row] = await queryTexts(
        database,
        "select note from garim.log_checkpoint where size = $1::text::bigint",
        [String(size)],
      );
      return row?.["note"] ?? "";
    };

    beforeAll(async () => {
      vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
      const log = await makeSealedLog(database);
      for (let batch = 0; batch < BATCHES; batch++) {
        const size = 1 + (batch % 5);
        await log.append(Array.from({ length: size }, (_, i) => samplePage(i, { at: NOW + batch })));
        await log.seal();
        count += size;
      }
      await log.close();
      vi.useRealTimers();
    });

    it("proves every record to whoever has the public key", async () => {
      for (let seq = 1; seq <= count; seq++) {
        const verdict = check(await proveRecord(database, { record: seq }));
        expect(verdict).toMatchObject({ isProven: true, record: { seq }, checkpoint: { size: BATCHES } });
      }
    });

    it("proves the first record and the last by every checkpoint, and that each goes on from one before", async () => {
      for (let size = 1; size <= BATCHES; size++) {
        const [row] = await queryTexts(
          database,
          "select (first_seq + size - 1)::text as last from garim.log_batch where no = $1::text::bigint",
          [String(size)],
        );
        for (const record of [1, Number(row?.["last"])]) {
          const older = Math.ceil(size / 3);
          const since = await noteOf(older);
          const verdict = check(await proveRecord(database, { record, checkpoint: size, since }));
          expect(verdict).toMatchObject({
            isProven: true,
            record: { seq: record },
            checkpoint: { size, at: NOW + size * 1_000 },
            since: { size: older },
          });
        }
      }
    });

    it("finds a record by its id, in whatever case it is written", async () => {
      const { id } = await proveRecord(database, { record: 57 });
      for (const record of [id, id.toUpperCase()])
        expect(await proveRecord(database, { record })).toEqual(await proveRecord(database, { record: 57 }));
    });

    it("leads to the first checkpoint that covers a record, where that is asked for", async () => {
      const verdict = check(await proveRecord(database, { record: 4, checkpoint: "first" }));
      expect(verdict).toMatchObject({ isProven: true, checkpoint: { size: 3 } });
    });

    it("leads to no checkpoint before the one that somebody kept", async () => {
      const verdict = check(
        await proveRecord(database, { record: 4, checkpoint: "first", since: await noteOf(9) }),
      );
      expect(verdict).toMatchObject({ isProven: true, checkpoint: { size: 9 }, since: { size: 9 } });
      await expect(
        proveRecord(database, { record: 4, checkpoint: 8, since: await noteOf(9) }),
      ).rejects.toMatchObject({
        code: "ERR_GARIM_QUERY_INVALID",
        message: expect.stringMatching(/batch 9 is needed/),
      });
    });

    it("reads few rows, whatever the size of the log", async () => {
      const { database: counted, read } = counting(database);
      await proveRecord(counted, { record: 90, since: await noteOf(23) });
      // The batch by its place, its leaves in one row, the checkpoint, and the nodes of two proofs.
      expect(read.rows).toBeLessThanOrEqual(3 + 2 * (2 * Math.ceil(Math.log2(BATCHES)) + 1));
      expect(read.rows).toBeGreaterThan(5);
    });
  });

  describe.skipIf(isMissing)(`proveRecord on ${name}, where somebody changed the log`, () => {
    let older: string;

    /** Four batches: of 1, 3, 3 and 1 records; all but the last are sealed. */
    beforeEach(async () => {
      vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
      const log = await makeSealedLog(database);
      for (const size of [1, 3, 3]) {
        await log.append(Array.from({ length: size }, (_, i) => samplePage(i)));
        await log.seal();
      }
      older = (await proveRecord(database, { record: 1, checkpoint: "first" })).proof
        .split("\n\n")
        .slice(1)
        .join("\n\n");
      await log.close();
      await log.append([samplePage(1)]);
      vi.useRealTimers();
    });

    it.each([
      [
        "a byte of the record",
        "update garim.log_record set body = set_byte(body, octet_length(body) - 1, get_byte(body, octet_length(body) - 1) # 1) where seq = 3",
      ],
      [
        "its pseudonyms",
        "update garim.log_record set subjects = array[subjects[2], subjects[1]] where seq = 3",
      ],
      ["the leaf beside it", "update garim.log_record set leaf = sha256(leaf) where seq = 4"],
      ["its batch's root", "update garim.log_batch set root = sha256(root) where no = 2"],
      [
        "its batch's moment",
        "update garim.log_batch set recorded_at = recorded_at - interval '1 ms' where no = 2; update garim.log_record set recorded_at = recorded_at - interval '1 ms' where seq between 2 and 4",
      ],
      ["its batch's size", "update garim.log_batch set size = 2 where no = 2"],
      ["a size that is none", "update garim.log_batch set size = -3 where no = 3"],
      ["another batch", "update garim.log_batch set root = sha256(root) where no = 1"],
      ["a record beside it", "delete from garim.log_record where seq = 4"],
      ["a node", "update garim.log_node set hash = sha256(hash)"],
      ["a node that is gone", "delete from garim.log_node"],
      ["a batch that is gone", "delete from garim.log_batch where no = 3"],
      ["the checkpoint", "update garim.log_checkpoint set note = replace(note, 'shop', 'shoq')"],
      ["a checkpoint that is none", "update garim.log_checkpoint set note = 'x'"],
    ])("says so rather than write what proves nothing: %s", async (_, change) => {
      for (const statement of change.split("; ")) await database.query(statement);
      // The way of the second batch leads past the first and the third, that of the third past their node.
      const record = change.includes("log_node") ? 5 : 3;
      await expect(proveRecord(database, { record, since: older })).rejects.toMatchObject({
        code: expect.stringMatching(/^ERR_GARIM_(?:PROOF|RECORD)_INVALID$/),
      });
    });

    it.each([
      ["no such record", { record: 9 }, /holds no record 9/],
      [
        "a record that is gone",
        { record: 2 },
        /holds no record 2/,
        "delete from garim.log_record where seq = 2",
      ],
      [
        "a record that no checkpoint covers yet",
        { record: 8 },
        /No checkpoint covers record 8 yet \(batch 4/,
      ],
      [
        "a checkpoint before the record",
        { record: 5, checkpoint: 1 },
        /no checkpoint of 1 batches that covers/,
      ],
      [
        "a log without checkpoints",
        { record: 1 },
        /No checkpoint covers/,
        "delete from garim.log_checkpoint",
      ],
      ["neither an id nor a place", { record: "x" }, /by its place in the log/],
    ])("refuses %s, and says what to do", async (_, request, message, change = "select 1") => {
      await database.query(change);
      await expect(proveRecord(database, request)).rejects.toMatchObject({
        code: "ERR_GARIM_QUERY_INVALID",
        message: expect.stringMatching(message),
      });
    });

    it("goes on from no checkpoint of another log, nor from one that is none", async () => {
      const other = Buffer.from(
        await signNote(
          formatCheckpoint({ origin: ORIGIN, size: 2, root: new Uint8Array(32), extensions: [] }),
          [SIGNER],
        ),
      ).toString("utf8");
      for (const since of [other, older.replace(ORIGIN, "other.example/log"), "x"])
        await expect(proveRecord(database, { record: 1, since })).rejects.toMatchObject({
          code: "ERR_GARIM_PROOF_INVALID",
        });
    });

    it("says that the database fails where it does", async () => {
      const failing: LogDatabase = { query: () => Promise.reject(new Error("away")) };
      await expect(proveRecord(failing, { record: 1 })).rejects.toMatchObject({
        code: "ERR_GARIM_LOG_UNAVAILABLE",
        cause: new Error("away"),
      });
    });
  });

  describe.skipIf(isMissing)(`proveRecord on ${name}, of a longer log`, () => {
    it("asks as often and reads hardly more rows than of a short one", async () => {
      vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
      const log = await makeSealedLog(database);
      const counts: (readonly [number, number])[] = [];
      for (const batches of [16, 1_008]) {
        for (let batch = 0; batch < batches; batch++) await log.append([samplePage(0)]);
        await log.seal();
        const { database: counted, read } = counting(database);
        const since = await newestNote(database);
        expect(check(await proveRecord(counted, { record: 11, since }))).toMatchObject({
          isProven: true,
          since: { size: counts.length === 0 ? 16 : 1_024 },
        });
        counts.push([read.rows, read.statements]);
      }
      await log.close();
      vi.useRealTimers();
      const [[short = 0, few] = [], [long = 0, many] = []] = counts;
      expect(many).toBe(few);
      // Six levels more.
      expect(long - short).toBeLessThanOrEqual(2 * 6);
    });
  });
}
