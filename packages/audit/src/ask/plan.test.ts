import { PGlite } from "@electric-sql/pglite";
import { subject } from "@garim/policy";
import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgresOrSkip } from "../../../../test/services/postgres.ts";
import { KEYS } from "../../test/sample.ts";
import type { LogDatabase } from "../database.ts";
import { createAccessLog } from "../log.ts";
import { makePseudonym } from "../pseudonym.ts";
import type { LogFilter } from "./filter.ts";
import { createLogReader } from "./reader.ts";
import type { Search } from "./search.ts";
import { findStatement } from "./statement.ts";

const postgres = await startPostgresOrSkip("the plans of questions on PostgreSQL");
const pool = new Pool({ connectionString: postgres?.url, max: 2 });
pool.on("error", () => undefined);
const pglite = new PGlite();

afterAll(async () => {
  await Promise.all([pool.end(), pglite.close()]);
  await postgres?.stop();
});

const ROWS = 40_000;
/** Records of one batch, and the seconds between two batches: the log spans three months. */
const BATCH = 100;
const STEP = 18_000;

const WHOM = subject.buyer("b-1");
const [key] = KEYS.all(0);
const PSEUDONYM = makePseudonym(key?.key ?? new Uint8Array(32), WHOM);

/** A large log in three statements: bodies of the size of a page of orders, which no question decodes here. */
const FILL: readonly string[] = [
  `select garim.cover(timestamptz '2031-01-01Z' + n * interval '1 month') from generate_series(0, 3) as n`,
  `insert into garim.log_batch (no, id, first_seq, size, recorded_at, root)
    select n, gen_random_uuid(), (n - 1) * ${BATCH} + 1, ${BATCH}, timestamptz '2031-01-01Z' + n * interval '${STEP} seconds',
      decode(repeat('00', 32), 'hex')
    from generate_series(1, ${ROWS / BATCH}) as n`,
  `insert into garim.log_record (seq, recorded_at, at, kind, actor, seller, session, ip, action, outcome, purpose, target, key, leaf,
      subjects, body)
    select n, timestamptz '2031-01-01Z' + ((n - 1) / ${BATCH} + 1) * interval '${STEP} seconds', now(),
      case when n % 7 = 0 then 'tool' else 'staff' end, case when n < ${ROWS / 2} and n % 2 = 1 then 'bulk' else 'actor-' || n % 500 end, 'seller-' || n % 100, 'session-' || n % 5000,
      '203.0.113.' || n % 250, case when n % 10 = 0 then 'log-in' when n % 97 = 0 then 'download' else 'view' end,
      case when n % 50 = 0 then 'refused' else 'disclosed' end, case when n % 5 = 0 then null else 'fulfilment' end,
      case when n % 400 = 0 then 'actor-' || n % 500 end, case when n % 7 = 0 then 'key-' || n % 3 end, decode(repeat('00', 32), 'hex'),
      array[gen_random_uuid(), case when n % 4000 = 0 then '${PSEUDONYM}'::uuid else gen_random_uuid() end],
      decode(repeat('ab', 600), 'hex')
    from generate_series(1, ${ROWS}) as n`,
  "analyze garim.log_record",
  "analyze garim.log_batch",
];

/** What `EXPLAIN (FORMAT JSON)` says of a step. */
interface Step {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly "Subplans Removed"?: number;
  readonly Plans?: readonly Step[];
}

function stepsOf(step: Step): readonly Step[] {
  return [step, ...(step.Plans ?? []).flatMap(stepsOf)];
}

/** Asks, and gives the plan of every statement that was run for it. */
async function plansOf(database: LogDatabase, filter: LogFilter, within?: string): Promise<readonly Step[]> {
  const asked: [string, unknown[]][] = [];
  const listening: LogDatabase = {
    query: (text, values = []) => {
      if (/log_record|log_batch/.test(text)) asked.push([text, values]);
      return database.query(text, values);
    },
  };
  const reader = await createLogReader({ database: listening, keys: KEYS });
  const scoped = within === undefined ? reader : reader.within({ sellerId: within });
  await scoped.find(filter, { before: ROWS - 17 });
  for await (const _ of scoped.walk(filter)) break;
  const explained = asked.map(async ([text, values]) => {
    const { rows } = await database.query(`explain (format json) ${text}`, values);
    const [{ Plan }] = (rows as [{ "QUERY PLAN": [{ Plan: Step }] }])[0]["QUERY PLAN"];
    return stepsOf(Plan);
  });
  return (await Promise.all(explained)).flat();
}

const databases: readonly { name: string; database: LogDatabase; isMissing: boolean }[] = [
  { name: "PGlite", database: pglite, isMissing: false },
  { name: "PostgreSQL", database: pool, isMissing: postgres === undefined },
];

const DAY_IN_FEBRUARY = {
  from: Date.parse("2031-02-10T00:00:00Z"),
  to: Date.parse("2031-02-11T00:00:00Z"),
};

