import type { Reason } from "@garim/policy";
import type { Access, Actor } from "./access.ts";
import { cleanText } from "./clean-text.ts";

/** An answer that was refused to nobody known. */
export interface Refusal {
  readonly ip: string;
  /** The route's pattern. */
  readonly route: string;
  readonly reason: Reason;
}

/** How many origins are told apart between two flushes; the rest are summed as {@link OTHERS}. */
const MAX_ORIGINS = 1_000;
const OTHERS = "others";
/** The route of a sum over several routes. */
const SEVERAL = "*";

const ANONYMOUS: Actor = { kind: "anonymous", id: "anonymous", sellerId: null };
const LOG_ITSELF: Actor = { kind: "system", id: "access-log", sellerId: null };

/** Refused answers of one origin. Moments are UTC milliseconds. */
interface Sum {
  readonly count: number;
  readonly since: number;
  readonly until: number;
  readonly route: string;
  readonly reason: Reason | null;
}

export interface TallyOptions {
  readonly clock: () => number;
  /** Resolves when the record is durable. */
  readonly append: (access: Access) => Promise<unknown>;
}

/** Counts what is not recorded one by one, and what could not be recorded. A count leaves only when its record is durable. */
export class Tally {
  readonly #options: TallyOptions;
  #origins = new Map<string, Sum>();
  #gap: Sum | undefined;
  #flushing: Promise<void> = Promise.resolve();

  constructor(options: TallyOptions) {
    this.#options = options;
  }

  /** How many refused answers are counted and not yet recorded. */
  get count(): number {
    return [...this.#origins.values()].reduce((sum, { count }) => sum + count, this.#gap?.count ?? 0);
  }

  /** How many of them could not be recorded. */
  get lost(): number {
    return this.#gap?.count ?? 0;
  }

  get hasGap(): boolean {
    return this.#gap !== undefined;
  }

  /** Counts an anonymous refusal: however many come, an origin takes one record a flush. */
  countRefusal({ ip, route, reason }: Refusal): void {
    const at = this.#options.clock();
    this.#add(originOf(ip), { count: 1, since: at, until: at, route: cleanText(route), reason });
  }

  /** Counts an answer that was refused because it could not be recorded. */
  countLost(): void {
    const at = this.#options.clock();
    this.#addGap({ count: 1, since: at, until: at, route: SEVERAL, reason: "unavailable" });
  }

  /** Records what was counted; what cannot be recorded is counted on. Flushes follow each other. */
  flush(): Promise<void> {
    return this.#enqueue(() => Promise.all([this.#flushOrigins(), this.#flushGap()]));
  }

  /** Records the gap alone, now that the log takes records again. */
  flushGap(): Promise<void> {
    return this.#enqueue(() => this.#flushGap());
  }

  #enqueue(work: () => Promise<unknown>): Promise<void> {
    this.#flushing = this.#flushing.then(work).then(() => undefined);
    return this.#flushing;
  }

  async #flushOrigins(): Promise<void> {
    const origins = this.#origins;
    this.#origins = new Map();
    await Promise.all(
      [...origins].map(([ip, sum]) =>
        this.#options.append(refusalsOf(ip, sum)).catch(() => this.#add(ip, sum)),
      ),
    );
  }

  async #flushGap(): Promise<void> {
    const gap = this.#gap;
    if (gap === undefined) return;
    this.#gap = undefined;
    await this.#options.append(gapOf(gap)).catch(() => this.#addGap(gap));
  }

  #add(ip: string, sum: Sum): void {
    const origin = this.#origins.has(ip) || this.#origins.size < MAX_ORIGINS ? ip : OTHERS;
    const known = this.#origins.get(origin);
    this.#origins.set(origin, known === undefined ? sum : addSums(known, sum));
  }

  #addGap(sum: Sum): void {
    this.#gap = this.#gap === undefined ? sum : addSums(this.#gap, sum);
  }
}

function originOf(ip: string): string {
  return cleanText(ip).slice(0, 64) || "unknown";
}

function addSums(one: Sum, other: Sum): Sum {
  return {
    count: one.count + other.count,
    since: Math.min(one.since, other.since),
    until: Math.max(one.until, other.until),
    route: one.route === other.route ? one.route : SEVERAL,
    reason: one.reason === other.reason ? one.reason : null,
  };
}

function refusalsOf(ip: string, sum: Sum): Access {
  return { ...summary(sum), actor: ANONYMOUS, origin: { ip, agent: null }, action: "refusals" };
}

function gapOf(sum: Sum): Access {
  return { ...summary(sum), actor: LOG_ITSELF, origin: { ip: "local", agent: null }, action: "gap" };
}

/** A record of many answers: no decision was made on any record, so no policy stands behind it. */
function summary({ count, since, until, route, reason }: Sum): Omit<Access, "actor" | "origin" | "action"> {
  return {
    at: until,
    since,
    count,
    session: null,
    factor: null,
    outcome: "refused",
    reason,
    route,
    purpose: null,
    policy: { edition: "none", overrides: {} },
    surface: null,
    allowed: 0,
    profile: null,
    records: [],
  };
}
