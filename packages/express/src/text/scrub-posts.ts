import { scrubPost } from "@garim/masking";
import type { ShownPost } from "./options.ts";

/** Deeper and larger than any list of reviews: what is deeper is not looked at, so it is not shown. */
const DEEPEST = 12;

/** The names on the order of each post. */
export type PostNames = ReadonlyMap<object, readonly string[]>;

/** Makes what an answer is as JSON, so that what is looked at is what is sent. */
export function plainOf(value: unknown, depth = 0): unknown {
  const plain = hasJson(value) ? value.toJSON() : value;
  if (typeof plain !== "object" || plain === null) return plain;
  if (depth > DEEPEST) return null;
  if (Array.isArray(plain)) return plain.map((one) => plainOf(one, depth + 1));
  return Object.fromEntries(Object.entries(plain).map(([name, one]) => [name, plainOf(one, depth + 1)]));
}

/** Finds the objects of a plain value that hold a text under one of the names, the outer before the inner. */
export function findPosts(plain: unknown, fields: ReadonlySet<string>): readonly ShownPost[] {
  if (typeof plain !== "object" || plain === null) return [];
  const members = Object.entries(plain);
  const isPost = !Array.isArray(plain) && members.some(([name, one]) => fields.has(name) && holdsText(one));
  return [...(isPost ? [plain as ShownPost] : []), ...members.flatMap(([, one]) => findPosts(one, fields))];
}

/** Scrubs the texts of a plain value; those within a post of that post's names as well. */
export function scrubPosts(
  plain: unknown,
  fields: ReadonlySet<string>,
  posts: PostNames,
  around: readonly string[] = [],
): unknown {
  if (typeof plain !== "object" || plain === null) return plain;
  const names = [...around, ...(posts.get(plain) ?? [])];
  const each = (one: unknown): unknown => scrubPosts(one, fields, posts, names);
  if (Array.isArray(plain)) return plain.map(each);
  const members = Object.entries(plain).map(([name, one]) => [
    name,
    fields.has(name) ? scrubTexts(one, names, each) : each(one),
  ]);
  return Object.fromEntries(members);
}

/** A text, or a list of them: what has another form is looked at as anything else is. */
function scrubTexts(one: unknown, names: readonly string[], other: (one: unknown) => unknown): unknown {
  if (typeof one === "string") return scrubPost(one, names);
  if (Array.isArray(one)) return one.map((text) => scrubTexts(text, names, other));
  return other(one);
}

function holdsText(one: unknown): boolean {
  return typeof one === "string" || (Array.isArray(one) && one.some(holdsText));
}

function hasJson(value: unknown): value is { toJSON(): unknown } {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as { toJSON?: unknown }).toJSON === "function"
  );
}
