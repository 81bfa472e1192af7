import type { RecordedDisclosure } from "@garim/audit";
import type { AnswerWriter, FoundRecord } from "@garim/masking";
import {
  type Disclosure,
  decideDisclosure,
  type Policy,
  type Reason,
  type Refuse,
  refuse,
} from "@garim/policy";
import { linesOf, subjectsOf } from "../reveal/disclose.ts";
import { leaveOut } from "./leave-out.ts";
import { lineNameOf, sellerOf } from "./record-facts.ts";
import type { SellerShare } from "./verdicts.ts";

/** A record a tool gets something of, by which share. */
export interface JudgedRecord {
  readonly found: FoundRecord;
  readonly share: SellerShare;
  /** The name of its order line, where the schema tells one. */
  readonly line: string | null;
  readonly recorded: RecordedDisclosure;
}

/** An answer judged, line by line, and not yet written. */
export interface JudgedAnswer {
  readonly kind: "judged";
  readonly value: unknown;
  readonly records: readonly JudgedRecord[];
  /** How many records were left out, by reason. */
  readonly leftOut: ReadonlyMap<Reason, number>;
}

/** What one answer is judged by. */
export interface AnswerJudge {
  readonly verdictOf: (sellerId: string) => SellerShare | Refuse;
  /** The order lines a narrowed token names; `null` for all. */
  readonly orders: readonly string[] | null;
  /** UTC milliseconds. */
  readonly now: number;
  readonly policy: Policy;
}

/**
 * Judges every record of an answer for a tool. Of a seller who has no live grant for it, and of an order that is not paid or past its
 * time, not even the open fields are told: the record is left out. Where that cannot be, as for an answer that is one record, the whole answer is refused.
 */
export function judgeAnswer(value: unknown, writer: AnswerWriter, judge: AnswerJudge): JudgedAnswer | Refuse {
  const found = writer.find(value);
  const judged = found.map((record) => judgeRecord(record, judge));
  const refused = judged.filter(isRefusal);
  if (refused.length === 0)
    return { kind: "judged", value, records: judged as readonly JudgedRecord[], leftOut: new Map() };
  return judgeRest(value, writer, found, judged);
}

type Verdict = JudgedRecord | Refuse;

function isRefusal(verdict: Verdict): verdict is Refuse {
  return "kind" in verdict;
}

export function judgeRecord(found: FoundRecord, { verdictOf, orders, now, policy }: AnswerJudge): Verdict {
  const share = verdictOf(sellerOf(found));
  if (share.kind === "refuse") return share;
  const line = lineNameOf(found);
  if (orders !== null && (line === null || !orders.includes(line)))
    return refuse("order-not-named", policy.edition);
  const lines = linesOf(found);
  const { kinds: allowed, states } = share;
  const facts = { lines, surface: "tool", allowed, secondFactorAt: null, states } as const;
  const disclosure: Disclosure = decideDisclosure(facts, now, policy);
  // Before it is paid and after its time nothing of an order is a tool's: not even that there is one.
  if (disclosure.kind === "withhold") return refuse(disclosure.reason, policy.edition);
  const recorded = { schema: found.schema.name, subjects: subjectsOf(found), lines, disclosure };
  return { found, share, line, recorded };
}

/** What stays is what was judged: the records of the copy are looked for among those, never judged anew. */
function judgeRest(
  value: unknown,
  writer: AnswerWriter,
  found: readonly FoundRecord[],
  judged: readonly Verdict[],
): JudgedAnswer | Refuse {
  const verdicts = new Map(found.map((record, i) => [record.value as unknown, judged[i]]));
  const gone = new Set(found.filter((_, i) => isGone(judged[i])).map((record) => record.value));
  const rest = leaveOut(value, new Set(verdicts.keys()), gone);
  const records = gone.has(rest as object)
    ? []
    : writer.find(rest).map((record) => verdicts.get(record.value));
  const refusals = judged.filter(isRefusal);
  const stays = records.filter((record) => record !== undefined && !isRefusal(record));
  if (gone.has(rest as object) || stays.length < records.length)
    return refusals[0] ?? refuse("grant-missing");
  return { kind: "judged", value: rest, records: stays as readonly JudgedRecord[], leftOut: count(refusals) };
}

function isGone(verdict: Verdict | undefined): boolean {
  return verdict !== undefined && isRefusal(verdict);
}

function count(refusals: readonly Refuse[]): ReadonlyMap<Reason, number> {
  const counts = new Map<Reason, number>();
  for (const { reason } of refusals) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return counts;
}
