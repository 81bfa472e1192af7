import {
  type AccessLog,
  type Asker,
  byActor,
  denied,
  downloads,
  findBreachScope,
  type LogFilter,
  type LogReader,
  type Narrow,
  whoSaw,
} from "@garim/audit";
import { viewOf } from "../log/view.ts";
import type { AuditorConsole } from "./console.ts";
import {
  ACTORS,
  actorName,
  FREQUENT_BUYERS,
  HOT_ACTOR,
  HOT_BUYER,
  keyName,
  RARE_BUYERS,
  TOOL_KEYS,
  type Watched,
} from "./watched.ts";

/** A log that is asked: to be read, and with the records of who asks. */
export interface Asked {
  readonly log: AccessLog;
  /** Records the log was filled with. */
  readonly total: number;
}

/** The auditor's console over the same log. */
export interface AskedOver {
  readonly console: AuditorConsole;
}

/** Something auditors ask. */
export interface ScaleQuestion {
  readonly name: string;
  /** A page of 50, or the whole answer. */
  readonly part: "page" | "whole";
  /** Whether its answer is as large in a small log as in a large one: only then its time may not grow. */
  readonly isFixed: boolean;
  /** @returns how many records the answer has; another one each round, so that nothing of it is remembered */
  ask(asked: Asked, round: number): Promise<number>;
}

/** Something auditors' pages ask, over HTTP. */
export interface ConsoleQuestion {
  readonly name: string;
  readonly part: "search" | "charts";
  /** @returns how many records the answer has, or counts */
  ask(asked: AskedOver, round: number): Promise<number>;
}

const at = (list: readonly Watched[], round: number): Watched => {
  const one = list[round % list.length];
  if (one === undefined) throw new Error("nobody is watched");
  return one;
};

const subjectOf = (one: Watched): NonNullable<Watched["subject"]> => {
  if (one.subject === undefined) throw new Error(`${one.name} is no subject`);
  return one.subject;
};

const page = async ({ log }: Asked, filter: LogFilter): Promise<number> => {
  const { entries, damaged } = await log.find(filter);
  if (damaged.length > 0) throw new Error(`a generated record is damaged: ${damaged[0]?.why}`);
  return entries.length;
};

const whole = async (reader: LogReader, filter: LogFilter): Promise<number> => {
  let found = 0;
  for await (const one of reader.walk(filter)) {
    if ("why" in one) throw new Error(`a generated record is damaged: ${one.why}`);
    found++;
  }
  return found;
};

/** As many records as a stretch of time has that is the same number of them in every log. */
const WINDOW_RECORDS = 6_000;

export const QUESTIONS: readonly ScaleQuestion[] = [
  {
    name: "who-saw, a buyer of 24 records",
    part: "page",
    isFixed: true,
    ask: (asked, round) => page(asked, whoSaw(subjectOf(at(RARE_BUYERS, round))).filter),
  },
  {
    name: "who-saw, a buyer of 1,200 records",
    part: "page",
    isFixed: true,
    ask: (asked, round) => page(asked, whoSaw(subjectOf(at(FREQUENT_BUYERS, round))).filter),
  },
  {
    name: "who-saw, a buyer of 1,200 records",
    part: "whole",
    isFixed: true,
    ask: ({ log }, round) => whole(log, whoSaw(subjectOf(at(FREQUENT_BUYERS, round))).filter),
  },
  {
    name: "who-saw, a buyer of 1 in 1,000 records",
    part: "page",
    isFixed: false,
    ask: (asked) => page(asked, whoSaw(HOT_BUYER).filter),
  },
  {
    name: "by-actor, staff of 2,400 records",
    part: "page",
    isFixed: true,
    ask: (asked, round) => page(asked, actorOf(round)),
  },
  {
    name: "by-actor, staff of 2,400 records",
    part: "whole",
    isFixed: true,
    ask: ({ log }, round) => whole(log, actorOf(round)),
  },
  {
    name: "by-actor, staff of 1 in 50 records",
    part: "page",
    isFixed: false,
    ask: (asked) => page(asked, byActor(actorName(HOT_ACTOR)).filter),
  },
  { name: "denied", part: "page", isFixed: false, ask: (asked) => page(asked, denied().filter) },
  {
    name: "downloads --no-purpose",
    part: "page",
    isFixed: false,
    ask: (asked) => page(asked, downloads({ withoutPurpose: true }).filter),
  },
  {
    name: "charts of a month, everybody",
    part: "whole",
    isFixed: false,
    ask: ({ log }, round) => charts(log, {}, round),
  },
  {
    name: "charts of a month, staff of 2,400 records, beside their past",
    part: "whole",
    isFixed: true,
    ask: ({ log }, round) => charts(log, { actor: actorName(at(ACTORS, round).actor ?? 0) }, round),
  },
  {
    name: "charts of a month, one seller of a thousand",
    part: "whole",
    isFixed: false,
    ask: ({ log }, round) => charts(log, { seller: `seller-000${round % 10}` }, round),
  },
  {
    name: "breach scope of a tool's key, 6,000 records",
    part: "whole",
    isFixed: true,
    ask: (asked, round) => scope(asked, { key: keyName(at(TOOL_KEYS, round).key ?? 0) }),
  },
  {
    name: "breach scope of a stretch of time, 6,000 records",
    part: "whole",
    isFixed: true,
    ask: (asked, round) => scope(asked, windowOf(asked.total, round)),
  },
];

