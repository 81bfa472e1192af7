import { describe, expect, it } from "vitest";
import { NOON } from "../../test/people.ts";
import { countIn, keepRecent, remember } from "./recent.ts";

const MINUTE = 60_000;
const at = (id: string, ms: number) => ({ id, at: NOON + ms });

describe("keepRecent", () => {
  it("keeps the last millisecond of the window, and not the next", () => {
    const recent = [at("old", -10 * MINUTE), at("last", -10 * MINUTE + 1), at("now", 0)];
    expect(keepRecent(recent, NOON, 10 * MINUTE).map(({ id }) => id)).toEqual(["last", "now"]);
  });

  it("[S7] believes a node whose clock is ahead by two minutes, and none further", () => {
    const recent = [at("ahead", 2 * MINUTE), at("far ahead", 2 * MINUTE + 1)];
    expect(keepRecent(recent, NOON, 10 * MINUTE).map(({ id }) => id)).toEqual(["ahead"]);
  });
});

describe("remember", () => {
  it("moves what it knows, and forgets the one not seen for longest", () => {
    const recent = [at("a", 0), at("b", 1), at("c", 2)];
    expect(remember(recent, "a", NOON + 3, 3)).toEqual([at("b", 1), at("c", 2), at("a", 3)]);
    expect(remember(recent, "d", NOON + 3, 3)).toEqual([at("b", 1), at("c", 2), at("d", 3)]);
  });
});

describe("countIn", () => {
  it("writes one that comes again once a minute", () => {
    const recent = [at("a", 0)];
    expect(countIn(recent, "a", NOON + MINUTE - 1)).toBe(recent);
    expect(countIn(recent, "a", NOON - MINUTE)).toBe(recent);
    expect(countIn(recent, "a", NOON + MINUTE)).toEqual([at("a", MINUTE)]);
  });

  it("[P2] takes 32, and no more however many come", () => {
    let recent = countIn([], "0", NOON);
    for (let i = 1; i < 1_000; i++) recent = countIn(recent, String(i), NOON);
    expect(recent).toHaveLength(32);
    expect(countIn(recent, "one more", NOON)).toBe(recent);
  });
});