for (const { name, database, isMissing } of databases) {
  describe.skipIf(isMissing)(`the plans of questions on ${name}`, () => {
    beforeAll(async () => {
      await (await createAccessLog({ database, keys: KEYS })).close();
      for (const statement of FILL) await database.query(statement);
    }, 120_000);

    it.each<[string, LogFilter, string?]>([
      ["seq", {}],
      ["seq", { kind: "tool" }],
      ["seq", { kind: "courier", hasPurpose: false }],
      ["seq", { hasPurpose: false }],
      ["seq", { actions: ["view", "download"] }],
      ["seq", DAY_IN_FEBRUARY],
      ["subjects", { subject: WHOM }],
      ["subjects", { subject: subject.buyer("nobody") }],
      ["subjects|seq", { subject: WHOM, actor: "actor-0", ...DAY_IN_FEBRUARY }],
      ["actor", { actor: "actor-7" }],
      ["actor", { actor: "nobody" }],
      // A quarter of all records, none of them lately: by place, half the log would be walked through first.
      ["actor", { actor: "bulk" }],
      ["actor", { actor: "actor-7", hasPurpose: false }],
      ["actor", { actor: "actor-7", kind: "tool" }],
      ["actor|refused", { actor: "actor-7", outcome: "refused" }],
      ["actor", { actor: "actor-7", ...DAY_IN_FEBRUARY }],
      ["seller", { seller: "seller-7" }],
      ["seller", { seller: "seller-7", actions: ["download"], hasPurpose: false }],
      ["session", { session: "session-10" }],
      ["session", { session: "nobody" }],
      ["session", { session: "session-10", actions: ["log-in", "log-out"] }],
      ["ip", { ip: "203.0.113.7" }],
      ["key", { key: "key-1" }],
      ["target", { target: "actor-0" }],
      ["target", { person: "actor-0", actions: ["change-roles", "grant-tool"] }],
      ["action", { actions: ["download"] }],
      ["action", { actions: ["download"], hasPurpose: false, ...DAY_IN_FEBRUARY }],
      ["action", { actions: ["change-roles", "grant-tool", "revoke-grant", "download"] }],
      ["refused", { outcome: "refused" }],
      ["refused", { outcome: "refused", kind: "tool", hasPurpose: false }],
      ["seller", {}, "seller-7"],
      ["seller|refused", { outcome: "refused" }, "seller-7"],
      ["subjects", { subject: WHOM }, "seller-7"],
      ["actor", { actor: "actor-7" }, "seller-7"],
    ])("go by an index, that of %s, for %j", async (column, filter, within) => {
      const steps = await plansOf(database, filter, within);
      const scanned = steps.filter((step) => step["Relation Name"]?.startsWith("log_record"));
      expect(
        steps.filter((step) => step["Node Type"] === "Seq Scan" && isFilled(step["Relation Name"])),
      ).toEqual([]);
      const indexes = steps
        .map((step) => step["Index Name"] ?? "")
        .filter((one) => one.startsWith("log_record"));
      expect(scanned.length).toBeGreaterThan(0);
      expect(indexes.filter((one) => isIndexOf(column, one))).not.toEqual([]);
    });

    it("plans for no month but those a filter's moments are in", async () => {
      const steps = await plansOf(database, { subject: WHOM, ...DAY_IN_FEBRUARY });
      const months = steps
        .map((step) => step["Relation Name"] ?? "")
        .filter((one) => /_\d{4}_\d\d$/.test(one));
      expect([...new Set(months)]).toEqual(["log_record_2031_02"]);
      expect(steps.filter((step) => (step["Subplans Removed"] ?? 0) > 0)).toEqual([]);
    });

    it("plans for no month but those a window is in", async () => {
      const day = (text: string): string => String(Date.parse(text) * 1_000);
      const search: Search = {
        filter: { subject: WHOM },
        pseudonyms: [PSEUDONYM],
        sessionActors: [],
        within: undefined,
        places: {
          first: 5_000,
          end: 20_000,
          since: day("2031-02-02T00:00:00Z"),
          until: day("2031-02-20T00:00:00Z"),
        },
        limit: 50,
        order: "newest",
      };
      const { text = "", values = [] } = findStatement(search, "log_record") ?? {};
      const { rows } = await database.query(`explain (format json) ${text}`, values);
      const [{ Plan }] = (rows as [{ "QUERY PLAN": [{ Plan: Step }] }])[0]["QUERY PLAN"];
      const months = stepsOf(Plan).flatMap((step) => step["Relation Name"] ?? []);
      expect([...new Set(months)]).toEqual(["log_record_2031_02"]);
      expect(stepsOf(Plan).filter((step) => (step["Subplans Removed"] ?? 0) > 0)).toEqual([]);
    });
  });
}

/** An empty month may be looked through: there is nothing in it. */
function isFilled(table: string | undefined): boolean {
  return /^log_record_2031_0[123]$/.test(table ?? "");
}

/** Indexes of partitions are named by their columns: `log_record_2031_01_actor_seq_idx`, that of refusals by the place alone. */
function isIndexOf(ways: string, index: string): boolean {
  return ways
    .split("|")
    .some((way) => index.replace(/^log_record_\d+_\d+_/, "") === (NAMES[way] ?? `${way}_seq_idx`));
}

const NAMES: Readonly<Record<string, string>> = { seq: "pkey", refused: "seq_idx", subjects: "subjects_idx" };
