import { compileAnswer } from "@garim/masking";
import { decideDisclosure, readLines, resolvePolicy } from "@garim/policy";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileDraft } from "../../test/compiled-draft.ts";
import { ORDERS, personalTexts, STYLES } from "../../test/orders.ts";
import type { Draft } from "./draft.ts";
import { inferFromSamples } from "./infer-schema.ts";

const NOW = Date.parse("2026-11-22T09:00:00+09:00");
const ENDED = decideDisclosure(
  {
    lines: readLines({ paidAt: NOW - 1000, purposeEndedAt: NOW - 1 }),
    surface: "view",
    allowed: 0x7fff,
    secondFactorAt: NOW,
  },
  NOW,
  resolvePolicy(),
);

/** What leaves of an answer whose records' purpose has ended. */
function write(draft: Draft, answer: unknown): string {
  const writer = compileAnswer(compileDraft(draft));
  const found = writer.find(answer);
  expect(found.length).toBeGreaterThan(0);
  return Buffer.from(
    writer.write(
      answer,
      found,
      found.map(() => ENDED),
    ),
  ).toString("utf8");
}

function leaksIn(text: string): readonly string[] {
  return personalTexts(ORDERS).filter((one) => text.includes(one));
}

describe("inferFromSamples", () => {
  it.each(Object.entries(STYLES))("drafts a schema that hides everybody's data: %s", (_, style) => {
    const answer = style(ORDERS);
    expect(leaksIn(JSON.stringify(answer)).length).toBeGreaterThan(10);
    expect(leaksIn(write(inferFromSamples([answer]), answer))).toEqual([]);
  });

  it.each(Object.entries(STYLES))("keeps no value of a sample in the draft: %s", (_, style) => {
    expect(leaksIn(JSON.stringify(inferFromSamples([style(ORDERS)])))).toEqual([]);
  });
});

describe("[L2] drafts of any samples", () => {
  const style = fc.constantFrom(...Object.keys(STYLES).filter((name) => name !== "PascalCase, one record"));

  it("hide what some records lack and others have empty", () => {
    fc.assert(
      fc.property(style, fc.array(fc.nat(), { minLength: 1, maxLength: 40 }), (name, holes) => {
        const answer = makeHoles(STYLES[name]?.(ORDERS), holes);
        expect(leaksIn(write(inferFromSamples([answer]), answer))).toEqual([]);
      }),
    );
  });

  it("hide every kind below names that say nothing, however few samples there are", () => {
    const few = fc.subarray([...ORDERS], { minLength: 1 });
    fc.assert(
      fc.property(few, (orders) => {
        const answer = STYLES["names that say nothing"]?.(orders);
        expect(leaksIn(write(inferFromSamples([answer]), answer))).toEqual([]);
      }),
    );
  });
});

/** The same answer with members gone, null or empty here and there. */
function makeHoles(answer: unknown, holes: readonly number[]): unknown {
  let at = 0;
  const text = JSON.stringify(answer, (key, value: unknown) => {
    if (key === "" || typeof value === "object") return value;
    const hole = holes[at++ % holes.length] ?? 0;
    return hole % 8 < 3 ? [undefined, null, ""][hole % 8] : value;
  });
  return JSON.parse(text);
}
