import type { Answered, Deed } from "../answered.ts";
import { clearOrdersIn, namedOrdersIn, sellerOf } from "../orders.ts";
import type { Breach, Check } from "./breach.ts";
import { Deeds } from "./deeds.ts";

/** Clear data that left, and by what it must be found in the log. */
export interface Held {
  /** The record's id; or the name of a tool's request, in each of whose records it stands. */
  readonly record: string;
  readonly orders: readonly number[];
}

/** Nobody waits longer than for the log, the state and a pool of connections together. */
const HUNG_MS = 25_000;
const SINGLE_USE: ReadonlySet<string> = new Set(["code", "proof", "link"]);

/** Looks at every answer as it comes. */
export class AnswerObserver {
  readonly deeds: Deeds = new Deeds();
  readonly breaches: Breach[] = [];
  readonly counts: Record<string, number> = {};
  /** Codes by who tried them. */
  readonly tried = new Map<string, Set<string>>();
  readonly #used = new Map<string, number>();
  readonly #behindMs: (node: number, from: number, to: number) => number;
  #held: Held[] = [];

  /** @param behindMs - how far the clock of a node was behind at most between two moments */
  constructor(behindMs: (node: number, from: number, to: number) => number = () => 0) {
    this.#behindMs = behindMs;
  }

  note(deed: Deed): void {
    this.deeds.note(deed);
    this.#count(`deed ${deed.deed}`);
  }

  take(answered: Answered): void {
    this.#count(`${answered.ask} ${answered.status ?? "broken"}`);
    const clear = clearOrdersIn(answered.text);
    if (clear.size > 0) this.#count("clear answers");
    this.#checkStatus(answered);
    this.#checkUse(answered);
    this.#checkSellers(answered, clear);
    this.#checkEnds(answered, clear);
    this.#hold(answered, clear);
  }

  /** Hands over what must be in the log by now. */
  takeHeld(): readonly Held[] {
    const held = this.#held;
    this.#held = [];
    return held;
  }

  /** Takes back what could not be looked for. */
  giveBack(held: readonly Held[]): void {
    this.#held = [...held, ...this.#held];
  }

  #checkStatus({ ask, status, retryAfter, startedAt, endedAt, text, node }: Answered): void {
    const isFault = status !== null && (status >= 500 ? status !== 503 || retryAfter === null : false);
    if (isFault) this.#breach("fault", `${ask} at node ${node} answered ${status}: ${text.slice(0, 300)}`);
    if (endedAt - startedAt > HUNG_MS)
      this.#breach("hung", `${ask} at node ${node} took ${Math.round(endedAt - startedAt)} ms`);
  }

  #checkUse({ ask, once, status }: Answered): void {
    if (once === undefined) return;
    if (ask === "code") this.#noteCode(once);
    if (status !== 200 || !SINGLE_USE.has(ask)) return;
    const uses = (this.#used.get(once) ?? 0) + 1;
    this.#used.set(once, uses);
    if (uses > 1) this.#breach("twice", `${ask} ${once}`);
  }

  #noteCode(once: string): void {
    const [person = ""] = once.split("/");
    const codes = this.tried.get(person) ?? new Set();
    this.tried.set(person, codes.add(once));
  }

  #checkSellers({ ask, seller, text }: Answered, clear: ReadonlySet<number>): void {
    if (seller === null) return;
    const foreign = [...clear, ...namedOrdersIn(text)].filter((order) => sellerOf(order) !== seller);
    if (foreign.length > 0) this.#breach("foreign", `${ask} of ${seller} showed ${foreign.join(" ")}`);
  }

  #checkEnds({ ask, node, seller, session, startedAt, endedAt }: Answered, clear: ReadonlySet<number>): void {
    if (clear.size === 0) return;
    const took = `asked for ${Math.round(endedAt - startedAt)} ms before it came`;
    if (session !== undefined && this.deeds.isSignedOut(session, startedAt, endedAt))
      this.#breach("ended", `${ask} of a session that was signed out, ${took}`);
    const behindMs = this.#behindMs(node, startedAt, endedAt);
    for (const order of clear) {
      if (this.deeds.isConfirmed(order, startedAt, behindMs))
        this.#breach("ended", `${ask} showed order ${order}, confirmed before`);
      if (seller === null && this.deeds.isRevoked(sellerOf(order), startedAt, endedAt))
        this.#breach("ended", `${ask} showed order ${order} of a seller that revoked, ${took}`);
    }
  }

  #hold({ ask, seller, record, trace, status }: Answered, clear: ReadonlySet<number>): void {
    const isFile = ask === "link" && status === 200;
    if (clear.size === 0 && !isFile) return;
    const name = seller === null ? trace : record;
    if (name === null) this.#breach("unrecorded", `${ask} came without the name of a record`);
    else this.#held.push({ record: name, orders: [...clear] });
  }

  #breach(check: Check, what: string): void {
    this.breaches.push({ check, what });
  }

  #count(name: string): void {
    this.counts[name] = (this.counts[name] ?? 0) + 1;
  }
}
