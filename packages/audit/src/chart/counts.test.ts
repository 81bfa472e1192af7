import { PGlite } from "@electric-sql/pglite";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { anyFilter, fillLog, isMeant } from "../../test/random-log.ts";
import { KEYS, samplePage } from "../../test/sample.ts";
import type { LogEntry } from "../access.ts";
import { isDamaged } from "../ask/entry.ts";
import type { LogFilter } from "../ask/filter.ts";
import { type AccessLog, createAccessLog } from "../log.ts";
import { countUp } from "./counter.ts";
import type { Counted } from "./hour-count.ts";

const HOUR = 3_600_000;
const COUNT = 400;
const database = new PGlite();
let log: AccessLog;
let all: LogEntry[];

beforeAll(async () => {
  log = await createAccessLog({ database, keys: KEYS });
  await fillLog(log, database, COUNT);
  all = await walkAll();
}, 60_000);
afterAll(async () => {
  await log.close();
  await database.close();
});

async function walkAll(): Promise<LogEntry[]> {
  const found: LogEntry[] = [];
  for await (const one of log.walk({})) if (!isDamaged(one)) found.push(one);
  return found;
}

/** What a look at every record counts. */
function countByHand(meant: readonly LogEntry[]): Pick<Counted, "hours" | "tools"> {
  const subjectsOf = ({ access }: LogEntry) =>
    access.records.reduce((sum, one) => sum + one.subjects.length, access.asked?.length ?? 0);
  const sum = <T>(keys: readonly T[], of: (entry: LogEntry) => T) =>
    keys.map((key) => meant.filter((entry) => JSON.stringify(of(entry)) === JSON.stringify(key)));
  const hourOf = ({ recordedAt, access }: LogEntry) =>
    [Math.floor(recordedAt / HOUR) * HOUR, access.outcome] as const;
  const distinct = <T>(keys: readonly T[]): T[] => [
    ...new Map(keys.map((key) => [JSON.stringify(key), key])).values(),
  ];
  const total = (entries: readonly LogEntry[]) => ({
    records: entries.length,
    subjects: entries.reduce((count, entry) => count + subjectsOf(entry), 0),
  });
  const hours = distinct(meant.map(hourOf));
  const ofTools = meant.filter(({ access }) => access.actor.kind === "tool");
  const tools = distinct(ofTools.map(({ access }) => access.actor.id));
  return {
    hours: sum(hours, hourOf).map((entries, i) => ({
      hour: hours[i]?.[0] ?? 0,
      outcome: hours[i]?.[1] ?? "done",
      ...total(entries),
    })),
    tools: tools.map((tool) => {
      const entries = ofTools.filter(({ access }) => access.actor.id === tool);
      return {
        tool,
        ...total(entries),
        refused: entries.filter(({ access }) => access.outcome === "refused").length,
      };
    }),
  };
}

const sorted = ({ hours, tools }: Pick<Counted, "hours" | "tools">) => ({
  hours: hours.map((one) => JSON.stringify(one)).toSorted(),
  tools: tools.map((one) => JSON.stringify(one)).toSorted(),
});

/** Moments of whole hours, as the desk asks. */
const wholeHours = ({ from, to, ...rest }: LogFilter): LogFilter => ({
  ...rest,
  ...(from === undefined ? {} : { from: Math.floor(from / HOUR) * HOUR }),
  ...(to === undefined ? {} : { to: Math.ceil(to / HOUR) * HOUR }),
});

async function expectSame(filter: LogFilter): Promise<void> {
  const meant = all.filter((entry) => isMeant(entry, filter, KEYS));
  const counted = await log.count(filter);
  // Tools are counted by whole days where nobody looks at records; by hand it is by the hour.
  const isAhead = Object.keys(filter).every((name) =>
    ["kind", "actions", "outcome", "from", "to"].includes(name),
  );
  const hasMoments = filter.from !== undefined || filter.to !== undefined;
  const byHand = sorted(countByHand(meant));
  expect(sorted(counted).hours).toEqual(byHand.hours);
  if (!(isAhead && hasMoments)) expect(sorted(counted).tools).toEqual(byHand.tools);
}

