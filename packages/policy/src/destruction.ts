import { type Duty, owe, sourceOf } from "./decision.ts";
import type { KeepRule, KeptKind } from "./edition.ts";
import { addMonths, DAY, isMoment } from "./moment.ts";
import type { Policy } from "./policy.ts";
import type { Reason } from "./reason.ts";
import type { SourceId } from "./source.ts";

/** A record that another law has kept, and since when its time runs. */
export interface KeptRecord {
  readonly kind: KeptKind;
  /** UTC milliseconds. */
  readonly since: number;
}

/** What the end of a subject's data depends on. Moments are UTC milliseconds, `null` where there is none. */
export interface DestructionFacts {
  readonly purposeEndedAt: number | null;
  /** What another law has kept of it; empty for nothing. */
  readonly keeps: readonly KeptRecord[];
  /** Whether a court, an authority or the marketplace has asked to keep it; anything but `false` counts as so. */
  readonly isHeld: boolean;
  readonly destroyedAt: number | null;
  /** When the privacy officer (개인정보 보호책임자) confirmed the result. */
  readonly confirmedAt: number | null;
}

/** It stays, for now. */
export interface Keep {
  readonly kind: "keep";
  readonly reason: Reason;
  readonly source: SourceId;
  /** UTC milliseconds, exclusive; `null` where an event ends it. */
  readonly until: number | null;
  /** Whether it is stored apart from data in use (분리 보관). */
  readonly isApart: boolean;
}

/** It is destroyed and confirmed. */
export interface Done {
  readonly kind: "done";
  readonly reason: Reason;
  readonly source: SourceId;
}

/**
 * Decides whether data is kept or has to be destroyed. A legal hold wins over everything; data about which something cannot be
 * read is kept, for destroying cannot be undone.
 *
 * @param now - UTC milliseconds
 * @returns keep; a duty, due `policy.destroyDays` days of 24 hours after the last reason to keep it; or done
 * @source pipa/21, ecommerce/6, electronic-finance/records, garim/hold
 */
export function decideDestruction(facts: DestructionFacts, now: number, policy: Policy): Keep | Duty | Done {
  if (facts.destroyedAt !== null) return decideConfirmation(facts.destroyedAt, facts, now, policy);
  return decideStored(facts, now, policy);
}

/** The same of data that is there still. */
export function decideStored(
  facts: Pick<DestructionFacts, "purposeEndedAt" | "keeps" | "isHeld">,
  now: number,
  policy: Policy,
): Keep | Duty {
  if (facts.isHeld !== false) return keep("legal-hold", policy);
  if (facts.purposeEndedAt === null) return keep("purpose-not-ended", policy);
  const last = findLastKeep(facts.keeps, policy);
  if (!isMoment(facts.purposeEndedAt) || !isMoment(now) || last === undefined)
    return keep("facts-unreadable", policy);
  if (now < facts.purposeEndedAt)
    return { ...keep("purpose-not-ended", policy), until: facts.purposeEndedAt };
  if (now < last.until) return keepByLaw(last);
  const from = Math.max(facts.purposeEndedAt, last.until);
  return owe("destruction-due", from + policy.destroyDays * DAY, now, policy.edition);
}

function decideConfirmation(
  destroyedAt: number,
  { confirmedAt }: DestructionFacts,
  now: number,
  policy: Policy,
): Duty | Done {
  if (isMoment(destroyedAt) && isMoment(confirmedAt) && confirmedAt >= destroyedAt)
    return { kind: "done", reason: "destroyed", source: sourceOf("destroyed", policy.edition) };
  return owe("destruction-unconfirmed", destroyedAt + policy.destroyDays * DAY, now, policy.edition);
}

function keep(reason: Reason, policy: Policy): Keep {
  return { kind: "keep", reason, source: sourceOf(reason, policy.edition), until: null, isApart: false };
}

function keepByLaw({ until, source }: LastKeep): Keep {
  return { kind: "keep", reason: "kept-by-law", source, until, isApart: true };
}

interface LastKeep {
  readonly until: number;
  readonly source: SourceId;
}

const NO_KEEP: LastKeep = Object.freeze({ until: Number.NEGATIVE_INFINITY, source: "pipa/21" });

/** Of the laws that have it kept the one that does so longest; `undefined` where one cannot be read. */
function findLastKeep(keeps: readonly KeptRecord[], policy: Policy): LastKeep | undefined {
  if (!Array.isArray(keeps)) return undefined;
  let last = NO_KEEP;
  for (const record of keeps) {
    const rule = findRule(record, policy);
    if (rule === undefined) return undefined;
    const until = addMonths(record.since, rule.months);
    if (until > last.until) last = { until, source: rule.source };
  }
  return last;
}

function findRule(record: KeptRecord, { edition }: Policy): KeepRule | undefined {
  const isReadable = typeof record === "object" && record !== null && isMoment(record.since);
  return isReadable && Object.hasOwn(edition.keeps, record.kind) ? edition.keeps[record.kind] : undefined;
}
