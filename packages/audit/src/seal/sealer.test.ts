import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import type { GarimError } from "@garim/policy";
import { Pool } from "pg";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startPostgresOrSkip } from "../../../../test/services/postgres.ts";
import { emptyLog } from "../../test/empty-log.ts";
import { KEYS, NOW, samplePage } from "../../test/sample.ts";
import { type LogDatabase, queryTexts } from "../database.ts";
import { createAccessLog } from "../log.ts";
import { Frontier } from "../merkle/tree.ts";
import { openCheckpoint } from "../note/checkpoint.ts";
import { ed25519Signer } from "../note/signer.ts";
import { parseVerifierKey } from "../note/verifier-key.ts";
import { batchLeaf } from "./batch-leaf.ts";
import { filePlace } from "./file-place.ts";
import type { CheckpointPlace } from "./place.ts";
import type { Sealed } from "./sealed.ts";
import { Sealer, type SealerOptions } from "./sealer.ts";

const ORIGIN = "shop.example/access-log";
const SIGNER = ed25519Signer(ORIGIN, new Uint8Array(32).fill(1));
const NEXT_SIGNER = ed25519Signer(ORIGIN, new Uint8Array(32).fill(2));

const postgres = await startPostgresOrSkip("sealing on PostgreSQL");
const pool = new Pool({ connectionString: postgres?.url, max: 8 });
pool.on("error", () => undefined);
const pglite = new PGlite();
const folder = mkdtempSync(join(tmpdir(), "garim-seal-"));
let count = 0;

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await Promise.all([pool.end(), pglite.close()]);
  await postgres?.stop();
});

const databases: readonly { name: string; database: LogDatabase; isMissing: boolean }[] = [
  { name: "PGlite", database: pglite, isMissing: false },
  { name: "PostgreSQL", database: pool, isMissing: postgres === undefined },
];

async function everything(place: CheckpointPlace): Promise<readonly Sealed[]> {
  const all: Sealed[] = [];
  for await (const sealed of place.read()) all.push(sealed);
  return all;
}

/** Checks a copy as a stranger would: the tree from its batches, each note over it. Answers how many batches it proves. */
async function proveCopy(
  place: CheckpointPlace,
  keys: readonly string[] = [SIGNER.verifierKey],
): Promise<number> {
  const frontier = new Frontier();
  let proven = 0;
  for (const { batches, note } of await everything(place)) {
    for (const batch of batches) {
      if (batch.no <= frontier.size) continue;
      expect(batch.no).toBe(frontier.size + 1);
      frontier.append(batchLeaf(batch));
    }
    if (note === null) continue;
    const { checkpoint } = openCheckpoint(Buffer.from(note), keys.map(parseVerifierKey), ORIGIN);
    expect(checkpoint.size).toBe(frontier.size);
    expect(Buffer.from(checkpoint.root)).toEqual(Buffer.from(frontier.root()));
    proven = checkpoint.size;
  }
  return proven;
}

