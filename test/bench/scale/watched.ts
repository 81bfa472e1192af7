import { type Subject, subject } from "@garim/policy";

/** Somebody or something whose records are counted: as many in a small log as in a large one. */
export interface Watched {
  readonly name: string;
  /** Records it has, spread evenly over the whole log. */
  readonly records: number;
  readonly subject?: Subject;
  /** A number of {@link actorName}. */
  readonly actor?: number;
  /** A number of {@link keyName}. */
  readonly key?: number;
}

/** A fresh one for each time it is asked with cold caches. */
export const ROUNDS = 5;

const FIRST_WATCHED_ACTOR = 900_000;
const FIRST_WATCHED_KEY = 900;

const rounds = (make: (round: number) => Watched): readonly Watched[] =>
  Array.from({ length: ROUNDS }, (_, i) => make(i));

export const RARE_BUYERS: readonly Watched[] = rounds((i) => ({
  name: `rare-${i}`,
  records: 24,
  subject: subject.buyer(`rare-${i}`),
}));
export const FREQUENT_BUYERS: readonly Watched[] = rounds((i) => ({
  name: `frequent-${i}`,
  records: 1_200,
  subject: subject.buyer(`frequent-${i}`),
}));
export const ACTORS: readonly Watched[] = rounds((i) => ({
  name: `actor-${i}`,
  records: 2_400,
  actor: FIRST_WATCHED_ACTOR + i,
}));
export const TOOL_KEYS: readonly Watched[] = rounds((i) => ({
  name: `key-${i}`,
  records: 6_000,
  key: FIRST_WATCHED_KEY + i,
}));
export const WATCHED: readonly Watched[] = [...RARE_BUYERS, ...FREQUENT_BUYERS, ...ACTORS, ...TOOL_KEYS];

/** One record of a thousand is of this buyer, and one of fifty this member of staff's: they grow with the log. */
export const HOT_BUYER: Subject = subject.buyer("hot");
export const HOT_ACTOR = 1;

export const actorName = (number: number): string => `staff-${String(number).padStart(6, "0")}`;
export const keyName = (number: number): string => `key-${String(number).padStart(3, "0")}`;

/** Places of a log of `total` records at which the watched stand, each place once. */
export function placesOfWatched(total: number): ReadonlyMap<number, Watched> {
  const places = new Map<number, Watched>();
  for (const [which, watched] of WATCHED.entries())
    for (let i = 0; i < watched.records; i++) {
      let place = 1 + which + Math.floor(((i + 0.5) * total) / watched.records);
      while (places.has(place) || place > total) place = place > total ? 1 : place + 1;
      places.set(place, watched);
    }
  return places;
}
