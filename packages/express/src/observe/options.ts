import { DAY, GarimError, readMoment } from "@garim/policy";
import { checkNames } from "../start/option-names.ts";

/** Observes instead of enforcing: decides and records, and lets the host's own answer leave as it is. */
export interface ObserveOptions {
  /**
   * When it ends by itself, and the route enforces, on running processes too: a `Date`, a text with a zone, or UTC milliseconds, at most
   * 30 days ahead. However often a process starts, a route is observed for 30 days at most, from its first observed answer on.
   */
  readonly until: Date | string | number;
}

/** Observes for some sellers: routes enforce for all others. */
export interface SellerObserveOptions extends ObserveOptions {
  /** Whose staff are only observed: their sellers' ids, or a function that tells. */
  readonly sellers: readonly string[] | ((sellerId: string) => boolean);
}

/** When observing ends, UTC milliseconds, exclusive; and for whom it is, where that is not everybody. */
export interface ObservePlan {
  readonly until: number;
  readonly isFor: ((sellerId: string) => boolean) | null;
}

/** How long a route may be observed, in days (ours): a roll-out with an end, not another way to run. */
const OBSERVE_DAYS = 30;

/** As {@link OBSERVE_DAYS}, in milliseconds. */
export const OBSERVE_MS: number = OBSERVE_DAYS * DAY;

const ROUTE_NAMES: readonly (keyof ObserveOptions)[] = ["until"];
const SELLER_NAMES: readonly (keyof SellerObserveOptions)[] = ["until", "sellers"];

/**
 * Reads what a route was given.
 *
 * @throws GarimError `ERR_GARIM_OPTION_UNKNOWN`; `ERR_GARIM_OPTION_INVALID` with the line to write
 */
export function readRoutePlan(given: ObserveOptions | undefined, now: number): ObservePlan | null {
  if (given === undefined) return null;
  checkNames("reveal(…).dangerouslyObserve", given, ROUTE_NAMES);
  return { until: readUntil(given.until, now, ""), isFor: null };
}

/** Reads what createGarim was given. Throws as {@link readRoutePlan} does. */
export function readSellerPlan(given: SellerObserveOptions | undefined, now: number): ObservePlan | null {
  if (given === undefined) return null;
  checkNames("dangerouslyObserve", given, SELLER_NAMES);
  const until = readUntil(given.until, now, 'sellers: ["S1"], ');
  return { until, isFor: readSellers(given.sellers, now) };
}

function readSellers(sellers: unknown, now: number): (sellerId: string) => boolean {
  if (typeof sellers === "function") return (sellerId) => sellers(sellerId) === true;
  if (!Array.isArray(sellers) || !sellers.every((one) => typeof one === "string" && one !== ""))
    throw invalid(
      "dangerouslyObserve.sellers must be a list of sellers' ids, or a function that tells",
      now,
      'sellers: ["S1"], ',
    );
  const ids = new Set<unknown>(sellers);
  return (sellerId) => ids.has(sellerId);
}

/** A moment that has passed is fine: observing has ended, and an old line must not keep an app from starting. */
function readUntil(given: unknown, now: number, more: string): number {
  const until = readMoment(given);
  if (until === null || Number.isNaN(until))
    throw invalid("dangerouslyObserve.until must be a moment with a zone", now, more);
  if (until > now + OBSERVE_MS)
    throw invalid(`dangerouslyObserve.until must be at most ${OBSERVE_DAYS} days ahead`, now, more);
  return until;
}

const KOREA_MS = 9 * 3_600_000;

/** The beginning of the last Korean day that may be written. */
function latest(now: number): string {
  return `${new Date(now + OBSERVE_MS + KOREA_MS).toISOString().slice(0, 10)}T00:00:00+09:00`;
}

function invalid(wrong: string, now: number, more: string): GarimError {
  return new GarimError(
    "ERR_GARIM_OPTION_INVALID",
    `${wrong}; write dangerouslyObserve: { ${more}until: "${latest(now)}" }`,
  );
}
