import { describe, expect, it } from "vitest";
import { type DisclosureFacts, decideDisclosure } from "./disclosure.ts";
import type { LineFacts } from "./line.ts";
import { DAY, MINUTE } from "./moment.ts";
import { ALL_KINDS, kindSet, NO_KINDS } from "./pii-kind.ts";
import { resolvePolicy } from "./policy.ts";

const policy = resolvePolicy();
const PAID = Date.parse("2026-10-01T10:00:00+09:00");
const END = Date.parse("2026-10-05T23:59:59.999+09:00");
const open: LineFacts = { paidAt: PAID, deliveredAt: null, purposeEndedAt: null, claims: [] };
const ended: LineFacts = { ...open, purposeEndedAt: END };

function decide(line: LineFacts | LineFacts[], now: number, more: Partial<DisclosureFacts> = {}) {
  const lines = Array.isArray(line) ? line : [line];
  const facts = { lines, surface: "view", allowed: ALL_KINDS, secondFactorAt: now, ...more } as const;
  return decideDisclosure(facts, now, policy);
}

describe("decideDisclosure", () => {
  it.each([
    ["an unpaid line in a view", { ...open, paidAt: null }, "view", PAID, "mask", "not-paid"],
    ["an unpaid line in a download", { ...open, paidAt: null }, "download", PAID, "mask", "not-paid"],
    ["an unpaid line for a tool", { ...open, paidAt: null }, "tool", PAID, "withhold", "not-paid"],
    ["an open line in a view", open, "view", PAID, "reveal", "purpose-open"],
    ["an open line in a download", open, "download", PAID, "reveal", "purpose-open"],
    ["an open line for a tool", open, "tool", PAID, "reveal", "purpose-open"],
    ["the millisecond before the end", ended, "view", END - 1, "reveal", "purpose-open"],
    ["the millisecond of the end", ended, "view", END, "mask", "purpose-ended"],
    ["an ended line for a tool", ended, "tool", END, "mask", "purpose-ended"],
    ["the last millisecond of the window", ended, "download", END + 90 * DAY, "mask", "purpose-ended"],
    ["the millisecond after it", ended, "download", END + 90 * DAY + 1, "withhold", "download-window-closed"],
    ["the last millisecond for a tool", ended, "tool", END + 90 * DAY, "mask", "purpose-ended"],
    [
      "the millisecond after it, for a tool",
      ended,
      "tool",
      END + 90 * DAY + 1,
      "withhold",
      "tool-window-closed",
    ],
    ["long after, in a view", ended, "view", END + 900 * DAY, "mask", "purpose-ended"],
  ] as const)("[code-2022/mask code-2022/download] judges %s", (_, line, surface, now, kind, reason) => {
    expect(decide(line, now, { surface })).toMatchObject({ kind, reason });
  });

  it("[pipa/21] ends the purpose 30 x 24 h after delivery when nobody confirms", () => {
    const line = { ...open, deliveredAt: PAID };
    expect(decide(line, PAID + 30 * DAY - 1)).toMatchObject({ kind: "reveal" });
    expect(decide(line, PAID + 30 * DAY)).toMatchObject({ kind: "mask", reason: "purpose-ended" });
  });

  it("[notice-2026-9/5-1] shows only what the role allows, and nothing without one", () => {
    expect(decide(open, PAID, { allowed: kindSet(["name"]) })).toMatchObject({ clear: kindSet(["name"]) });
    expect(decide(open, PAID, { allowed: NO_KINDS })).toMatchObject({
      kind: "mask",
      reason: "role-lacks-field",
    });
  });

  describe("[ecommerce/17-3] with a claim", () => {
    const opened = END + 10 * DAY;
    const claimed = (claim: Partial<LineFacts["claims"][number]> = {}): LineFacts => ({
      ...ended,
      claims: [{ type: "return", openedBy: "buyer", openedAt: opened, closedAt: null, ...claim }],
    });

    it("shows what the claim needs until it expires", () => {
      expect(decide(claimed(), opened)).toMatchObject({
        kind: "reveal",
        reason: "claim-open",
        clear: kindSet(["name", "phone", "postcode", "address"]),
        until: opened + 14 * DAY,
      });
      expect(decide(claimed(), opened + 14 * DAY - 1)).toMatchObject({ kind: "reveal" });
      expect(decide(claimed(), opened + 14 * DAY)).toMatchObject({ kind: "mask" });
    });

    it("masks again at the millisecond it closes", () => {
      const line = claimed({ closedAt: opened + DAY });
      expect(decide(line, opened + DAY - 1)).toMatchObject({ kind: "reveal" });
      expect(decide(line, opened + DAY)).toMatchObject({ kind: "mask" });
    });

    it("shows nothing before it is opened, or when the seller opened it", () => {
      expect(decide(claimed(), opened - 1)).toMatchObject({ kind: "mask" });
      expect(decide(claimed({ openedBy: "seller" }), opened)).toMatchObject({ kind: "mask" });
    });

    it("needs a second factor as fresh as for a download", () => {
      expect(decide(claimed(), opened, { secondFactorAt: opened - 30 * MINUTE })).toMatchObject({
        kind: "reveal",
      });
      for (const secondFactorAt of [opened - 30 * MINUTE - 1, opened + 1, null])
        expect(decide(claimed(), opened, { secondFactorAt })).toMatchObject({
          kind: "mask",
          reason: "claim-second-factor",
        });
    });

    it("never reopens a download", () => {
      expect(decide(claimed(), opened, { surface: "download" })).toMatchObject({ kind: "mask" });
      const late = claimed({ openedAt: END + 91 * DAY });
      expect(decide(late, END + 91 * DAY, { surface: "download" })).toMatchObject({ kind: "withhold" });
    });
  });

  it("lets shared fields follow the last open line, whichever way the others ended", () => {
    expect(decide([ended, open], END)).toMatchObject({ kind: "reveal" });
    expect(decide([ended, { ...open, deliveredAt: PAID }], END + 40 * DAY)).toMatchObject({ kind: "mask" });
    expect(decide([ended, ended], END)).toMatchObject({ kind: "mask" });
  });

  it("lets shared fields show what any line's claim needs", () => {
    const claim = (type: "return" | "service") =>
      ({ type, openedBy: "buyer", openedAt: END, closedAt: null }) as const;
    const lines = [
      { ...ended, claims: [claim("service")] },
      { ...ended, claims: [claim("return")] },
    ];
    const both = { kind: "reveal", clear: kindSet(["name", "phone", "postcode", "address"]) };
    expect(decide(lines, END)).toMatchObject(both);
    expect(decide(lines.toReversed(), END)).toMatchObject(both);
  });

  it("[garim/closed] never reveals on facts that cannot be read", () => {
    const { NaN: unreadable } = Number;
    for (const line of [
      { ...open, paidAt: unreadable },
      { ...open, deliveredAt: unreadable },
      { ...open, purposeEndedAt: unreadable },
    ])
      expect(decide(line, PAID)).toMatchObject({ kind: "mask", reason: "facts-unreadable" });
    expect(decide(open, unreadable)).toMatchObject({ kind: "mask" });
    expect(decide([], PAID)).toMatchObject({ kind: "mask", reason: "facts-unreadable" });
  });
});
