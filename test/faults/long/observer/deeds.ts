import type { Deed } from "../answered.ts";

/** What holds within a second on every node. */
const HOLDS_AFTER_MS = 1_000;
/** A client and its machine take their time to look at what came. */
const LOOKS_AFTER_MS = 500;

interface Span {
  readonly from: number;
  to: number;
}

/** What was done and acknowledged, and so what may not be seen any more. */
export class Deeds {
  readonly #confirmed = new Map<number, number>();
  readonly #signedOut = new Map<string, number>();
  readonly #revoked = new Map<string, Span[]>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  note(deed: Deed): void {
    this.#count++;
    if (deed.deed === "confirmed") this.#confirmed.set(deed.order, deed.at);
    else if (deed.deed === "signed-out") this.#signedOut.set(deed.session, deed.at);
    else if (deed.deed === "granted") this.#grant(deed.seller, deed.at);
    else this.#spansOf(deed.seller).push({ from: deed.at, to: Number.POSITIVE_INFINITY });
  }

  #grant(seller: string, at: number): void {
    const last = this.#spansOf(seller).at(-1);
    if (last !== undefined) last.to = at;
  }

  /**
   * Whether an order asked for at that moment must be masked.
   *
   * @param behindMs - how far the clock of the node that was asked is behind: by its clock the confirmation lies ahead for so long
   */
  isConfirmed(order: number, startedAt: number, behindMs: number): boolean {
    const at = this.#confirmed.get(order) ?? Number.POSITIVE_INFINITY;
    return startedAt > at + HOLDS_AFTER_MS + behindMs;
  }

  /** Whether a session gets nothing that is asked for, or arrives, at those moments. */
  isSignedOut(session: string, startedAt: number, endedAt: number): boolean {
    const at = this.#signedOut.get(session);
    return at !== undefined && isOver(at, startedAt, endedAt);
  }

  /** Whether tools get nothing of a seller. */
  isRevoked(seller: string, startedAt: number, endedAt: number): boolean {
    return this.#spansOf(seller).some(({ from, to }) => isOver(from, startedAt, endedAt) && endedAt < to);
  }

  #spansOf(seller: string): Span[] {
    const spans = this.#revoked.get(seller) ?? [];
    this.#revoked.set(seller, spans);
    return spans;
  }
}

/** A slow answer outlives an end no more than one that was asked for after it. */
function isOver(at: number, startedAt: number, endedAt: number): boolean {
  return startedAt > at + HOLDS_AFTER_MS || endedAt > at + HOLDS_AFTER_MS + LOOKS_AFTER_MS;
}
