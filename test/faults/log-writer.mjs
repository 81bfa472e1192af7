// Appends to the access log from many callers at once until its input ends, and writes down each record only after it was
// acknowledged: "place id begun ended", moments in nanoseconds of the clock that all processes of a machine share.
import { closeSync, openSync, writeSync } from "node:fs";
import { parseArgs } from "node:util";
import { createAccessLog } from "@garim/audit";
import { ALL_KINDS, decideDisclosure, resolvePolicy, subject } from "@garim/policy";

const { values } = parseArgs({
  options: {
    file: { type: "string" },
    url: { type: "string" },
    folder: { type: "string" },
    callers: { type: "string" },
    early: { type: "boolean" },
  },
});

const policy = resolvePolicy();

function access(i) {
  const at = Date.now();
  const line = { paidAt: at - 86_400_000, deliveredAt: null, purposeEndedAt: null, claims: [] };
  const facts = { lines: [line], surface: "view", allowed: ALL_KINDS, secondFactorAt: at };
  const disclosure = decideDisclosure(facts, at, policy);
  const record = { schema: "orderLine", subjects: [subject.buyer(`b-${i}`)], lines: [line], disclosure };
  return {
    at,
    actor: { kind: "staff", id: `staff-${process.pid}`, sellerId: "seller-1" },
    session: null,
    factor: { method: "totp", at },
    origin: { ip: "203.0.113.7", agent: null },
    action: "view",
    outcome: "disclosed",
    reason: null,
    route: "GET /orders",
    purpose: "fulfilment",
    policy: { edition: policy.edition.id, overrides: policy.overrides },
    surface: "view",
    allowed: ALL_KINDS,
    profile: "pipc",
    records: Array.from({ length: i % 4 }, () => record),
  };
}

async function openDatabase() {
  if (values.folder !== undefined) {
    const { PGlite } = await import("@electric-sql/pglite");
    return PGlite.create(values.folder);
  }
  const { default: pg } = await import("pg");
  return new pg.Pool({ connectionString: values.url, max: 4 });
}

/** A database that lies: it says a record is appended before it is. The tests must notice. */
function early(database) {
  return {
    query(text, parameters) {
      if (!text.startsWith("select garim.append(")) return database.query(text, parameters);
      setTimeout(() => database.query(text, parameters).catch(() => {}), 50);
      return Promise.resolve({ rows: [{ first: "1", batch: parameters[0] }] });
    },
  };
}

const database = await openDatabase();
const log = await createAccessLog({
  database: values.early ? early(database) : database,
  keys: { all: () => [{ id: "2026-11", key: new Uint8Array(32).fill(7) }] },
  timeoutMs: 60_000,
});

const file = openSync(values.file, "a");
let isOver = false;
let count = 0;

async function appendUntilOver() {
  while (!isOver) {
    const begun = process.hrtime.bigint();
    const { seq, id } = await log.append(access(count++));
    writeSync(file, `${seq} ${id} ${begun} ${process.hrtime.bigint()}\n`);
  }
}

writeSync(1, "ready\n");
process.stdin.on("end", () => {
  isOver = true;
});
process.stdin.resume();
await Promise.all(Array.from({ length: Number(values.callers) }, appendUntilOver));
await log.close();
await (database.end?.() ?? database.close());
closeSync(file);
