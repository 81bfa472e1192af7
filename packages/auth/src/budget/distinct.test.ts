import { describe, expect, it } from "vitest";
import { handClock, NOON } from "../../test/people.ts";
import { memoryState } from "../state/memory.ts";
import { createBudgets } from "./budgets.ts";
import { createDistinctBudgets, thingOf } from "./distinct.ts";

const SUBJECTS = { name: "subjects", limit: 10, windowMs: 3_600_000 };

function start() {
  const clock = handClock();
  const state = memoryState({ clock });
  const node = () => createDistinctBudgets(createBudgets({ state, clock }), clock);
  return { clock, node };
}

const things = (...names: string[]) => new Set(names.map(thingOf));

describe("distinctBudgets.spend", () => {
  it("[V1] counts each thing once in a window, however often it is read", async () => {
    const budgets = start().node();
    for (let i = 0; i < 50; i++) expect(await budgets.spend(SUBJECTS, "t", things("a", "b"))).toBe(true);
    expect(budgets.left(SUBJECTS, "t").remaining).toBe(8);
  });

  it("[V1] ends with the last one there is room for, and still gives what was read before", async () => {
    const budgets = start().node();
    const ten = things(..."abcdefghij");
    expect(await budgets.spend(SUBJECTS, "t", ten)).toBe(true);
    expect(await budgets.spend(SUBJECTS, "t", things("a", "k"))).toBe(false);
    expect(await budgets.spend(SUBJECTS, "t", ten)).toBe(true);
  });

  it("counts what two nodes read on both, never less than once", async () => {
    const { node } = start();
    const [one, other] = [node(), node()];
    expect(await one.spend(SUBJECTS, "t", things("a", "b", "c", "d", "e"))).toBe(true);
    expect(await other.spend(SUBJECTS, "t", things("a", "b", "c", "d", "e"))).toBe(true);
    expect(await other.spend(SUBJECTS, "t", things("f"))).toBe(false);
  });

  it("begins anew with the window", async () => {
    const { clock, node } = start();
    const budgets = node();
    await budgets.spend(SUBJECTS, "t", things(..."abcdefghij"));
    clock.now = NOON + SUBJECTS.windowMs;
    expect(await budgets.spend(SUBJECTS, "t", things("k"))).toBe(true);
  });
});
