import { type MomentInput, readMoment } from "./moment.ts";

/** What a claim (클레임) is about. It fixes which fields the seller needs while the claim is open. */
export const CLAIM_TYPES = ["cancellation", "return", "exchange", "service"] as const;
export type ClaimType = (typeof CLAIM_TYPES)[number];

/** Who may open a claim. A seller may not: it would lift its own mask. */
export type ClaimOpener = "buyer" | "operator" | "seller";

/** A claim as the host gives it. */
export interface ClaimInput {
  readonly type: ClaimType;
  readonly openedBy: ClaimOpener;
  readonly openedAt: MomentInput;
  readonly closedAt?: MomentInput;
}

/** The state of an order line as the host gives it: any moment may be a `Date`, an ISO text with a zone, or milliseconds. */
export interface LineState {
  readonly paidAt?: MomentInput;
  /** When the purpose begins, for records that are no order (an application, a booking); `paidAt` wins where both are given. */
  readonly purposeBeganAt?: MomentInput;
  readonly deliveredAt?: MomentInput;
  /** Confirmation, completed cancellation or completed return, whichever came first; for other records, the end of their purpose. */
  readonly purposeEndedAt?: MomentInput;
  readonly claim?: ClaimInput | readonly ClaimInput[] | null | undefined;
}

/** One claim, read. Moments as in {@link LineFacts}. */
export interface ClaimFacts {
  readonly type: ClaimType;
  readonly openedBy: ClaimOpener;
  readonly openedAt: number;
  readonly closedAt: number | null;
}

/**
 * The facts of one order line of one seller (상품주문). Moments are UTC milliseconds, `null` where there is none, `NaN` where
 * the host's value could not be read.
 */
export interface LineFacts {
  readonly paidAt: number | null;
  readonly deliveredAt: number | null;
  readonly purposeEndedAt: number | null;
  readonly claims: readonly ClaimFacts[];
}

const NO_CLAIMS: readonly ClaimFacts[] = Object.freeze([]);

/** Facts about which nothing could be read: every rule answers with the closed side. */
export const UNREADABLE_LINE: LineFacts = Object.freeze({
  paidAt: Number.NaN,
  deliveredAt: Number.NaN,
  purposeEndedAt: Number.NaN,
  claims: NO_CLAIMS,
});

/**
 * Reads the host's state of a line into facts. Total: what cannot be read becomes `NaN`, never an exception.
 *
 * @source garim/closed
 */
export function readLine(state: unknown): LineFacts {
  if (typeof state !== "object" || state === null) return UNREADABLE_LINE;
  try {
    const { paidAt, purposeBeganAt, deliveredAt, purposeEndedAt, claim } = state as LineState;
    return {
      paidAt: readMoment(paidAt ?? purposeBeganAt),
      deliveredAt: readMoment(deliveredAt),
      purposeEndedAt: readMoment(purposeEndedAt),
      claims: claim === null || claim === undefined ? NO_CLAIMS : readClaims(claim),
    };
  } catch {
    return UNREADABLE_LINE;
  }
}

/** Reads claims; one that cannot be read is left out, for a claim only ever reveals more. */
function readClaims(input: unknown): readonly ClaimFacts[] {
  const claims: unknown[] = Array.isArray(input) ? input.slice(0, 32) : [input];
  return claims.map(readClaim).filter((claim) => claim !== undefined);
}

function readClaim(input: unknown): ClaimFacts | undefined {
  if (typeof input !== "object" || input === null) return undefined;
  const { type, openedBy, openedAt, closedAt } = input as ClaimInput;
  const opened = readMoment(openedAt);
  const closed = readMoment(closedAt);
  if (opened === null || Number.isNaN(opened) || Number.isNaN(closed)) return undefined;
  if (!CLAIM_TYPES.includes(type) || (openedBy !== "buyer" && openedBy !== "operator")) return undefined;
  return { type, openedBy, openedAt: opened, closedAt: closed };
}

/**
 * Reads the state of a record: of one line, or of all lines of an order whose shared fields (recipient, address) the record
 * holds. An empty list, or one of more than 1,000 lines, is unreadable.
 *
 * @source garim/closed
 */
export function readLines(state: unknown): readonly LineFacts[] {
  if (!Array.isArray(state)) return [readLine(state)];
  return state.length === 0 || state.length > 1_000 ? [UNREADABLE_LINE] : state.map(readLine);
}
