import { detailOfChange, type HiddenFields } from "@garim/audit";
import { type FoundRecord, MASK_PROFILE } from "@garim/masking";
import { isGarimError, type Reason, type Refuse } from "@garim/policy";
import type { Deed, Disclosed } from "../answer/access.ts";
import type { Passage } from "../answer/passage.ts";
import { allowedKinds, isOwn, judgeRecords } from "../reveal/disclose.ts";
import type { GuardedRoute } from "../reveal/guarded-route.ts";
import type { Settings } from "../start/settings.ts";
import type { WatchedAnswer } from "./watched-response.ts";

/** What stands on record of an observed answer. */
type ObservedDeed = Pick<Deed, "outcome" | "reason" | "detail" | "disclosed">;

/**
 * Judges an answer that has left as the host gave it: what enforcing would have made of it. What happened is the outcome, and what
 * would have been refused is disclosed all the same.
 *
 * @param refusal - why the handler would not have been asked; `undefined` where it would
 */
export function judgeObserved(
  passage: Passage,
  route: GuardedRoute,
  { given, status, dropped }: WatchedAnswer,
  refusal: Refuse | undefined,
  settings: Settings,
): ObservedDeed {
  const headers = dropped.filter(isPlainName);
  const reason = refusal?.reason;
  if (status >= 400 || (given.way === "empty" && status < 300))
    return { outcome: "done", ...withReason(reason) };
  if (given.way !== "value" || status < 200 || status >= 300)
    return {
      outcome: status < 300 ? "disclosed" : "done",
      reason: reason ?? "answer-refused",
      detail: { way: given.way === "undeclared" ? given.method : given.way, status },
    };
  try {
    return judgeValue(passage, route, given.value, { reason, headers }, settings);
  } catch (error) {
    if (!isGarimError(error)) throw error;
    // Whose data it held nobody can tell: the answer is not what the schema says.
    return { outcome: "disclosed", reason: reason ?? "answer-refused", detail: { code: error.code } };
  }
}

interface Seen {
  readonly reason: Reason | undefined;
  readonly headers: readonly string[];
}

function judgeValue(
  { visitor }: Passage,
  route: GuardedRoute,
  value: unknown,
  { reason, headers }: Seen,
  { clock, policy }: Settings,
): ObservedDeed {
  const { writer } = route;
  const found = writer.find(value);
  const worker = visitor.kind === "worker" ? visitor : null;
  const allowed = worker === null ? 0 : allowedKinds(worker.identity, policy);
  const isForeign = worker !== null && found.some((record) => !isOwn(record, worker.identity));
  const secondFactorAt = worker?.session.secondFactor?.at ?? null;
  const records = judgeRecords(found, { surface: "view", allowed, secondFactorAt }, clock(), policy);
  const disclosed: Disclosed = { surface: "view", allowed, profile: MASK_PROFILE, records };
  const why = reason ?? (isForeign ? "other-seller" : undefined) ?? faultOf(route, value, found, records);
  const undeclared = writer.undeclared(value, false).filter(isPlainName);
  const hidden = hiddenOf(
    writer.maskedSummary(
      found,
      records.map(({ disclosure }) => disclosure),
    ),
  );
  const detail = detailOfChange({ hidden, undeclared, headers });
  return {
    outcome: "disclosed",
    disclosed,
    ...withReason(why),
    ...(Object.keys(detail).length === 0 ? {} : { detail }),
  };
}

/** What only shows when it is written: a BigInt, a getter that throws, an answer that is too large. */
function faultOf(
  { writer }: GuardedRoute,
  value: unknown,
  found: readonly FoundRecord[],
  records: Disclosed["records"],
): Reason | undefined {
  try {
    writer.write(
      value,
      found,
      records.map(({ disclosure }) => disclosure),
    );
    return undefined;
  } catch (error) {
    if (isGarimError(error)) return "answer-refused";
    throw error;
  }
}

function withReason(reason: Reason | undefined): Pick<ObservedDeed, "reason"> {
  return reason === undefined ? {} : { reason };
}

const MEMBER = /([^\s;,]+);reason=([\w-]+);count=(\d+);fields="([^"]*)"/g;

/** Reads a summary of `AnswerWriter.maskedSummary` back. */
function hiddenOf(summary: string): readonly HiddenFields[] {
  return [...summary.matchAll(MEMBER)].map(([, schema = "", reason = "", count = "", fields = ""]) => ({
    schema,
    reason: reason as Reason,
    count: Number(count),
    fields: fields.split(" "),
  }));
}

/** A name of a member or a header; what a host made of data, as a phone number for a key, is none. */
function isPlainName(name: string): boolean {
  return /^(?:\[\]\.)?[A-Za-z_$][\w$.[\]-]{0,79}$/.test(name) && !/\d{4}/.test(name);
}
