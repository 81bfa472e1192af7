import { PGlite } from "@electric-sql/pglite";
import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startPostgresOrSkip } from "../../../../test/services/postgres.ts";
import { NOW, samplePage } from "../../test/sample.ts";
import { makeSealedLog, ORIGIN, SIGNER } from "../../test/sealed-log.ts";
import { type LogDatabase, queryTexts } from "../database.ts";
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

/** A database that counts the rows it gave. */
function counting(database: LogDatabase): {
  readonly database: LogDatabase;
  readonly read: { rows: number };
} {
  const read = { rows: 0 };
  const query: LogDatabase["query"] = async (text, values) => {
    const result = await database.query(text, values);
    read.rows += result.rows.length;
    return result;
  };
  return { database: { query }, read };
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
    const check = (bundle: Bundle) => checkBundle(JSON.parse(JSON.stringify(bundle)), TRUST);

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

    it("reads few rows, whatever the size of the log", async () => {
      const { database: counted, read } = counting(database);
      await proveRecord(counted, { record: 90, since: await noteOf(23) });
      // The batch by its place, its leaves in one row, the checkpoint, and the nodes of two proofs.
      expect(read.rows).toBeLessThanOrEqual(3 + 2 * (2 * Math.ceil(Math.log2(BATCHES)) + 1));
      expect(read.rows).toBeGreaterThan(5);
    });
  });
}
