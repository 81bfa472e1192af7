import type { Mark, StateStore } from "@garim/auth";
import { memoryState } from "@garim/auth";
import { describe, expect, it } from "vitest";
import { createTelemetry } from "./telemetry.ts";

/** A store that tells of three uses what it is told to tell. */
function storeOf(...marks: readonly Mark[]): StateStore {
  const left = [...marks];
  return { ...memoryState(), mark: async () => left.shift() ?? "used" };
}

describe("watchState", () => {
  it("counts the uses of which a store that began anew cannot tell, and no others", async () => {
    const { numbers, watchState } = createTelemetry();
    const state = watchState(storeOf("first", "unsure", "used", "unsure"), "session");
    const marks = [];
    for (let i = 0; i < 4; i++) marks.push(await state.mark?.("v1/proof/a", 1, 0));
    expect(marks).toEqual(["first", "unsure", "used", "unsure"]);
    expect(numbers.text()).toContain('garim_marks_unsure_total{store="session"} 2\n');
  });

  it("leaves a store that makes no marks without them", () => {
    expect(createTelemetry().watchState(memoryState(), "durable").mark).toBeUndefined();
  });
});
