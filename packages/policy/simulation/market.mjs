// @ts-check
// Made-up weeks of a market: ordinary sellers, busy ones, and people who help themselves. All of it follows from one seed.

/**
 * @typedef {import("../src/index.ts").WatchEvent} WatchEvent
 * @typedef {() => number} Random
 * @typedef {{ name: string, accounts: ReadonlySet<string>, networks: ReadonlySet<string>, keys: ReadonlySet<string>, startsAt: number, events: WatchEvent[] }} Attack
 * @typedef {{ events: readonly WatchEvent[], attacks: readonly Attack[], people: number, measuredFrom: number, days: number }} Market
 * @typedef {{ account: string, seller: number, network: string, from: number, to: number, views: number, size: number, night: boolean, start: number, awayFrom: number, awayTo: number, moves: number, roams: boolean }} Person
 */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Midnight in Korea, a Monday. */
const BEGIN = Date.parse("2026-09-07T00:00:00+09:00");
const DAYS = 56;
/** Habits are learned before anything is counted. */
const LEARNT = 32;

/** @param {number} seed @returns {Random} */
function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** @param {Random} random @param {number} from @param {number} to */
function whole(random, from, to) {
  return from + Math.floor(random() * (to - from + 1));
}

/** @param {Partial<WatchEvent> & Pick<WatchEvent, "at" | "account" | "network">} more @returns {WatchEvent} */
function eventOf(more) {
  const subjects = more.subjects ?? [];
  return {
    isPerson: true,
    key: null,
    outcome: "disclosed",
    subjects,
    records: subjects.length,
    asked: null,
    isCanary: false,
    ...more,
  };
}

/** The buyers of a page of a seller's orders of a day. @param {Random} random @param {number} seller @param {number} day @param {number} size */
function buyersOf(random, seller, day, size) {
  const base = seller * 10_000_000 + day * 20_000 + whole(random, 0, 300);
  return Array.from({ length: size }, (_, i) => base + i);
}

/**
 * The sellers of a market: three sizes, some that work at night, some in one office, some on the road, some away for weeks.
 *
 * @param {Random} random
 * @returns {readonly Person[]}
 */
function makePeople(random) {
  /** @type {Person[]} */
  const people = [];
  for (let seller = 0; seller < 110; seller++) {
    const size = seller % 8 === 0 ? "large" : seller % 3 === 0 ? "middle" : "small";
    const staff = size === "large" ? 5 : size === "middle" ? 3 : 1;
    const isAgency = seller % 6 === 5;
    const isNight = seller % 12 === 7;
    const moves = seller % 11 === 4 ? LEARNT + whole(random, 2, 20) : -1;
    for (let i = 0; i < staff; i++) {
      const away = seller % 13 === 9 ? LEARNT - whole(random, 20, 36) : -1;
      people.push({
        account: `s${seller}-${i}`,
        seller,
        network: isAgency ? "office-of-an-agency" : `office-${seller}`,
        from: isNight ? 19 : whole(random, 8, 10),
        to: isNight ? 26 : whole(random, 17, 20),
        views:
          size === "large"
            ? whole(random, 40, 70)
            : size === "middle"
              ? whole(random, 20, 40)
              : whole(random, 4, 15),
        size: size === "large" ? 60 : size === "middle" ? 25 : 8,
        night: isNight,
        start: seller % 9 === 2 && i === 0 ? LEARNT + whole(random, 1, 15) : 0,
        awayFrom: away,
        awayTo: away === -1 ? -1 : LEARNT + whole(random, 3, 12),
        moves,
        roams: seller % 10 === 3,
      });
    }
  }
  return people;
}

