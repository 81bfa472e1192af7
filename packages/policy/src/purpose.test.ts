import { describe, expect, it } from "vitest";
import { decideDestruction } from "./destruction.ts";
import { decideDisclosure } from "./disclosure.ts";
import { readLines } from "./line.ts";
import { DAY, HOUR } from "./moment.ts";
import { kindSet } from "./pii-kind.ts";
import { resolvePolicy } from "./policy.ts";

const BEGAN = Date.parse("2026-11-22T23:30:00+09:00");
const ENDED = BEGAN + HOUR;

/** Two businesses that have nothing in common but a purpose that ends. */
const businesses = [
  {
    name: "a food delivery, over when the meal is handed over",
    policy: resolvePolicy({ unconfirmedDays: 0 }),
    open: { paidAt: BEGAN },
    ended: { paidAt: BEGAN, deliveredAt: ENDED },
    needed: kindSet(["name", "phone", "address"]),
  },
  {
    name: "a job application, over when it is decided",
    policy: resolvePolicy({ claimDays: 0 }),
    open: { purposeBeganAt: "2026-11-22T23:30+09:00" },
    ended: { purposeBeganAt: "2026-11-22T23:30+09:00", purposeEndedAt: new Date(ENDED) },
    needed: kindSet(["name", "email", "birth"]),
  },
];

describe.each(businesses)("a purpose that ends: $name", ({ policy, open, ended, needed }) => {
  const decide = (state: object, now: number, surface: "view" | "download" | "tool" = "view") =>
    decideDisclosure({ lines: readLines(state), surface, allowed: needed, secondFactorAt: now }, now, policy);

  it("[pipa/17] shows what it needs while it lasts, for however long", () => {
    for (const now of [BEGAN, BEGAN + 999 * DAY])
      expect(decide(open, now)).toMatchObject({ kind: "reveal", clear: needed });
    expect(decide(ended, ENDED - 1)).toMatchObject({ kind: "reveal", clear: needed });
  });

  it("[code-2022/mask] masks at the millisecond it ends, on every surface", () => {
    for (const surface of ["view", "download", "tool"] as const)
      expect(decide(ended, ENDED, surface)).toMatchObject({ kind: "mask", reason: "purpose-ended" });
  });

  it("[code-2022/download] gives no file 90 x 24 h later", () => {
    expect(decide(ended, ENDED + 90 * DAY, "download").kind).toBe("mask");
    expect(decide(ended, ENDED + 90 * DAY + 1, "download").kind).toBe("withhold");
  });

  it("[pipa/21] has it destroyed afterwards", () => {
    const facts = { purposeEndedAt: ENDED, keeps: [], isHeld: false, destroyedAt: null, confirmedAt: null };
    expect(decideDestruction(facts, ENDED, policy)).toMatchObject({ kind: "duty", dueAt: ENDED + 5 * DAY });
  });
});
