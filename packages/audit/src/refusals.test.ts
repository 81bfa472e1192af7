import { describe, expect, it } from "vitest";
import type { Access } from "./access.ts";
import { readAccess } from "./access-check.ts";
import { Tally } from "./refusals.ts";

function open() {
  const state = { now: 1_000, isDown: false };
  const written: Access[] = [];
  const append = async (access: Access) => {
    if (state.isDown) throw new Error("down");
    written.push(readAccess(access));
  };
  return { state, written, tally: new Tally({ clock: () => state.now, append }) };
}

const refusal = (ip: string, route = "GET /orders") => ({ ip, route, reason: "not-logged-in" }) as const;

describe("Tally", () => {
  it("sums an origin's refusals in one record, from the first to the last", async () => {
    const { state, written, tally } = open();
    for (state.now = 1_000; state.now < 1_500; state.now++) tally.countRefusal(refusal("203.0.113.7"));
    await tally.flush();
    await tally.flush();
    expect(written).toEqual([
      expect.objectContaining({
        action: "refusals",
        outcome: "refused",
        actor: { kind: "anonymous", id: "anonymous", sellerId: null },
        origin: { ip: "203.0.113.7", agent: null },
        route: "GET /orders",
        reason: "not-logged-in",
        count: 500,
        since: 1_000,
        at: 1_499,
      }),
    ]);
  });

  it("says so when the routes or reasons of an origin differ", async () => {
    const { written, tally } = open();
    tally.countRefusal(refusal("a", "GET /orders"));
    tally.countRefusal({ ip: "a", route: "GET /returns", reason: "cross-site" });
    await tally.flush();
    expect(written).toEqual([expect.objectContaining({ route: "*", reason: null, count: 2 })]);
  });

  it("[V1] tells a thousand origins apart and sums the others, so that nobody floods the log", async () => {
    const { written, tally } = open();
    for (let i = 0; i < 5_000; i++) tally.countRefusal(refusal(`2001:db8::${i.toString(16)}`));
    await tally.flush();
    expect(written).toHaveLength(1_001);
    expect(written.find(({ origin }) => origin.ip === "others")).toMatchObject({ count: 4_000 });
  });

  it("counts on while the log is down, and records once it is back", async () => {
    const { state, written, tally } = open();
    state.isDown = true;
    tally.countRefusal(refusal("a"));
    await tally.flush();
    state.now = 9_000;
    tally.countRefusal(refusal("a"));
    await tally.flush();
    expect(tally.count).toBe(2);
    state.isDown = false;
    await tally.flush();
    expect(written).toEqual([expect.objectContaining({ count: 2, since: 1_000, at: 9_000 })]);
    expect(tally.count).toBe(0);
  });

  it("[T5] says in one gap record how many answers could not be recorded, from when to when", async () => {
    const { state, written, tally } = open();
    state.isDown = true;
    for (state.now = 2_000; state.now <= 2_010; state.now++) tally.countLost();
    await tally.flushGap();
    expect(tally.hasGap).toBe(true);
    state.isDown = false;
    await Promise.all([tally.flushGap(), tally.flushGap()]);
    expect(written).toEqual([
      expect.objectContaining({ action: "gap", reason: "unavailable", count: 11, since: 2_000, at: 2_010 }),
    ]);
    expect(tally.hasGap).toBe(false);
  });

  it("takes an origin without a name, and one no database stores", async () => {
    const { written, tally } = open();
    tally.countRefusal(refusal(""));
    tally.countRefusal(refusal("\0".repeat(100)));
    await tally.flush();
    expect(written.map(({ origin }) => origin.ip)).toEqual(["unknown", "\uFFFD".repeat(64)]);
  });
});
