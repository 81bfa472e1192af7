import type { Reason } from "@garim/policy";
import type { LogEntry } from "../access.ts";
import { type Found, isDamaged } from "../ask/entry.ts";
import { changeOfDetail } from "./detail.ts";
import type { ImpactCount, ObserveReport, RouteImpact } from "./impact.ts";
import { isObserved } from "./observed.ts";

/** What is held of each kind. */
const MOST_ROUTES = 5_000;
const MOST_ROWS = 1_000;
const MOST_DAMAGED = 1_000;

type Counts = Map<string, { count: number; firstAt: number; lastAt: number }>;

interface RouteTally {
  answers: number;
  unchanged: number;
  readonly refused: Counts;
  readonly masked: Counts;
  readonly undeclared: Counts;
  readonly headers: Counts;
}

/** Adds up, record by record and in bounded memory, what enforcing would change. */
export class ImpactTally {
  readonly #routes = new Map<string, RouteTally>();
  readonly #damaged: number[] = [];
  #read = 0;
  #isWhole = true;

  add(found: Found): void {
    this.#read++;
    if (!isDamaged(found)) {
      if (isObserved(found.access)) this.#addObserved(found);
    } else if (this.#damaged.length < MOST_DAMAGED) this.#damaged.push(found.seq);
    else this.#isWhole = false;
  }

  report(from: number, to: number): ObserveReport {
    const routes = [...this.#routes].map(impactOf).toSorted(byChange);
    return {
      from,
      to,
      read: this.#read,
      routes,
      isWhole: this.#isWhole,
      damaged: this.#damaged,
    };
  }

  #addObserved({ recordedAt, access }: LogEntry): void {
    const tally = this.#tallyOf(access.route);
    if (tally === undefined) return;
    const { hidden, undeclared, headers } = changeOfDetail(access.detail);
    tally.answers++;
    if (access.reason !== null) this.#count(tally.refused, access.reason, recordedAt);
    // What is refused is not masked besides: nothing of it would leave.
    else if (hidden.length + undeclared.length + headers.length === 0) tally.unchanged++;
    if (access.reason === null)
      for (const { schema, reason, count, fields } of hidden)
        for (const field of fields)
          this.#count(tally.masked, `${schema} ${field} ${reason}`, recordedAt, count);
    for (const name of undeclared) this.#count(tally.undeclared, name, recordedAt);
    for (const name of headers) this.#count(tally.headers, name, recordedAt);
  }

  #tallyOf(route: string): RouteTally | undefined {
    const known = this.#routes.get(route);
    if (known !== undefined) return known;
    if (this.#routes.size === MOST_ROUTES) {
      this.#isWhole = false;
      return undefined;
    }
    const counts = { refused: new Map(), masked: new Map(), undeclared: new Map(), headers: new Map() };
    const tally: RouteTally = { answers: 0, unchanged: 0, ...counts };
    this.#routes.set(route, tally);
    return tally;
  }

  #count(counts: Counts, name: string, at: number, by = 1): void {
    const known = counts.get(name);
    if (known === undefined && counts.size === MOST_ROWS) this.#isWhole = false;
    else if (known === undefined) counts.set(name, { count: by, firstAt: at, lastAt: at });
    else {
      known.count += by;
      known.lastAt = at;
    }
  }
}

function impactOf([route, tally]: readonly [string, RouteTally]): RouteImpact {
  return {
    route,
    answers: tally.answers,
    unchanged: tally.unchanged,
    refused: rowsOf(tally.refused, (name) => ({ reason: name as Reason })),
    masked: rowsOf(tally.masked, (name) => {
      const [schema = "", field = "", reason = ""] = name.split(" ");
      return { schema, field, reason: reason as Reason };
    }),
    undeclared: rowsOf(tally.undeclared, (name) => ({ name })),
    headers: rowsOf(tally.headers, (name) => ({ name })),
  };
}

function rowsOf<Row>(counts: Counts, read: (name: string) => Row): readonly (Row & ImpactCount)[] {
  const rows = [...counts].map(([name, counted]) => ({ ...read(name), ...counted }));
  return rows.toSorted((a, b) => b.count - a.count);
}

function byChange(one: RouteImpact, other: RouteImpact): number {
  return other.answers - other.unchanged - (one.answers - one.unchanged);
}
