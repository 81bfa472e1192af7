import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resolvePolicy } from "@garim/policy";
import fc from "fast-check";
import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PostgresVersion, startPostgresOrSkip } from "../../../test/services/postgres.ts";
import { chain, file } from "../test/key-samples.ts";
import { makeOldLog, monthsAgo } from "../test/old-log.ts";
import { anyFilter, fillLog, isMeant } from "../test/random-log.ts";
import { asLogged, KEYS, samplePage } from "../test/sample.ts";
import { ORIGIN, SIGNER } from "../test/sealed-log.ts";
import type { LogEntry } from "./access.ts";
import { isDamaged } from "./ask/entry.ts";
import { createKeyFile } from "./keys/key-write.ts";
import { type AccessLog, createAccessLog } from "./log.ts";
import { checkBundle } from "./prove/check-bundle.ts";
import { proveRecord } from "./prove/prove-record.ts";
import { Retention } from "./retention/keeper.ts";
import { filePlace } from "./seal/file-place.ts";
import { verifyLog } from "./verify/verify-log.ts";

// Everything else runs on the newest. What differs from version to version is SQL, its planner and its functions: each way of the log
// through them is gone once here.
const OLDER: readonly PostgresVersion[] = [15, 16, 17];
const COUNT = 600;

const folder = mkdtempSync(join(tmpdir(), "garim-versions-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const WHO = {
  actor: { kind: "auditor", id: "kim", sellerId: null },
  session: null,
  factor: null,
  origin: { ip: "local", agent: null },
  route: "garim retention",
} as const;

async function walkAll(log: AccessLog): Promise<readonly LogEntry[]> {
  const all: LogEntry[] = [];
  for await (const found of log.walk({})) {
    if (isDamaged(found)) throw new Error(`record ${found.seq}: ${found.why}`);
    all.push(found);
  }
  return all;
}

for (const version of OLDER) {
  const service = await startPostgresOrSkip(`the access log on PostgreSQL ${version}`, { version });
  const database = new Pool({ connectionString: service?.url, max: 8 });
  database.on("error", () => undefined);
  afterAll(async () => {
    await database.end();
    await service?.stop();
  });
  const place = filePlace(join(folder, `copy-${version}`));
  const seal = { origin: ORIGIN, signers: { all: () => [SIGNER] }, places: [place] };
  const trusted = { database, keys: [SIGNER.verifierKey], origin: ORIGIN };

  describe.skipIf(service === undefined)(`the access log on PostgreSQL ${version}`, () => {
    let log: AccessLog;
    beforeAll(async () => {
      const { rows } = await database.query("show server_version");
      expect(rows[0].server_version).toMatch(new RegExp(`^${version}\\.`));
      log = await createAccessLog({ database, keys: KEYS, seal, production: true });
      await fillLog(log, database, COUNT);
    }, 60_000);
    afterAll(() => log.close());

    it("gives back what was appended, in one order without gaps", async () => {
      const { seq } = await log.append(samplePage(3));
      const { entries } = await log.find({}, { limit: 1 });
      expect(entries[0]).toMatchObject({ seq, access: asLogged(samplePage(3)) });
      const all = await walkAll(log);
      expect(all.map((entry) => entry.seq)).toEqual(Array.from({ length: COUNT + 1 }, (_, i) => i + 1));
    });

    it("finds exactly what a look at every record finds", async () => {
      const all = await walkAll(log);
      const filters = anyFilter([...new Set(all.map(({ recordedAt }) => recordedAt))]);
      const property = fc.asyncProperty(filters, async (filter) => {
        const meant = all.filter((entry) => isMeant(entry, filter, KEYS)).map(({ seq }) => seq);
        const { entries } = await log.find(filter, { limit: 1_000 });
        expect(entries.map(({ seq }) => seq)).toEqual([...meant].reverse());
      });
      await fc.assert(property, { numRuns: 25 });
    });

    it("reads a page of somebody by the end of their index, however many records they have", async () => {
      await database.query("analyze garim.log_record");
      const { rows } = await database.query(
        `explain (costs off) select r.seq from garim.log_record r where r.actor = any(array['anna']) and r.seq >= 1 and r.seq < 1000
          order by r.actor desc, r.seq desc limit 5`,
      );
      const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
      expect(plan).toContain("Merge Append");
      expect(plan).toMatch(/Index (Only )?Scan Backward using log_record_\d+_\d+_actor_seq_idx/);
      expect(plan).not.toContain("  Sort\n");
    });

    it("is signed, verified and proved, and a changed record is named", async () => {
      await log.append(samplePage(1));
      await expect
        .poll(async () => (await verifyLog({ ...trusted, place })).proven.records)
        .toBeGreaterThanOrEqual(COUNT + 2);
      expect(await verifyLog({ ...trusted, place, isReplay: true })).toMatchObject({
        isIntact: true,
        first: null,
      });
      const bundle = await proveRecord(database, { record: 7 });
      expect(checkBundle(bundle, trusted)).toMatchObject({ isProven: true, record: { seq: 7 } });
      const flip =
        "update garim.log_record set body = set_byte(body, 9, get_byte(body, 9) # 1) where seq = 7";
      await database.query(flip);
      expect((await verifyLog({ ...trusted, place })).first).toMatchObject({ kind: "changed", seq: 7 });
      await database.query(flip);
    });

    it("keeps what is held and destroys what is due, on record", async () => {
      await log.close();
      const [old, due] = [monthsAgo(27), monthsAgo(26)];
      await makeOldLog(database, [old, due]);
      const keyFile = join(folder, `keys-${version}`);
      createKeyFile(keyFile, file({ subjects: [chain("aaaa", monthsAgo(40), 1)] }));
      const second = filePlace(join(folder, `second-${version}`));
      log = await createAccessLog({ database, keys: KEYS, seal: { ...seal, places: [second] } });
      const retention = new Retention({
        database,
        append: (access) => log.append(access),
        who: WHO,
        policy: resolvePolicy(),
        scope: { subjects: null, hasUniqueIds: null, hasSensitive: null },
      });
      const { id } = await retention.hold({ from: Date.parse(`${due}-10`), to: null, reason: "case 1" });
      await expect.poll(async () => (await retention.plan()).months[0]?.state).toBe("destroy");
      const destroyed = await retention.destroy({
        ...trusted,
        places: [second],
        reason: "term is over",
        keyFile,
        patienceMs: 30_000,
      });
      expect(destroyed.map(({ month }) => month)).toEqual([old]);
      expect(await retention.release(id, "closed")).toMatchObject({ seq: expect.any(Number) });
      expect(await verifyLog({ ...trusted, place: second })).toMatchObject({
        isIntact: true,
        destroyed: [expect.objectContaining({ month: old })],
      });
    });
  });
}
