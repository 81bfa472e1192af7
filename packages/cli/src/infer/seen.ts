import { inputInvalid } from "../input-error.ts";
import type { Declaration } from "./value/declaration.ts";

/** A value without members. */
export type Scalar = string | number | boolean | null;

/** Objects told apart by one of their members. */
export interface SeenUnion {
  readonly discriminator: string;
  readonly variants: ReadonlyMap<string, Seen>;
}

/** Everything that was seen in one place of all samples. It grows while samples are read. */
export interface Seen {
  readonly values: Scalar[];
  objects: number;
  lists: number;
  readonly members: Map<string, SeenMember>;
  item: Seen | undefined;
  declaration?: Declaration;
  union?: SeenUnion;
  /** A name the document gives to what stands here. */
  title?: string;
  /** Why nothing can be said about the place. */
  unknown?: string;
}

export interface SeenMember {
  readonly seen: Seen;
  /** In how many objects it stands. */
  count: number;
}

/** Deeper than any schema may be. */
const MOST_LEVELS = 60;

export function makeSeen(): Seen {
  return { values: [], objects: 0, lists: 0, members: new Map(), item: undefined };
}

/**
 * Adds a sample to what was seen.
 *
 * @throws GarimError `ERR_GARIM_INPUT_INVALID` where it nests deeper than a schema may
 */
export function observe(seen: Seen, sample: unknown, level = 0): void {
  if (level > MOST_LEVELS)
    throw inputInvalid(`A sample nests deeper than ${MOST_LEVELS} levels; give an answer that is flatter`);
  if (Array.isArray(sample)) observeList(seen, sample, level);
  else if (typeof sample === "object" && sample !== null) observeObject(seen, sample, level);
  else if (isScalar(sample)) seen.values.push(sample);
}

function observeList(seen: Seen, list: readonly unknown[], level: number): void {
  seen.lists++;
  for (const item of list) {
    seen.item ??= makeSeen();
    observe(seen.item, item, level + 1);
  }
}

function observeObject(seen: Seen, object: object, level: number): void {
  seen.objects++;
  for (const [name, value] of Object.entries(object)) observe(addMember(seen, name), value, level + 1);
}

/** The member of a name, counted once more. */
function addMember(seen: Seen, name: string): Seen {
  const member = seen.members.get(name) ?? { seen: makeSeen(), count: 0 };
  member.count++;
  seen.members.set(name, member);
  return member.seen;
}

export function isScalar(value: unknown): value is Scalar {
  return (
    value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean"
  );
}

/** Whether only texts, numbers, truth values and nulls were seen in a place. */
export function isLeaf(seen: Seen): boolean {
  return seen.objects === 0 && seen.lists === 0;
}
