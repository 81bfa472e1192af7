import type { KindSet } from "./pii-kind.ts";
import { REASONS, type Reason } from "./reason.ts";
import type { SourceId } from "./source.ts";

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
}

/** No personal field is given, not even masked; in a download, no row. */
export interface Withhold {
  readonly kind: "withhold";
  readonly clear: 0;
  readonly reason: Reason;
  readonly source: SourceId;
  readonly obligations: readonly Obligation[];
  readonly until: null;
}

/** Nothing is answered. */
export interface Refuse {
  readonly kind: "refuse";
  readonly reason: Reason;
  readonly source: SourceId;
}

/** Nothing stands in the way. */
export interface Allow {
  readonly kind: "allow";
}

/** How much of a record is disclosed (표시 수준). */
export type Disclosure = Reveal | Mask | Withhold;

const OBLIGATIONS: readonly Obligation[] = Object.freeze(["record", "no-store"]);

export const ALLOW: Allow = Object.freeze({ kind: "allow" });

export function reveal(
  clear: KindSet,
  reason: Reason,
  restReason: Reason,
  until: number | null = null,
): Reveal {
  const { source } = REASONS[reason];
  return { kind: "reveal", clear, reason, source, restReason, obligations: OBLIGATIONS, until };
}

export function mask(reason: Reason): Mask {
  return {
    kind: "mask",
    clear: 0,
    reason,
    source: REASONS[reason].source,
    obligations: OBLIGATIONS,
    until: null,
  };
}

export function withhold(reason: Reason): Withhold {
  return {
    kind: "withhold",
    clear: 0,
    reason,
    source: REASONS[reason].source,
    obligations: OBLIGATIONS,
    until: null,
  };
}

export function refuse(reason: Reason): Refuse {
  return { kind: "refuse", reason, source: REASONS[reason].source };
}
