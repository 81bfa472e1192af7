import type { Edition } from "./edition.ts";
import type { KindSet } from "./pii-kind.ts";
import { REASONS, type Reason } from "./reason.ts";
import type { SourceId } from "./source.ts";
import type { Words } from "./words.ts";

/** What the adapter owes for being allowed to disclose. */
export type Obligation = "record" | "no-store";

/** What may be shown clear is shown: the fields whose kind is in `clear`; those outside it are masked. */
export interface Reveal {
  readonly kind: "reveal";
  readonly clear: KindSet;
  readonly reason: Reason;
  readonly source: SourceId;
  /** Why the fields outside `clear` stay masked. */
  readonly restReason: Reason;
  readonly obligations: readonly Obligation[];
  /** When the disclosure ends by itself, UTC milliseconds; `null` where only an event ends it. */
  readonly until: number | null;
}

/** Every personal field is masked. */
export interface Mask {
  readonly kind: "mask";
  readonly clear: 0;
  readonly reason: Reason;
  readonly source: SourceId;
  readonly obligations: readonly Obligation[];
  readonly until: null;
  /** What would lift it, in both languages; `null` where nothing does. */
  readonly remedy: Words | null;
}

/** No personal field is given, not even masked; in a download, no row. */
export interface Withhold {
  readonly kind: "withhold";
  readonly clear: 0;
  readonly reason: Reason;
  readonly source: SourceId;
  readonly obligations: readonly Obligation[];
  readonly until: null;
  /** What would lift it, in both languages; `null` where nothing does. */
  readonly remedy: Words | null;
}

/** Nothing is answered. */
export interface Refuse {
  readonly kind: "refuse";
  readonly reason: Reason;
  readonly source: SourceId;
  /** What would lift it, in both languages; `null` where nothing does. */
  readonly remedy: Words | null;
}

/** Nothing stands in the way. */
export interface Allow {
  readonly kind: "allow";
}

/** Something has to be done by a moment. */
export interface Duty {
  readonly kind: "duty";
  readonly reason: Reason;
  readonly source: SourceId;
  /** The last millisecond in time, UTC; `NaN` where the facts could not be read, and then it is overdue. */
  readonly dueAt: number;
  readonly isOverdue: boolean;
}

/** How much of a record is disclosed (표시 수준). */
export type Disclosure = Reveal | Mask | Withhold;

/** What every disclosure owes. */
export const OBLIGATIONS: readonly Obligation[] = Object.freeze(["record", "no-store"]);

export const ALLOW: Allow = Object.freeze({ kind: "allow" });

/** The source of a reason: what the edition says, else what the reason itself says. */
export function sourceOf(reason: Reason, edition?: Edition): SourceId {
  return edition?.sources[reason] ?? REASONS[reason].source;
}

/** What a {@link Reveal} says besides the kinds. */
export interface RevealReasons {
  readonly reason: Reason;
  readonly restReason: Reason;
  readonly until: number | null;
}

export function reveal(clear: KindSet, reasons: RevealReasons, edition: Edition): Reveal {
  const source = sourceOf(reasons.reason, edition);
  return {
    kind: "reveal",
    clear,
    reason: reasons.reason,
    source,
    restReason: reasons.restReason,
    obligations: OBLIGATIONS,
    until: reasons.until,
  };
}

export function mask(reason: Reason, edition: Edition): Mask {
  // Written out: a spread takes longer than the rest of a decision.
  return {
    kind: "mask",
    clear: 0,
    reason,
    source: sourceOf(reason, edition),
    remedy: REASONS[reason].remedy,
    obligations: OBLIGATIONS,
    until: null,
  };
}

export function withhold(reason: Reason, edition: Edition): Withhold {
  return { kind: "withhold", clear: 0, ...because(reason, edition), obligations: OBLIGATIONS, until: null };
}

/** A refusal by the edition in force; without one, by the source the reason itself has. */
export function refuse(reason: Reason, edition?: Edition): Refuse {
  return { kind: "refuse", ...because(reason, edition) };
}

function because(reason: Reason, edition?: Edition): Pick<Refuse, "reason" | "source" | "remedy"> {
  return { reason, source: sourceOf(reason, edition), remedy: REASONS[reason].remedy };
}

/** A duty that is overdue once `now` is past `dueAt`, or where either cannot be read. */
export function owe(reason: Reason, dueAt: number, now: number, edition: Edition): Duty {
  return {
    kind: "duty",
    reason,
    source: sourceOf(reason, edition),
    dueAt,
    isOverdue: !(Number.isFinite(now) && now <= dueAt),
  };
}
