import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { startPostgresOrSkip } from "../services/postgres.ts";
import { type Acknowledged, readAcknowledged, startLogWriter } from "./log-writers.ts";
import { lostOf, readStoredLog } from "./stored-log.ts";

const MINUTES = 60_000;
const WRITERS = 4;
const CALLERS = 12;
const LOAD_MS = 4_000;

const postgres = await startPostgresOrSkip("four processes appending to one PostgreSQL");

describe.skipIf(postgres === undefined)("[A5] four processes that append to one log at once", () => {
  const pool = new Pool({ connectionString: postgres?.url, max: 4 });
  pool.on("error", () => undefined);
  const folder = mkdtempSync(join(tmpdir(), "garim-writers-"));
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await pool.end();
    await postgres?.stop();
  });

  it(
    "make one order without gaps, which a reader sees grow and never change",
    async () => {
      await pool.query("drop schema if exists garim cascade");
      const files = Array.from({ length: WRITERS }, (_, i) => join(folder, `${i}`));
      // All find a database without tables.
      const writers = files.map((file) => startLogWriter({ file, url: postgres?.url, callers: CALLERS }));
      let isOver = false;
      let readers: Promise<Readings>[] = [];
      try {
        await Promise.all(writers.map(({ ready }) => ready));
        readers = [readGrowing(pool, () => isOver), readGrowing(pool, () => isOver)];
        await Promise.race([sleep(LOAD_MS), Promise.all(readers)]);
        await Promise.all(writers.map((writer) => writer.finish()));
      } finally {
        isOver = true;
        await Promise.all(writers.map((writer) => writer.kill()));
      }
      const seen = await Promise.all(readers);

      const byWriter = files.map(readAcknowledged);
      const acknowledged = byWriter.flat();
      const stored = await readStoredLog(pool);
      expect(stored.faults).toEqual([]);
      expect(lostOf(acknowledged, stored)).toEqual([]);
      expect(stored.records.length).toBe(acknowledged.length);
      expect(overtaken(acknowledged)).toEqual([]);
      // It was a race: each had its share, and the readers looked on.
      for (const own of byWriter) expect(own.length).toBeGreaterThan(acknowledged.length / WRITERS / 10);
      expect(switches(byWriter)).toBeGreaterThan(50);
      for (const { looks, last } of seen) {
        expect(looks).toBeGreaterThan(20);
        expect(last.size).toBe(stored.records.length);
      }
    },
    5 * MINUTES,
  );

  it("would be caught if an order did not follow the clock", () => {
    const one = { seq: 1, id: "a", begunAt: 30n, endedAt: 40n };
    const other = { seq: 2, id: "b", begunAt: 10n, endedAt: 20n };
    expect(overtaken([one, other])).toEqual([1]);
    expect(overtaken([{ ...one, begunAt: 15n }, other])).toEqual([]);
  });
});

interface Look {
  readonly size: number;
  /** A hash over every place, leaf and batch up to here. */
  readonly digest: string;
}

interface Readings {
  readonly looks: number;
  readonly last: Look;
}

/** What a reader sees in one snapshot: where the head is, and what lies there. */
const LOOK = `select h.size::text as head, h.batches::text as head_batches, r.*, b.*,
    (select md5(string_agg(seq || ' ' || encode(leaf, 'hex'), ',' order by seq)) from garim.log_record
      where seq <= $1::text::bigint) as before
  from garim.log_head h,
    (select count(*)::text as n, coalesce(min(seq), 0)::text as first, coalesce(max(seq), 0)::text as last,
       md5(string_agg(seq || ' ' || encode(leaf, 'hex'), ',' order by seq)) as digest from garim.log_record) r,
    (select count(*)::text as batches, coalesce(sum(size), 0)::text as batched,
       count(*) filter (where first_seq <> expected)::text as misplaced
     from (select size, first_seq, 1 + coalesce(sum(size) over (order by no rows between unbounded preceding and 1 preceding), 0)
       as expected from garim.log_batch) as batch) b`;

/** Looks at the log again and again while it grows; throws at the first look that shows anything but a longer log. */
async function readGrowing(pool: Pool, isOver: () => boolean): Promise<Readings> {
  let last: Look | undefined;
  for (let looks = 1; ; looks++) {
    // Asked before the look, so that the last one sees the end.
    const isLast = isOver();
    const { rows } = await pool.query<Record<string, string>>(LOOK, [String(last?.size ?? 0)]);
    last = expectLonger(rows[0] ?? {}, last);
    if (isLast) return { looks, last };
  }
}

function expectLonger(row: Readonly<Record<string, string>>, last: Look | undefined): Look {
  const size = Number(row["head"]);
  const { head, head_batches, n, first, last: end, batches, batched, misplaced } = row;
  expect({ n, end, batched, batches, misplaced }).toEqual({
    n: head,
    end: head,
    batched: head,
    batches: head_batches,
    misplaced: "0",
  });
  if (size > 0) expect(first).toBe("1");
  // No fork: what was there is there still, at its place.
  if (last !== undefined && last.size > 0) expect(row["before"]).toBe(last.digest);
  expect(size).toBeGreaterThanOrEqual(last?.size ?? 0);
  return { size, digest: row["digest"] ?? "" };
}

/** Places of records that begun after a record of a greater place was acknowledged. */
function overtaken(acknowledged: readonly Acknowledged[]): readonly number[] {
  const found: number[] = [];
  let earliestEnd: bigint | undefined;
  for (const { seq, begunAt, endedAt } of acknowledged.toSorted((a, b) => b.seq - a.seq)) {
    if (earliestEnd !== undefined && earliestEnd < begunAt) found.push(seq);
    if (earliestEnd === undefined || endedAt < earliestEnd) earliestEnd = endedAt;
  }
  return found;
}

/** How often two neighbours in the log are of different writers. */
function switches(byWriter: readonly (readonly Acknowledged[])[]): number {
  const owners = byWriter.flatMap((own, writer) => own.map(({ seq }) => ({ seq, writer })));
  owners.sort((a, b) => a.seq - b.seq);
  return owners.filter(({ writer }, i) => i > 0 && owners[i - 1]?.writer !== writer).length;
}