const search = (
  name: string,
  path: string,
  bodyOf: (round: number) => object,
  most = 50,
): ConsoleQuestion => ({
  name,
  part: "search",
  ask: async ({ console }, round) => {
    const answer = (await console.ask(path, { ...bodyOf(round), limit: most })) as Record<string, unknown[]>;
    return (answer["entries"] ?? answer["sessions"] ?? []).length;
  },
});

const draw = (name: string, bodyOf: (round: number) => object): ConsoleQuestion => ({
  name,
  part: "charts",
  ask: async ({ console }, round) => {
    const charts = (await console.ask("charts", { ...bodyOf(round), ...chartedMonth(round) })) as {
      readonly records: number;
    };
    return charts.records;
  },
});

const staffOf = (round: number): string => actorName(at(ACTORS, round).actor ?? 0);
const buyerOf = (list: readonly Watched[], round: number): string => subjectOf(at(list, round)).id;

/** What the pages of search and of charts ask first, and narrowed in the ways they offer. */
export const CONSOLE_QUESTIONS: readonly ConsoleQuestion[] = [
  search("everything", "records", () => ({})),
  search("a month of the past", "records", chartedMonth),
  search("who-saw, a buyer of 24 records", "who-saw", (round) => ({ buyer: buyerOf(RARE_BUYERS, round) })),
  search("who-saw, a buyer of 1,200 records", "who-saw", (round) => ({
    buyer: buyerOf(FREQUENT_BUYERS, round),
  })),
  search("who-saw, a buyer of 1 in 1,000 records", "who-saw", () => ({ buyer: HOT_BUYER.id })),
  search("by-actor, staff of 2,400 records", "by-actor", (round) => ({ actor: staffOf(round) })),
  search("by-tool, nobody's name", "by-tool", (round) => ({ tool: `no-tool-${round}` })),
  search("a seller of a thousand", "records", (round) => ({ seller: `seller-000${round}` })),
  search("an address", "records", (round) => ({ ip: `203.100.100.10${round}` })),
  search("a tool's key of 6,000 records", "records", (round) => ({
    key: keyName(at(TOOL_KEYS, round).key ?? 0),
  })),
  search("tools", "records", () => ({ kind: "tool" })),
  search("downloads without a purpose", "downloads", () => ({ purpose: "none" })),
  search("denied", "denied", () => ({})),
  search("sessions of staff of 2,400 records", "sessions", (round) => ({ actor: staffOf(round) })),
  search("rights-history", "rights-history", () => ({})),
  draw("a month, everybody", () => ({})),
  draw("a month, refusals", () => ({ outcome: "refused" })),
  draw("a month, a seller of a thousand", (round) => ({ seller: `seller-000${round}` })),
  draw("a month, staff of 2,400 records, beside their past", (round) => ({ actor: staffOf(round) })),
  draw("a month, staff of 1 in 50 records, beside their past", () => ({ actor: actorName(HOT_ACTOR) })),
  draw("a month, a buyer of 1 in 1,000 records", () => ({ buyer: HOT_BUYER.id })),
];

const actorOf = (round: number): LogFilter => byActor(actorName(at(ACTORS, round).actor ?? 0)).filter;

/** In the third month, another stretch each round. */
function windowOf(total: number, round: number): Narrow {
  const from = Date.UTC(2026, 2, 5 + 3 * round);
  const millisEach = (Date.UTC(2026, 3) - Date.UTC(2026, 2)) / (total / 6);
  return { from, to: from + Math.round(WINDOW_RECORDS * millisEach) };
}

const ASKER: Asker = {
  actor: { kind: "auditor", id: "auditor-1", sellerId: null },
  session: null,
  factor: null,
  origin: { ip: "local", agent: null },
  route: "bench",
};

/** The fourth month, ending on another day each round. */
function chartedMonth(round: number): { readonly from: number; readonly to: number } {
  const to = Date.UTC(2026, 4, 1 + round);
  return { from: to - 30 * 86_400_000, to };
}

async function charts(log: AccessLog, filter: Narrow, round: number): Promise<number> {
  const { charts: drawn } = await log.desk(ASKER).charts({ ...filter, ...chartedMonth(round) });
  return drawn.records;
}

async function scope({ log }: Asked, filter: Narrow): Promise<number> {
  const { scope: found } = await findBreachScope(log.desk(ASKER), filter);
  if (!found.isWhole) throw new Error("a scope of the bench is not whole");
  return found.read;
}

/** What fills the tail of the log as life does: by appends, with indexes that grow. */
export async function appendLive(log: AccessLog, records: number): Promise<void> {
  for (let i = 0; i < records; i += 200)
    await Promise.all(
      Array.from({ length: 200 }, (_, k) => log.append({ ...viewOf((i + k) % 500), at: Date.now() })),
    );
}
