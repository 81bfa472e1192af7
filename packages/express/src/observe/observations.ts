import type { StateStore } from "@garim/auth";
import { accessOfServer, type Deed, GARIM } from "../answer/access.ts";
import { describeError } from "../logger.ts";
import type { Ground } from "../start/settings.ts";
import { createHistories, type RouteHistory } from "./history.ts";
import { OBSERVE_MS, type ObservePlan } from "./options.ts";

/** Whatever is observed by one Garim: until when, and how often it went wrong. */
export interface Observations {
  /** Says aloud that something is observed: now, and each hour while it is. */
  begin(plan: ObservePlan, what: string): void;
  /** The plan that may hold on a route now: its own, else that of some sellers; `null` where the route enforces for everybody. */
  planOf(own: ObservePlan | null): ObservePlan | null;
  /** Whether anything is only observed now. */
  isObserving(): boolean;
  /** When observing a route ends, UTC milliseconds, exclusive; `null` where it was guarded before, or has ended. */
  endOf(route: string, plan: ObservePlan): Promise<number | null>;
  /** Puts down, once a process, that a route enforces: from then on it cannot be observed. Nothing waits for it. */
  guard(route: string): void;
  /** Counts an answer that was observed. */
  count(route: string): void;
  /** Counts what could not be judged or recorded; it is told now, at most once a minute for a route, and with the hourly words. */
  fail(route: string, what: "unjudged" | "unrecorded", error: unknown): void;
  close(): void;
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const MOST_ROUTES = 10_000;

interface Tally {
  answers: number;
  unjudged: number;
  unrecorded: number;
  toldAt: number;
}

export function createObservations(
  ground: Ground,
  state: StateStore,
  sellers: ObservePlan | null,
): Observations {
  const { clock, logger } = ground;
  const histories = createHistories(state, clock);
  const observed = new Map<string, Promise<RouteHistory>>();
  const guarded = new Set<string>();
  const tallies = new Map<string, Tally>();
  const plans = new Map<ObservePlan, string>();
  let timer: NodeJS.Timeout | undefined;

  const isLive = ({ until }: ObservePlan): boolean => clock() < until;

  function tellHourly(): void {
    for (const [plan, what] of plans) {
      if (isLive(plan)) continue;
      plans.delete(plan);
      logger.warn({ until: iso(plan.until) }, `garim: ${ended(what)}`);
    }
    if (plans.size === 0) stop();
    else
      logger.warn(describe(plans, tallies), "garim: routes are only OBSERVED, nothing of them is enforced");
  }

  function stop(): void {
    clearInterval(timer);
    timer = undefined;
  }

  function begin(plan: ObservePlan, what: string): void {
    if (!isLive(plan)) {
      logger.warn({ until: iso(plan.until) }, `garim: ${ended(what)}`);
      return;
    }
    logger.warn(
      { until: iso(plan.until) },
      `garim: DANGEROUS: ${what} is only observed; answers leave as they are, and nothing recorded of them is evidence`,
    );
    plans.set(plan, what);
    timer ??= setInterval(tellHourly, HOUR_MS).unref();
  }

  function tallyOf(route: string): Tally | undefined {
    const known = tallies.get(route);
    if (known !== undefined || tallies.size === MOST_ROUTES) return known;
    const tally = { answers: 0, unjudged: 0, unrecorded: 0, toldAt: Number.NEGATIVE_INFINITY };
    tallies.set(route, tally);
    return tally;
  }

  /** Put on record with the changes of the policy, where auditors look for what was in force. */
  function record(detail: NonNullable<Deed["detail"]>): void {
    const deed: Deed = { at: clock(), action: "change-policy", outcome: "done", detail };
    ground.log
      .append(accessOfServer(GARIM, null, deed, ground.policy))
      .catch((error) => logger.error(describeError(error), "garim: observing is not on record"));
  }

  async function look(route: string, until: number): Promise<RouteHistory> {
    const { history, isFirst } = await histories.observe(route);
    if (isFirst) record({ observe: route, until: iso(until) });
    if (history.guardedAt !== undefined)
      logger.error(
        { route },
        "garim: dangerouslyObserve is not taken: the route was guarded before, and stays so; take the option out",
      );
    return history;
  }

  function historyOf(route: string, until: number): Promise<RouteHistory> {
    const known = observed.get(route);
    if (known !== undefined) return known;
    const history = look(route, until);
    if (observed.size < MOST_ROUTES) observed.set(route, history);
    history.catch(() => observed.delete(route));
    return history;
  }

  if (sellers !== null) begin(sellers, "some sellers (dangerouslyObserve of createGarim)");
  return {
    isObserving: () => [...plans.keys()].some(isLive),
    begin,
    planOf(own) {
      if (own !== null && isLive(own)) return own;
      return sellers !== null && isLive(sellers) ? sellers : null;
    },
    async endOf(route, { until }) {
      // While the store is out the option's own end counts: observing breaks nothing.
      const { guardedAt, observedAt = clock() } = await historyOf(route, until).catch(
        (): RouteHistory => ({}),
      );
      const end = Math.min(until, observedAt + OBSERVE_MS);
      return guardedAt !== undefined || clock() >= end ? null : end;
    },
    guard(route) {
      if (guarded.has(route) || guarded.size === MOST_ROUTES) return;
      guarded.add(route);
      histories.guard(route).then(
        (wasObserved) => wasObserved && record({ observe: route, ended: iso(clock()) }),
        () => guarded.delete(route),
      );
    },
    count(route) {
      const tally = tallyOf(route);
      if (tally !== undefined) tally.answers++;
    },
    fail(route, what, error) {
      const tally = tallyOf(route);
      if (tally === undefined) return;
      tally[what]++;
      if (clock() - tally.toldAt < MINUTE_MS) return;
      tally.toldAt = clock();
      const { unjudged, unrecorded } = tally;
      logger.error(
        { route, unjudged, unrecorded, ...describeError(error) },
        `garim: an observed answer left ${what}`,
      );
    },
    close: stop,
  };
}

function describe(
  plans: ReadonlyMap<ObservePlan, string>,
  tallies: ReadonlyMap<string, Tally>,
): Readonly<Record<string, unknown>> {
  const until = Math.max(...[...plans.keys()].map((plan) => plan.until));
  const routes = [...tallies].map(([route, { answers, unjudged, unrecorded }]) => ({
    route,
    answers,
    unjudged,
    unrecorded,
  }));
  return { what: [...plans.values()], until: iso(until), routes };
}

function ended(what: string): string {
  return `observing ${what} has ended, it is enforced; take dangerouslyObserve out`;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