for (const { name, database, isMissing } of databases) {
  describe.skipIf(isMissing)(`Sealer on ${name}`, () => {
    const sealers: Sealer[] = [];
    let now = NOW;
    let place: CheckpointPlace;
    let faults: GarimError[];

    const open = (more: Partial<SealerOptions> = {}): Sealer => {
      const options = { origin: ORIGIN, signers: { all: () => [SIGNER] }, places: [place] };
      const onFault = (error: GarimError) => void faults.push(error);
      const sealer = new Sealer({ ...options, database, clock: () => now, onFault, ...more });
      sealers.push(sealer);
      return sealer;
    };
    const log = async () => createAccessLog({ database, keys: KEYS, clock: () => now });
    const append = async (records: number) => {
      const one = await log();
      for (let i = 0; i < records; i++) await one.append(samplePage(1));
    };
    const notes = async () => (await everything(place)).filter(({ note }) => note !== null).length;

    beforeEach(async () => {
      // Its own ticks never come by themselves here: each test says when.
      vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
      now = NOW;
      faults = [];
      place = filePlace(join(folder, String(count++)), () => now);
      await emptyLog(database);
    });
    afterEach(async () => {
      await Promise.all(sealers.splice(0).map((sealer) => sealer.close()));
      vi.useRealTimers();
    });

    it("[A4] puts every batch into the tree and signs it, in the database and outside", async () => {
      const sealer = open();
      await append(3);
      await sealer.seal();
      await append(2);
      await sealer.seal();
      await vi.waitFor(async () => expect(await proveCopy(place)).toBe(5));
      const stored = await queryTexts(
        database,
        "select size::text, note from garim.log_checkpoint order by no",
      );
      expect(stored.map((row) => row["size"])).toEqual(["3", "5"]);
      expect(stored.map((row) => row["note"])).toEqual((await everything(place)).map(({ note }) => note));
      const leaves = (await everything(place)).flatMap(({ batches }) =>
        batches.flatMap((batch) => batch.leaves ?? []),
      );
      const rows = await queryTexts(
        database,
        "select encode(leaf, 'hex') as leaf from garim.log_record order by seq",
      );
      expect(leaves.map((leaf) => Buffer.from(leaf).toString("hex"))).toEqual(rows.map((row) => row["leaf"]));
      expect(faults).toEqual([]);
    });

    it("signs nothing anew while nothing comes, but once a minute that it is alive", async () => {
      const sealer = open();
      await append(1);
      for (const [ms, expected] of [
        [0, 1],
        [1_000, 1],
        [58_999, 1],
        [1, 2],
        [59_999, 2],
      ] as const) {
        now += ms;
        await sealer.seal();
        await vi.waitFor(async () => expect(await notes()).toBe(expected));
      }
      expect(await proveCopy(place)).toBe(1);
    });

    it("is done by one node at a time, and taken over when that one is silent", async () => {
      const [first, second] = [open(), open()];
      await append(1);
      await first.seal();
      await append(1);
      await second.seal();
      await vi.waitFor(async () => expect(await notes()).toBe(1));
      await database.query(
        "update garim.log_sealer set until = clock_timestamp() - interval '1 millisecond'",
      );
      await second.seal();
      await append(1);
      await first.seal();
      await second.seal();
      await vi.waitFor(async () => expect(await proveCopy(place)).toBe(3));
      expect(faults).toEqual([]);
    });

    it("is given away at the end, after a last seal", async () => {
      const [first, second] = [open(), open()];
      await append(1);
      await first.close();
      expect(await proveCopy(place)).toBe(1);
      await append(1);
      await second.close();
      expect(await proveCopy(place)).toBe(2);
    });

    it("goes on where it was, whatever the size of the tree", async () => {
      for (let size = 1; size <= 17; size++) {
        const sealer = open();
        await append(1);
        await sealer.close();
        expect(faults).toEqual([]);
        expect(await proveCopy(place)).toBe(size);
      }
    });

    it("makes up for what a place missed while it was away", async () => {
      let isAway = true;
      const flaky: CheckpointPlace = {
        ...place,
        write: (parts) => (isAway ? Promise.reject(new Error("EIO")) : place.write(parts)),
      };
      const sealer = open({ places: [flaky] });
      for (let i = 0; i < 3; i++) {
        await append(1);
        await sealer.seal();
      }
      await vi.waitFor(() => expect(faults).toHaveLength(1));
      expect(faults[0]).toMatchObject({ code: "ERR_GARIM_LOG_UNAVAILABLE", cause: new Error("EIO") });
      isAway = false;
      await append(1);
      await sealer.seal();
      await vi.waitFor(async () => expect(await proveCopy(place)).toBe(4));
    });

    it("lets a place that hangs hold up nobody", async () => {
      const hung: CheckpointPlace = { ...place, name: "hung", write: () => new Promise(() => undefined) };
      const sealer = open({ places: [hung, place] });
      for (let i = 1; i <= 3; i++) {
        await append(1);
        await sealer.seal();
        await vi.waitFor(async () => expect(await proveCopy(place)).toBe(i));
      }
      sealers.splice(0);
    });

    it("writes to a place only as often as that wants, and then the newest", async () => {
      const slow: CheckpointPlace = { ...place, everySeconds: 60 };
      const sealer = open({ places: [slow] });
      for (let i = 0; i < 5; i++) {
        await append(1);
        await sealer.seal();
        await vi.waitFor(async () => expect(await notes()).toBe(1));
        now += 14_000;
      }
      now += 4_000;
      await append(1);
      await sealer.seal();
      await vi.waitFor(async () => expect(await proveCopy(place)).toBe(6));
      expect(await notes()).toBe(2);
    });

    it("signs with the old key and the new one while keys are changed", async () => {
      let signers = [SIGNER];
      const sealer = open({ signers: { all: () => signers } });
      await append(1);
      await sealer.seal();
      await vi.waitFor(async () => expect(await notes()).toBe(1));
      signers = [NEXT_SIGNER, SIGNER];
      await append(1);
      await sealer.seal();
      await vi.waitFor(async () => expect(await notes()).toBe(2));
      signers = [NEXT_SIGNER];
      await append(1);
      await sealer.seal();
      await vi.waitFor(async () =>
        expect(await proveCopy(place, [SIGNER.verifierKey, NEXT_SIGNER.verifierKey])).toBe(3),
      );
      expect(faults).toEqual([]);
    });

    it("[A4] signs no database that was set back behind what is kept outside", async () => {
      const sealer = open();
      await append(3);
      await sealer.close();
      await database.query("drop schema garim cascade");
      await append(2);
      const other = open();
      await other.seal();
      expect(faults).toEqual([expect.objectContaining({ code: "ERR_GARIM_PROOF_INVALID" })]);
      expect(await queryTexts(database, "select note from garim.log_checkpoint")).toEqual([]);
      await other.seal();
      expect(faults).toHaveLength(1);
    });

    it.each([
      ["a stored node", "update garim.log_node set hash = sha256(hash)"],
      ["a batch that is a node of its own", "update garim.log_batch set root = sha256(root) where no = 3"],
    ])("[A4] signs no tree in which somebody changed %s", async (_, change) => {
      const sealer = open();
      await append(3);
      await sealer.close();
      await database.query(change);
      await append(1);
      await open().seal();
      expect(faults).toEqual([expect.objectContaining({ code: "ERR_GARIM_PROOF_INVALID" })]);
    });

    it("says once that the database is away, and goes on when it is back", async () => {
      let isDown = true;
      const flaky: LogDatabase = {
        query: (text, values) => (isDown ? Promise.reject(new Error("down")) : database.query(text, values)),
      };
      const sealer = open({ database: flaky });
      await append(1);
      await sealer.seal();
      await sealer.seal();
      expect(faults).toEqual([expect.objectContaining({ code: "ERR_GARIM_LOG_UNAVAILABLE" })]);
      isDown = false;
      await sealer.seal();
      await vi.waitFor(async () => expect(await proveCopy(place)).toBe(1));
    });
  });
}
