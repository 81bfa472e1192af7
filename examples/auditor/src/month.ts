import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type Asker,
  type BundleVerdict,
  checkBundle,
  denied,
  downloads,
  everything,
  filePlace,
  type Narrow,
  type Page,
  proveOnRecord,
  type Verdict,
  verifyLog,
  whoSaw,
} from "@garim/audit";
import { isGarimError, subject } from "@garim/policy";
import type { OpenLog } from "./open-log.ts";
import { formatReport } from "./report.ts";
import { reportSink } from "./report-sink.ts";
import type { Settings } from "./settings.ts";

/** One record, proved to whoever has nothing but the bundle and the log's public key. */
export interface Proof {
  readonly seq: number;
  readonly file: string;
  readonly verdict: BundleVerdict | { readonly isProven: false; readonly why: string };
}

/** What was found, but for what a pass over the whole month tells. */
export interface Findings {
  readonly verdict: Verdict;
  readonly proof: Proof | null;
  /** `null` where nobody was asked for. */
  readonly seen: Page | null;
  readonly withoutPurpose: Page;
  readonly refused: Page;
}

/** What came of it. */
export interface Done {
  readonly report: string;
  readonly isIntact: boolean;
}

/** Rows of a table; a report that needs more says so. */
const MOST_ROWS = 200;

/**
 * The month's work: asks, verifies, proves, and writes the report. Every question is on record before its answer, and the
 * report's hash before the file is there.
 *
 * @param now - of the report, UTC milliseconds
 */
export async function auditMonth(open: OpenLog, settings: Settings, now: number): Promise<Done> {
  const asker = askerOf(settings);
  const desk = open.log.desk(asker);
  const within = monthInKorea(settings.month);
  const page = { limit: MOST_ROWS };
  const { buyer } = settings;
  const seen = buyer === undefined ? null : await desk.ask(whoSaw(subject.buyer(buyer), within), page);
  const withoutPurpose = await desk.ask(downloads({ withoutPurpose: true }, within), page);
  const refused = await desk.ask(denied(within), page);
  const verdict = await verify(open, settings);
  await mkdir(settings.out, { recursive: true, mode: 0o700 });
  const proof = await prove(open, settings, asker, pick(verdict, seen));
  const report = join(settings.out, `report-${settings.month}.md`);
  const findings = { verdict, proof, seen, withoutPurpose, refused };
  const sink = reportSink(report, (offHours) => formatReport({ ...findings, offHours }, settings, now));
  await desk.export(everything(within), sink);
  return { report, isIntact: verdict.isIntact };
}

function askerOf({ auditor }: Settings): Asker {
  return {
    actor: { kind: "auditor", id: auditor, sellerId: null },
    session: null,
    factor: null,
    origin: { ip: "local", agent: "examples/auditor" },
    route: "monthly audit",
  };
}

/** Korean time is UTC+9 all year. */
function monthInKorea(month: string): Narrow {
  const [year = 0, number = 0] = month.split("-").map(Number);
  const hoursAhead = 9;
  return { from: Date.UTC(year, number - 1, 1, -hoursAhead), to: Date.UTC(year, number, 1, -hoursAhead) };
}

/** The whole log, against the copy that whoever has the database cannot change. */
function verify({ database }: OpenLog, { checkpoints, publicKeys, logName }: Settings): Promise<Verdict> {
  return verifyLog({ database, place: filePlace(checkpoints), keys: publicKeys, origin: logName });
}

/** The newest record of the spot check that a checkpoint covers; else the last one covered. */
function pick({ proven: { until } }: Verdict, seen: Page | null): number | undefined {
  const last = until?.place ?? 0;
  const newest = seen?.entries.find(({ seq }) => seq <= last)?.seq ?? last;
  return newest === 0 ? undefined : newest;
}

async function prove(
  { database, log }: OpenLog,
  { out, publicKeys: keys, logName: origin }: Settings,
  asker: Asker,
  seq: number | undefined,
): Promise<Proof | null> {
  if (seq === undefined) return null;
  const file = `proof-${seq}.json`;
  try {
    const { text } = await proveOnRecord({ log, database, asker }, { record: seq });
    await writeFile(join(out, file), text, { mode: 0o600 });
    // Offline: from here on neither the database nor the marketplace is asked.
    return { seq, file, verdict: checkBundle(JSON.parse(text), { keys, origin }) };
  } catch (error) {
    if (!isGarimError(error)) throw error;
    return { seq, file, verdict: { isProven: false, why: error.message } };
  }
}