/** @param {Random} random @param {Person} person @param {number} day @returns {readonly WatchEvent[]} */
function dayOf(random, person, day) {
  if (day < person.start || (day >= person.awayFrom && day < person.awayTo)) return [];
  const weekday = day % 7;
  if (weekday >= 5 && random() < 0.7) return [];
  const { account, seller } = person;
  // A sale day is five times a day, and every seller has one; Mondays are twice a Tuesday.
  const isSale = day % 28 === (seller * 5) % 28;
  const times = (isSale ? 5 : weekday === 0 ? 2 : 1) * (0.7 + 0.6 * random());
  const network = networkOf(random, person, day);
  const begin = BEGIN + day * DAY;
  /** @type {WatchEvent[]} */
  const events = [];
  for (let i = 0; i < person.views * times; i++) {
    const isCutOff = random() < 0.35;
    const hour =
      isCutOff && !person.night ? 13 + 2 * random() : person.from + (person.to - person.from) * random();
    const at = Math.floor(begin + hour * HOUR);
    const isOne = random() < 0.4;
    const subjects = buyersOf(random, seller, day, isOne ? 1 : whole(random, 1, person.size));
    const asked = isOne ? day * 1_000_000 + whole(random, 0, 400_000) : null;
    events.push(eventOf({ at, account, network, subjects, asked }));
  }
  // Labels of the whole day at once, page after page.
  if (person.size === 60 && account.endsWith("-0"))
    for (let page = 0; page < 12 * times; page++) {
      const subjects = Array.from(
        { length: 100 },
        (_, i) => seller * 10_000_000 + day * 20_000 + page * 100 + i,
      );
      events.push(eventOf({ at: Math.floor(begin + 14 * HOUR + page * 4_000), account, network, subjects }));
    }
  // Somebody who forgot the password, and somebody on a small keyboard.
  if (random() < 0.05)
    for (let i = 0; i < whole(random, 1, 5); i++)
      events.push(
        eventOf({
          at: Math.floor(begin + person.from * HOUR + i * 20_000),
          account,
          network,
          outcome: "failed",
        }),
      );
  // A courier's question late at night.
  if (random() < 0.03)
    events.push(
      eventOf({ at: begin + 23 * HOUR, account, network, subjects: buyersOf(random, seller, day, 1) }),
    );
  return events;
}

/** Who moved has another office; who roams shares the networks of a mobile carrier with everybody. @param {Random} random @param {Person} person @param {number} day */
function networkOf(random, { network, moves, roams, seller }, day) {
  if (roams) return `carrier-${whole(random, 0, 3)}`;
  return moves !== -1 && day >= moves ? `new-office-${seller}` : network;
}

/**
 * @param {string} name
 * @param {WatchEvent[]} events
 * @param {{ accounts?: readonly string[], networks?: readonly string[], keys?: readonly string[] }} whose
 * @returns {Attack}
 */
function attackOf(name, events, { accounts = [], networks = [], keys = [] }) {
  const startsAt = Math.min(...events.map(({ at }) => at));
  return {
    name,
    accounts: new Set(accounts),
    networks: new Set(networks),
    keys: new Set(keys),
    startsAt,
    events,
  };
}

/**
 * Requests of another account each, with one stolen key: what happened in 2025, each hour of it cut to some seconds.
 *
 * @param {string} name
 * @param {number} perSecond
 * @param {number} blocks
 * @param {number} each
 * @param {(i: number) => string} networkOf
 * @param {string | null} key
 */
function scrape(name, perSecond, blocks, each, networkOf, key) {
  /** @type {WatchEvent[]} */
  const events = [];
  for (let i = 0; i < blocks * each; i++) {
    const block = Math.floor(i / each);
    const at = Math.floor(
      BEGIN + LEARNT * DAY + (block * (DAYS - LEARNT - 1) * DAY) / blocks + ((i % each) * 1_000) / perSecond,
    );
    events.push(
      eventOf({
        at,
        account: `${name}-victim-${i}`,
        network: networkOf(i),
        key,
        subjects: [4_000_000_000 + i],
      }),
    );
  }
  const networks = [...new Set(events.map((event) => event.network))];
  return attackOf(name, events, { networks, keys: key === null ? [] : [key] });
}

