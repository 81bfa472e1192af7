import fc from "fast-check";

/** Pieces readers stumble over: numbers at edges, names every object has, texts of odd letters. */
const ODD: readonly unknown[] = [
  null,
  true,
  0,
  -0,
  -1,
  0.5,
  1e308,
  2 ** 32,
  2 ** 53,
  "",
  " ",
  "\n",
  "=",
  "\u0000",
  "\ud800",
  "\ufeff",
  "__proto__",
  "constructor",
  "toString",
  "A".repeat(10_000),
  [],
  [[]],
  {},
  { __proto__: null },
];

const odd = fc.oneof(fc.constantFrom(...ODD), fc.string({ unit: "binary" }), fc.jsonValue());

/** A right value with one or two places of it changed, left out or repeated. */
export function mutatedValue(right: unknown): fc.Arbitrary<unknown> {
  const change = fc.record({ at: fc.nat(), how: fc.nat(4), by: odd, cut: fc.nat() });
  return fc
    .array(change, { minLength: 1, maxLength: 2 })
    .map((changes) => changes.reduce((value, one) => changeAt(value, one), right));
}

/** A right text with some letters changed, left out, doubled or put in. */
export function mutatedText(right: string): fc.Arbitrary<string> {
  const change = fc.record({
    at: fc.nat(),
    how: fc.nat(4),
    by: fc.string({ unit: "binary", maxLength: 4 }),
    cut: fc.nat(),
  });
  return fc
    .array(change, { minLength: 1, maxLength: 3 })
    .map((changes) => changes.reduce((text, one) => changeText(text, one), right));
}

interface Change {
  readonly at: number;
  readonly how: number;
  readonly by: unknown;
  readonly cut: number;
}

function changeAt(value: unknown, change: Change): unknown {
  const places = placesOf(value, []);
  const path = places[change.at % places.length] ?? [];
  return changeBelow(value, path, change);
}

function placesOf(value: unknown, path: readonly string[]): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, one]) => placesOf(one, [...path, key]))];
}

function changeBelow(value: unknown, [key, ...rest]: readonly string[], change: Change): unknown {
  if (key === undefined) return changeValue(value, change);
  const members = Object.entries(value as object);
  const changed = members.flatMap(([name, one]) => {
    if (name !== key) return [[name, one] as const];
    if (rest.length === 0 && change.how === 0) return [];
    return [[name, changeBelow(one, rest, change)] as const];
  });
  return Array.isArray(value) ? changed.map(([, one]) => one) : Object.fromEntries(changed);
}

function changeValue(value: unknown, change: Change): unknown {
  if (change.how === 1) return [value];
  if (typeof value === "string" && change.how >= 2)
    return changeText(value, { ...change, by: JSON.stringify(change.by) ?? "" });
  if (typeof value === "number" && change.how === 2) return value + 1;
  if (Array.isArray(value) && change.how === 3) return [...value, ...value];
  if (typeof value === "object" && value !== null && change.how === 4) return { ...value, more: change.by };
  return change.by;
}

function changeText(text: string, { at, how, by, cut }: Change): string {
  const place = text.length === 0 ? 0 : at % text.length;
  const end = Math.min(text.length, place + 1 + (cut % 8));
  const middle = how === 0 ? "" : how === 1 ? text.slice(place, end).repeat(2) : String(by);
  return text.slice(0, place) + middle + text.slice(how === 4 ? place : end);
}