describe("log.count", () => {
  it("counts by whatever filter what a look at every record counts, though nobody counted ahead", async () => {
    const filters = anyFilter([...new Set(all.map(({ recordedAt }) => recordedAt))]);
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => expectSame(wholeHours(filter))),
      { numRuns: 60 },
    );
  });

  it("counts the same when a part, and when all of it is counted ahead, and what comes after", async () => {
    const count = (most: number) =>
      database.query("select garim.count_up($1::text::integer)", [String(most)]);
    const filters: readonly LogFilter[] = [
      {},
      { kind: "tool" },
      { outcome: "refused" },
      { actions: ["view", "download"] },
    ];
    await count(150);
    for (const filter of filters) await expectSame(filter);
    while ((await countUp(database)) > 0);
    for (const filter of filters) await expectSame(filter);
    const { rows } = await database.query<{ left: string }>(
      "select (h.size - c.seq)::text as left from garim.log_head h, garim.log_counted c",
    );
    expect(rows).toEqual([{ left: "0" }]);
    await log.append(samplePage(2));
    all = await walkAll();
    for (const filter of filters) await expectSame(filter);
    expect(await countUp(database)).toBe(1);
    await expectSame({});
  });

  it("takes a tool's days whole, from the one that begins the stretch to the one that ends it", async () => {
    const { actor } = samplePage(1);
    const tool = samplePage(1, { actor: { ...actor, kind: "tool", id: "day-tool" } });
    await log.append(tool);
    await countUp(database);
    const at = (await walkAll()).at(-1)?.recordedAt ?? 0;
    const from = Math.floor(at / HOUR) * HOUR;
    const named = (filter: LogFilter) => log.count(filter).then(({ tools }) => tools.map((one) => one.tool));
    expect(await named({ from, to: from + HOUR })).toContain("day-tool");
    expect(await named({ from: from + 48 * HOUR })).not.toContain("day-tool");
    expect(await named({ kind: "staff" })).toEqual([]);
    all = await walkAll();
  });

  it("keeps who sees one seller to that seller, whatever is counted ahead", async () => {
    const within = log.within({ sellerId: "S1" });
    const { hours } = await within.count({});
    const records = hours.reduce((sum, one) => sum + one.records, 0);
    expect(records).toBe(all.filter(({ access }) => access.actor.sellerId === "S1").length);
    expect((await within.count({ seller: "S2" })).hours).toEqual([]);
  });
});

describe("desk.charts", () => {
  const desk = () =>
    log.desk({
      actor: { kind: "auditor", id: "kim", sellerId: null },
      session: null,
      factor: null,
      origin: { ip: "local", agent: null },
      route: "POST /auditor/charts",
    });

  it("has the question on record first, with the stretch it came to", async () => {
    const [first, last] = [all[0]?.recordedAt ?? 0, all.at(-1)?.recordedAt ?? 0];
    const { charts, record } = await desk().charts({ from: first, to: last + 1, actor: "anna" });
    const meant = all.filter(({ access }) => access.actor.id === "anna");
    expect(charts.records).toBe(meant.length);
    const { entries } = await log.find({}, { limit: 1 });
    expect(entries[0]).toMatchObject({
      seq: record.seq,
      access: {
        action: "log-query",
        detail: { verb: "charts", actor: "anna", from: charts.from, to: charts.to },
      },
    });
  });

  it("does not count the question itself, asked of one or of all", async () => {
    const stretch = { from: all[0]?.recordedAt ?? 0, to: (all.at(-1)?.recordedAt ?? 0) + 1 };
    const before = (await log.count({ actor: "kim" })).hours.reduce((sum, one) => sum + one.records, 0);
    expect((await desk().charts({ ...stretch, actor: "kim" })).charts.records).toBe(before);
    const { charts, record } = await desk().charts(stretch);
    expect(charts.records).toBe(record.seq - 1);
  });

  it("compares an actor with their own past, and nobody else", async () => {
    const last = all.at(-1)?.recordedAt ?? 0;
    const stretch = { from: last - 80 * HOUR, to: last };
    expect((await desk().charts({ ...stretch, actor: "anna" })).charts.past).toHaveLength(4);
    expect((await desk().charts(stretch)).charts.past).toEqual([]);
  });

  it("refuses what cannot be asked, and records nothing of it", async () => {
    const { entries: before } = await log.find({}, { limit: 1 });
    await expect(desk().charts({ from: 0, to: 500 * 24 * HOUR })).rejects.toMatchObject({
      code: "ERR_GARIM_QUERY_INVALID",
    });
    expect((await log.find({}, { limit: 1 })).entries[0]?.seq).toBe(before[0]?.seq);
  });
});
