import { describe, expect, it } from "vitest";
import { createSequences, RUN } from "./sequences.ts";

function ask(names: readonly string[], toolId = "tool-1", sequences = createSequences()) {
  return names.map((name) => sequences.note(toolId, [name])).filter((name) => name !== undefined);
}

const numbers = (count: number, nameOf: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => nameOf(i));

describe("sequences.note", () => {
  it.each([
    ["up", (i: number) => `${1_000 + i}`],
    ["down", (i: number) => `${1_000 - i}`],
    ["with gaps", (i: number) => `${1_000 + 8 * i}`],
    ["of 16 digits", (i: number) => `202611220000${1_000 + i}`],
    ["behind letters", (i: number) => `ORD-${1_000 + i}`],
  ])("[V1] finds %s, at the %#th way, once it is a run", (_, nameOf) => {
    expect(ask(numbers(RUN - 1, nameOf))).toEqual([]);
    expect(ask(numbers(RUN, nameOf))).toEqual([nameOf(RUN - 1)]);
    expect(ask(numbers(2 * RUN - 1, nameOf))).toHaveLength(2);
  });

  it.each([
    ["numbers far apart", (i: number) => `${1_000 + 9 * i}`],
    ["there and back", (i: number) => `${1_000 + (i % 2)}`],
    ["one number again and again", () => "1000"],
    ["no numbers", (i: number) => `order-${String.fromCharCode(97 + i)}`],
  ])("finds nothing in %s", (_, nameOf) => {
    expect(ask(numbers(3 * RUN, nameOf))).toEqual([]);
  });

  it("keeps tools apart", () => {
    const sequences = createSequences();
    for (let i = 0; i < RUN - 1; i++) ask([`${i}`], "tool-1", sequences);
    expect(ask([`${RUN}`], "tool-2", sequences)).toEqual([]);
    expect(ask([`${RUN - 1}`], "tool-1", sequences)).toHaveLength(1);
  });
});