/** @param {Random} random @param {readonly Person[]} people @returns {readonly Attack[]} */
function makeAttacks(random, people) {
  const small = people.filter(
    ({ size, night, roams, start, awayFrom }) =>
      size === 8 && !night && !roams && start === 0 && awayFrom === -1,
  );
  const large = people.filter(({ size, account }) => size === 60 && !account.endsWith("-0"));
  /** Each attack has an account of its own. @type {Set<Person>} */
  const taken = new Set();
  const pick = (/** @type {readonly Person[]} */ some) => {
    const free = some.filter((person) => !taken.has(person));
    const person = free[whole(random, 0, free.length - 1)];
    if (person === undefined) throw new Error("The market is too small for its thieves.");
    taken.add(person);
    return person;
  };
  const onDay = () => BEGIN + whole(random, LEARNT + 2, DAYS - 3) * DAY;
  /**
   * @param {string} name @param {Person} person @param {string} network @param {number} startsAt @param {number} count @param {number} everyMs @param {number} size
   */
  const reads = (name, person, network, startsAt, count, everyMs, size) => {
    const events = Array.from({ length: count }, (_, i) =>
      eventOf({
        at: Math.floor(startsAt + i * everyMs),
        account: person.account,
        network,
        subjects: Array.from(
          { length: size },
          (_, j) => 3_000_000_000 + person.seller * 1_000_000 + i * size + j,
        ),
      }),
    );
    return attackOf(name, events, { accounts: [person.account] });
  };
  /** @type {Attack[]} */
  const attacks = [
    scrape(
      "scrape as in 2025: 8 a second, one key, four networks",
      8,
      208,
      160,
      (i) => `scraper-${i % 4}`,
      "stolen-key",
    ),
    scrape(
      "the same, slowed to one in ten minutes",
      1 / 600,
      28,
      130,
      () => "slow-scraper",
      "other-stolen-key",
    ),
    scrape("the same without a key, from one network", 8, 28, 160, () => "keyless-scraper", null),
    scrape("the same without a key, each from a network of its own", 8, 28, 160, (i) => `home-${i}`, null),
  ];
  for (let i = 0; i < 6; i++) {
    const [one, other, third, fourth, fifth] = [
      pick(small),
      pick(small),
      pick(small),
      pick(large),
      pick(small),
    ];
    attacks.push(
      reads("account taken over, at night", one, `thief-${i}`, onDay() + 26.5 * HOUR, 300, 9_000, 1),
      reads("account taken over, by day", other, `thief-by-day-${i}`, onDay() + 14 * HOUR, 400, 15_000, 1),
      reads(
        "everything at once, in the own office",
        third,
        third.network,
        onDay() + 11 * HOUR,
        60,
        20_000,
        100,
      ),
      reads(
        "a large seller's staff takes it all home",
        fourth,
        fourth.network,
        onDay() + 16 * HOUR,
        300,
        8_000,
        100,
      ),
      reads(
        "one more buyer every other day",
        fifth,
        fifth.network,
        BEGIN + LEARNT * DAY + 10 * HOUR,
        14,
        2 * DAY,
        1,
      ),
    );
  }
  for (let i = 0; i < 4; i++) {
    const account = `left-${i}`;
    const old = eventOf({ at: BEGIN + i * HOUR, account, network: "left", subjects: [i] });
    const cameBack = onDay() + 10 * HOUR;
    const back = Array.from({ length: 250 }, (_, j) =>
      eventOf({
        at: cameBack + j * 30_000,
        account,
        network: "left",
        subjects: [3_900_000_000 + i * 1_000 + j],
      }),
    );
    const dormant = attackOf("account that was quiet for weeks", back, { accounts: [account] });
    attacks.push({ ...dormant, events: [old, ...back] });
    const walker = pick(small);
    const from = onDay() + 13 * HOUR;
    const walk = Array.from({ length: 80 }, (_, j) =>
      eventOf({
        at: from + j * 3_000,
        account: walker.account,
        network: walker.network,
        outcome: "refused",
        asked: 70_000_000 + j,
      }),
    );
    attacks.push(attackOf("order number after order number", walk, { accounts: [walker.account] }));
    const guessed = pick(small);
    const guesses = Array.from({ length: 15 }, (_, j) =>
      eventOf({
        at: from + j * 20_000,
        account: guessed.account,
        network: `guesser-${i}`,
        outcome: "failed",
      }),
    );
    attacks.push(
      attackOf("guesses at one account", guesses, {
        accounts: [guessed.account],
        networks: [`guesser-${i}`],
      }),
    );
    const stuffed = Array.from({ length: 120 }, (_, j) =>
      eventOf({
        at: from + j * 5_000,
        account: `name-${i}-${j}`,
        network: `stuffer-${i}`,
        outcome: "failed",
      }),
    );
    attacks.push(attackOf("one guess at many accounts", stuffed, { networks: [`stuffer-${i}`] }));
    const curious = pick(small);
    const canary = eventOf({
      at: from,
      account: curious.account,
      network: curious.network,
      subjects: [1],
      isCanary: true,
    });
    attacks.push(attackOf("an order that exists for nobody", [canary], { accounts: [curious.account] }));
  }
  return attacks;
}

/** Eight weeks of a market. @param {number} seed @returns {Market} */
export function simulateMarket(seed) {
  const random = randomOf(seed);
  const people = makePeople(random);
  /** @type {WatchEvent[]} */
  const events = [];
  for (let day = 0; day < DAYS; day++)
    for (const person of people) events.push(...dayOf(random, person, day));
  const attacks = makeAttacks(random, people);
  for (const attack of attacks) events.push(...attack.events);
  events.sort((one, other) => one.at - other.at);
  const measuredFrom = BEGIN + LEARNT * DAY;
  return { events, attacks, people: people.length, measuredFrom, days: DAYS - LEARNT };
}
