import { type Access, createAccessLog } from "@garim/audit";
import { Pool } from "pg";
import { processorTime } from "./log/cpu.ts";
import { KEYS, PAGE, viewOf } from "./log/view.ts";
import { batches, makePlainTable, type PlainRow, readSamples, singles, type Write } from "./log/writer.ts";
import { type BenchRow, median } from "./row.ts";
import { onServices } from "./server/services.ts";

const CLIENTS = 256;
const ROUNDS = 9;
const ROUND_MS = 2_000;
const POOL = 64;

const SUBJECT = `durable, hashed, ordered appends of views of ${PAGE} orders at ${CLIENTS} clients`;
const BATCHES = "unordered, unhashed batch inserts into the same PostgreSQL: rows as wide, as many indexes";
const SINGLES = `one INSERT a record over a pool of ${POOL}, the same table`;
/** What a busy machine does not change; or what single writes lose by waiting for the disk, one after the other. */
type Measure = "processor" | "clock";

const UNIT = "times the records a second of processor time, of process and database together";

/** The rows about appends to the access log. */
export const rows: readonly BenchRow[] = [
  {
    id: "G1",
    subject: `${SUBJECT}, 1 node`,
    against: BATCHES,
    unit: UNIT,
    target: { atLeast: 0.6 },
    run: () => compare(1, batches, 4),
  },
  {
    id: "G1x4",
    subject: `${SUBJECT}, 4 nodes`,
    against: `${BATCHES}, 4 writers`,
    unit: UNIT,
    target: { atLeast: 0.6 },
    run: () => compare(4, batches, 4),
  },
  {
    id: "G2",
    subject: `${SUBJECT}, 1 node`,
    against: SINGLES,
    unit: "times the records a second",
    target: { atLeast: 3 },
    run: () => compare(1, singles, POOL, "clock"),
  },
  {
    id: "G2-cpu",
    subject: `${SUBJECT}, 1 node`,
    against: SINGLES,
    unit: UNIT,
    target: { atLeast: 3 },
    run: () => compare(1, singles, POOL),
  },
];

/** The median over rounds of ours to theirs, who goes first changing by the round. */
async function compare(
  nodes: number,
  plain: (pool: Pool, rows: readonly PlainRow[]) => Write,
  connections: number,
  by: Measure = "processor",
): Promise<number | undefined> {
  return onServices(["postgres"], async ({ DATABASE_URL: connectionString }) => {
    const pool = (max: number): Pool => openPool(connectionString, max);
    const pools = Array.from({ length: nodes }, () => pool(4));
    const theirPools = Array.from({ length: nodes }, () => pool(connections));
    const logs = await Promise.all(pools.map((database) => createAccessLog({ database, keys: KEYS })));
    const accesses = Array.from({ length: 64 }, (_, i) => viewOf(i));
    let next = 0;
    const ours = logs.map(
      (log): Write =>
        () =>
          log.append(accesses[next++ % accesses.length] as Access),
    );
    try {
      await Promise.all(accesses.map((_, i) => ours[i % ours.length]?.()));
      const [admin] = pools;
      if (admin === undefined) throw new Error("no pool");
      await makePlainTable(admin);
      const samples = await readSamples(admin, accesses.length);
      const theirs = theirPools.map((one) => plain(one, samples));
      return await alternate(ours, theirs, (writes) =>
        perSecond(writes, by === "processor" ? admin : undefined),
      );
    } finally {
      for (const log of logs) await log.close();
      for (const one of [...pools, ...theirPools]) await one.end();
    }
  });
}

/** Connections stay open, or the processor time of their ends would be forgotten; that the server ends is no surprise. */
function openPool(connectionString: string | undefined, max: number): Pool {
  const pool = new Pool({ ...(connectionString ? { connectionString } : {}), max, idleTimeoutMillis: 0 });
  pool.on("error", () => undefined);
  return pool;
}

async function alternate(
  ours: readonly Write[],
  theirs: readonly Write[],
  run: (writes: readonly Write[]) => Promise<number>,
): Promise<number> {
  await run(ours);
  await run(theirs);
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const first = await run(round % 2 === 0 ? ours : theirs);
    const second = await run(round % 2 === 0 ? theirs : ours);
    ratios.push(round % 2 === 0 ? first / second : second / first);
  }
  return median(ratios);
}

/** How many writes the clients get done, each after its last: in a second of processor time, or of the clock where nobody is asked. */
async function perSecond(writes: readonly Write[], admin?: Pool): Promise<number> {
  const before = admin && (await processorTime(admin));
  const start = performance.now();
  let done = 0;
  const client = async (write: Write): Promise<void> => {
    while (performance.now() - start < ROUND_MS) {
      await write();
      done++;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, i) => client(writes[i % writes.length] as Write)));
  const after = admin && (await processorTime(admin));
  const microseconds =
    before === undefined || after === undefined ? 1_000 * (performance.now() - start) : after - before;
  return (done * 1_000_000) / microseconds;
}
