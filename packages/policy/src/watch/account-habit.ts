import { DAY, MINUTE } from "../moment.ts";
import type { Policy } from "../policy.ts";
import { dayOf, hourOf, nightOf } from "./moment-bucket.ts";
import type { WatchEvent } from "./watch-event.ts";

/** Networks of one account that are told apart; beyond them the oldest is forgotten. */
const MOST_NETWORKS = 30;
/** How fast a habit follows: a day counts for a quarter. */
const LEARN = 0.25;

/** What was shown to an account in one stretch of time. */
export class Stretch {
  #bucket: number | null = null;
  #subjects = new Set<number>();
  records = 0;

  /** @param most - more subjects than that are not told apart */
  add(bucket: number, event: WatchEvent, most: number): void {
    if (bucket !== this.#bucket) {
      this.#bucket = bucket;
      this.#subjects = new Set();
      this.records = 0;
    }
    this.records += event.records;
    for (const subject of event.subjects) if (this.#subjects.size <= most) this.#subjects.add(subject);
  }

  get subjects(): number {
    return this.#subjects.size;
  }
}

/** What one account usually does, and what it does now. */
export class AccountHabit {
  readonly firstAt: number;
  readonly hour: Stretch = new Stretch();
  readonly day: Stretch = new Stretch();
  readonly night: Stretch = new Stretch();
  readonly back: Stretch = new Stretch();
  /** The largest hour and the subjects of a usual day, both of days that are over. */
  usualHour = 0;
  usualDay = 0;
  /** Nights of which something is known; they fade as days go by. */
  usualNights = 0;
  #nightSeen: number | null = null;
  #day: number;
  #largestHour = 0;
  #lastAt: number;
  #returnedAt: number | null = null;
  readonly #networks = new Map<string, { readonly firstAt: number; readonly stretch: Stretch }>();
  #failures: number[] = [];

  constructor(at: number) {
    this.firstAt = at;
    this.#lastAt = at;
    this.#day = dayOf(at);
  }

  /** Moves the habit on before an event is counted. @returns how long nothing had happened, milliseconds */
  arrive(at: number): number {
    const pause = Math.max(0, at - this.#lastAt);
    this.#lastAt = Math.max(at, this.#lastAt);
    const day = dayOf(at);
    if (day > this.#day) this.#closeDay(day);
    return pause;
  }

  /** A day that is over becomes habit; one's first day is all there is. */
  #closeDay(day: number): void {
    const learn = this.usualDay === 0 ? 1 : LEARN;
    this.usualHour += learn * (this.#largestHour - this.usualHour);
    this.usualDay += learn * (this.day.subjects - this.usualDay);
    this.usualNights *= 0.97 ** (day - this.#day);
    this.#largestHour = 0;
    this.#day = day;
  }

  show(event: WatchEvent, most: number): void {
    const { at } = event;
    this.hour.add(hourOf(at), event, most);
    this.day.add(dayOf(at), event, most);
    this.#largestHour = Math.max(this.#largestHour, this.hour.records);
    const night = nightOf(at);
    if (night === null) return;
    this.night.add(night, event, most);
    if (night === this.#nightSeen) return;
    this.#nightSeen = night;
    this.usualNights += 1;
  }

  /** Subjects seen since somebody came back after a pause; `null` where nobody did lately. */
  countBack(event: WatchEvent, pause: number, leastPause: number, most: number): number | null {
    if (pause >= leastPause) this.#returnedAt = event.at;
    const from = this.#returnedAt;
    if (from === null || event.at - from > DAY) return null;
    this.back.add(from, event, most);
    return this.back.subjects;
  }

  /** Subjects seen in a network on the first day there; `null` where it is known, or the account itself is new. */
  countNetwork(event: WatchEvent, newMs: number, most: number): number | null {
    const { at, network } = event;
    const known = this.#networks.get(network) ?? { firstAt: at, stretch: new Stretch() };
    if (!this.#networks.has(network)) this.#remember(network, known);
    if (known.firstAt - this.firstAt < newMs || at - known.firstAt > DAY) return null;
    known.stretch.add(0, event, most);
    return known.stretch.subjects;
  }

  #remember(network: string, known: { readonly firstAt: number; readonly stretch: Stretch }): void {
    this.#networks.set(network, known);
    const [oldest] = this.#networks.keys();
    if (this.#networks.size > MOST_NETWORKS && oldest !== undefined) this.#networks.delete(oldest);
  }

  /** Failures of the last minutes. */
  fail(at: number, { watchFailures, watchFailureMinutes }: Policy): number {
    const lasting = [...this.#failures, at].filter((one) => at - one < watchFailureMinutes * MINUTE);
    this.#failures = lasting.slice(-watchFailures - 1);
    return this.#failures.length;
  }
}
