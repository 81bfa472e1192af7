import { memoryState } from "@garim/auth";
import { describe, expect, it } from "vitest";
import { recordOnce, type SeenChange } from "./once.ts";

const NOW = Date.parse("2026-11-22T09:00:00+09:00");

/** A log of one change: a record becomes durable some turns after it is asked for. */
function sharedLog(): { readonly records: string[]; readonly seenBy: (node: string) => SeenChange } {
  const records: string[] = [];
  return {
    records,
    seenBy: (node) => ({
      name: "policy",
      isOnRecord: async () => records.length > 0,
      record: async () => {
        for (let turn = 0; turn < 20; turn++) await Promise.resolve();
        records.push(node);
      },
    }),
  };
}

describe("recordOnce", () => {
  it("records what is not on record", async () => {
    const { records, seenBy } = sharedLog();
    await recordOnce(memoryState({ clock: () => NOW }), () => NOW, seenBy("a"));
    expect(records).toEqual(["a"]);
  });

  it("records nothing twice, however many nodes see it at once", async () => {
    const state = memoryState({ clock: () => NOW });
    const { records, seenBy } = sharedLog();
    await Promise.all(["a", "b", "c", "d", "e"].map((node) => recordOnce(state, () => NOW, seenBy(node))));
    expect(records).toHaveLength(1);
  });

  it("lets the next one record where a record failed", async () => {
    const state = memoryState({ clock: () => NOW });
    const { records, seenBy } = sharedLog();
    const failing = { ...seenBy("a"), record: () => Promise.reject(new Error("log is out")) };
    await expect(recordOnce(state, () => NOW, failing)).rejects.toThrow("log is out");
    await recordOnce(state, () => NOW, seenBy("b"));
    expect(records).toEqual(["b"]);
  });

  it("waits for a node that died over it until its lease is over, and no longer", async () => {
    let now = NOW;
    const state = memoryState({ clock: () => now });
    const { records, seenBy } = sharedLog();
    const dying = { ...seenBy("a"), record: () => new Promise<never>(() => undefined) };
    let asked = 0;
    void recordOnce(state, () => now, dying);
    const waiting: SeenChange = {
      ...seenBy("b"),
      isOnRecord: async () => {
        // Looked at a second time: nobody recorded meanwhile, and time goes by.
        if (++asked > 1) now += 10_000;
        return records.length > 0;
      },
    };
    await recordOnce(state, () => now, waiting);
    expect(records).toEqual(["b"]);
    expect(asked).toBeGreaterThan(1);
  });
});
