import { DAY } from "../moment.ts";
import type { Policy } from "../policy.ts";
import { AccountHabit } from "./account-habit.ts";
import { Crowd } from "./crowd.ts";
import { dayOf, nightOf } from "./moment-bucket.ts";
import { Steps } from "./steps.ts";
import { WATCH_ACTIONS, type WatchEvent, type WatchFinding, type WatchReason } from "./watch-event.ts";

/** Accounts, keys and networks that are remembered; the one that was quiet longest is forgotten first. */
const MOST_KNOWN = 50_000;

/** What was seen until now. Made by {@link startWatch}, changed by {@link watchAccess} alone. */
export interface Watch {
  readonly habits: Map<string, AccountHabit>;
  readonly steps: Map<string, Steps>;
  readonly crowds: Map<string, Crowd>;
  /** What was told already, and on which day. */
  readonly told: Map<string, number>;
}

/** Begins to watch: nothing is known of anybody. */
export function startWatch(): Watch {
  return { habits: new Map(), steps: new Map(), crowds: new Map(), told: new Map() };
}

interface Seen {
  readonly reason: WatchReason;
  /** Whose it is told of once a day. */
  readonly whose: string;
  readonly count: number;
}

/**
 * Looks at one access after the other, and tells what looks like somebody helping themselves. The same events in the same order give
 * the same findings; each is told once a day (Korean time) of an account, key or network.
 *
 * People are measured by what they usually do and by the policy's numbers together: a sale day is large for everybody.
 *
 * @param watch - what was seen until now; it is brought up to date
 * @source notice-2026-9/6-1
 */
export function watchAccess(watch: Watch, event: WatchEvent, policy: Policy): readonly WatchFinding[] {
  const seen = [
    ...lookForAnybody(watch, event, policy),
    ...(event.isPerson ? lookAtPerson(watch, event, policy) : []),
  ];
  const day = dayOf(event.at);
  return seen.filter((one) => isNews(watch, one, day)).map((one) => findingOf(one, event));
}

function lookForAnybody(watch: Watch, event: WatchEvent, policy: Policy): readonly Seen[] {
  const { account, asked, at, isCanary, key, network, outcome } = event;
  const seen: Seen[] = [];
  if (isCanary) seen.push({ reason: "watch-canary", whose: account, count: 1 });
  if (asked !== null) {
    const length = recall(watch.steps, account, () => new Steps()).add(asked, at, policy);
    if (length >= policy.watchRun && outcome !== "disclosed")
      seen.push({ reason: "watch-sequence", whose: account, count: length });
  }
  if (outcome === "disclosed") watch.steps.get(account)?.forgive();
  if (outcome === "refused") return seen;
  // Guesses of many names from one place are told as what they are.
  const reason = outcome === "failed" ? "watch-failures" : "watch-many-users";
  for (const name of crowdsOf(network, key, outcome)) {
    const count = recall(watch.crowds, name, () => new Crowd()).add(event, policy);
    if (count !== null) seen.push({ reason, whose: name, count });
  }
  return seen;
}

function crowdsOf(network: string, key: string | null, outcome: string): readonly string[] {
  const names = [`${outcome} network ${network}`];
  return key === null ? names : [...names, `${outcome} key ${key}`];
}

function lookAtPerson(watch: Watch, event: WatchEvent, policy: Policy): readonly Seen[] {
  const { account, at, outcome } = event;
  // Who asks has not come back yet: the pause is that of what is shown then.
  if (outcome === "refused") return [];
  const habit = recall(watch.habits, account, () => new AccountHabit(at));
  const pause = habit.arrive(at);
  if (outcome === "failed") {
    const count = habit.fail(at, policy);
    return count >= policy.watchFailures ? [{ reason: "watch-failures", whose: account, count }] : [];
  }
  return lookAtShown(habit, pause, event, policy);
}

function lookAtShown(habit: AccountHabit, pause: number, event: WatchEvent, policy: Policy): readonly Seen[] {
  const whose = event.account;
  // Whoever is new here, or not known yet by a node that has just begun, has no habit to be measured by.
  const isNew = event.at - habit.firstAt < policy.watchNewDays * DAY;
  const leniency = isNew ? policy.watchNewTimes : 1;
  const most = Math.max(policy.watchDaySubjects * leniency, policy.watchTimes * habit.usualDay);
  const mostHour = Math.max(policy.watchHourRecords * leniency, policy.watchTimes * habit.usualHour);
  // Whoever moves to another office, or comes back from leave, does a day's work there.
  const mostNew = Math.max(policy.watchNewSubjects, policy.watchUsualDays * habit.usualDay);
  habit.show(event, most);
  const back = habit.countBack(event, pause, policy.watchDormantDays * DAY, mostNew);
  const inNetwork = habit.countNetwork(event, policy.watchNewDays * DAY, mostNew);
  const isUnusualNight = !isNew && nightOf(event.at) !== null && habit.usualNights < policy.watchNights;
  const atNight = isUnusualNight ? habit.night.subjects : 0;
  const { hour, day } = habit;
  const all: readonly (readonly [boolean, WatchReason, number])[] = [
    [hour.records > mostHour, "watch-volume", hour.records],
    [day.subjects > most, "watch-subjects", day.subjects],
    [atNight > policy.watchNightSubjects, "watch-off-hours", atNight],
    [isMuch(back, mostNew), "watch-dormant", back ?? 0],
    [isMuch(inNetwork, mostNew), "watch-new-network", inNetwork ?? 0],
  ];
  return all.filter(([is]) => is).map(([, reason, count]) => ({ reason, whose, count }));
}

function isMuch(subjects: number | null, most: number): boolean {
  return subjects !== null && subjects > most;
}

function isNews({ told }: Watch, { reason, whose }: Seen, day: number): boolean {
  const name = `${reason} ${whose}`;
  if (told.get(name) === day) return false;
  told.delete(name);
  told.set(name, day);
  forgetOldest(told);
  return true;
}

function findingOf({ reason, count }: Seen, { at, account, network, key }: WatchEvent): WatchFinding {
  return { reason, action: WATCH_ACTIONS[reason], at, account, network, key, count };
}

/** What is known of a name; whoever is asked for last is forgotten last. */
function recall<T>(known: Map<string, T>, name: string, make: () => T): T {
  const one = known.get(name) ?? make();
  known.delete(name);
  known.set(name, one);
  forgetOldest(known);
  return one;
}

function forgetOldest(known: Map<string, unknown>): void {
  const [oldest] = known.keys();
  if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
}
