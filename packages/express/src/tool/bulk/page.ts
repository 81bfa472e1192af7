import type { AnswerWriter } from "@garim/masking";
import { GarimError, type Reason, type Refuse } from "@garim/policy";
import type { Request } from "express";
import { type Passage, tookLong } from "../../answer/passage.ts";
import type { Settings } from "../../start/settings.ts";
import { judgeSchedules } from "../../step-up/admission.ts";
import { checkAgain, findEnd, findOverrun, recordShares } from "../answer.ts";
import { callerOf, type ToolCaller } from "../caller.ts";
import type { ToolGround } from "../desk.ts";
import { type AnswerJudge, type JudgedRecord, judgeRecord } from "../judge-answer.ts";
import { owePurges, purgeMoment } from "../purge.ts";
import { readyFor } from "../ready.ts";
import { createVerdicts } from "../verdicts.ts";
import type { ToolVisitor } from "../visitor.ts";
import type { BulkOptions } from "./options.ts";

/** A page judged, written and on record: it may leave. */
export interface BulkPage {
  readonly kind: "page";
  /** One record each, as JSON. */
  readonly lines: readonly Uint8Array[];
  /** The key the next page comes after; `null` where there is none. */
  readonly next: string | null;
  readonly leftOut: ReadonlyMap<Reason, number>;
  /** The id of its first access record. */
  readonly recordId: string;
}

/** A page that is not given. */
export interface BulkEnd {
  readonly kind: "end";
  readonly refusal: Refuse;
  /** With the wait a tool is told of. */
  readonly passage: Passage;
}

/** One reading of a tool's. */
export interface BulkRun<R> {
  readonly passage: Passage;
  readonly visitor: ToolVisitor;
  readonly options: Required<BulkOptions<R>>;
  readonly writer: AnswerWriter;
  /** Names of the schemas of its records. */
  readonly schemas: readonly string[];
  readonly ground: ToolGround;
  readonly settings: Settings;
}

/**
 * Reads a page and gets it ready to leave: what is granted, paid and confirmed is asked at this moment, for each page anew.
 *
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE`, `ERR_GARIM_LOG_*`, `ERR_GARIM_ANSWER_*`, `ERR_GARIM_RECORD_INVALID`
 */
export async function readPage<R>(
  run: BulkRun<R>,
  after: string | null,
  limit: number,
): Promise<BulkPage | BulkEnd> {
  const { passage, visitor, options, schemas, ground, settings } = run;
  await readyFor(visitor, ground);
  const rows = await options.read({ caller: requireCaller(passage.req), after, limit, req: passage.req });
  if (rows.length > limit) throw tooMany(limit);
  await readyFor(visitor, ground);
  const judgedAt = performance.now();
  const at = settings.clock();
  const { records, leftOut, rowsLeft } = judgeRows(run, rows, at);
  // At once, before anything is waited for: the rows are the host's.
  const lines = rowsLeft.map((row) => writeRow(run, row, at));
  const over = await findOverrun(passage, visitor, records, ground);
  if (over !== undefined) return { kind: "end", ...over };
  await readyFor(visitor, ground);
  const end = findEnd(visitor, settings.clock(), ground) ?? (await judgeSchedules(schemas, settings));
  if (end !== undefined) return { kind: "end", refusal: end, passage };
  ground.watch.answered(visitor, passage.req, records);
  const { desk } = ground;
  const ids = await recordShares(passage, visitor, { records, leftOut }, at, settings);
  await owePurges(desk.purges, visitor.toolId, records, at, settings.policy);
  if (tookLong(judgedAt)) await checkAgain(visitor, records, schemas, settings);
  const last = rows.length < limit ? undefined : rows.at(-1);
  const next = last === undefined ? null : readKey(options.keyOf(last));
  return { kind: "page", lines, next, leftOut, recordId: ids[0] ?? "" };
}

/** A row, and the records in it: the row's own first. */
interface JudgedRow {
  readonly value: unknown;
  readonly records: readonly JudgedRecord[];
}

function judgeRows<R>({ visitor, writer, ground, settings }: BulkRun<R>, rows: readonly R[], now: number) {
  const { policy } = settings;
  const verdictOf = createVerdicts(visitor, now, ground.sources);
  const judge: AnswerJudge = { verdictOf, orders: visitor.asked?.orders ?? null, now, policy };
  const leftOut = new Map<Reason, number>();
  const rowsLeft: JudgedRow[] = [];
  for (const value of rows) {
    const verdicts = writer.find(value).map((found) => judgeRecord(found, judge));
    const refused = verdicts.find((verdict) => "kind" in verdict);
    if (refused === undefined) rowsLeft.push({ value, records: verdicts as readonly JudgedRecord[] });
    else leftOut.set(refused.reason, (leftOut.get(refused.reason) ?? 0) + 1);
  }
  return { records: rowsLeft.flatMap(({ records }) => records), leftOut, rowsLeft };
}

const BRACE = 0x7d;

/** The record as JSON, and in it until when it must be destroyed. */
function writeRow<R>(
  { writer, settings: { policy } }: BulkRun<R>,
  { value, records }: JudgedRow,
  now: number,
): Uint8Array {
  const found = records.map((record) => record.found);
  const bytes = writer.write(
    value,
    found,
    records.map(({ recorded }) => recorded.disclosure),
  );
  const [first] = records;
  if (first === undefined || bytes.at(-1) !== BRACE) return bytes;
  const comma = bytes.length > 2 ? "," : "";
  const purge = `${comma}"_purgeBy":"${new Date(purgeMoment(first, now, policy)).toISOString()}"}`;
  return Buffer.concat([bytes.subarray(0, -1), Buffer.from(purge)]);
}

function requireCaller(req: Request): ToolCaller {
  const caller = callerOf(req);
  if (caller === null) throw new Error("a tool that was let in is known");
  return caller;
}

const LONGEST_KEY = 256;

function readKey(key: unknown): string {
  if (typeof key === "string" && key !== "" && key.length <= LONGEST_KEY) return key;
  throw new GarimError(
    "ERR_GARIM_ANSWER_SHAPE",
    `keyOf() of garim.tools.bulk() gave no text of 1 to ${LONGEST_KEY} characters; write keyOf: (line) => String(line.id)`,
  );
}

function tooMany(limit: number): GarimError {
  return new GarimError(
    "ERR_GARIM_ANSWER_TOO_LARGE",
    `read() of garim.tools.bulk() gave more than the ${limit} records it was asked for; bound its query by limit`,
  );
}
