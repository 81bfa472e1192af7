import { describe, expect, it } from "vitest";
import { decideDisclosure } from "./disclosure.ts";
import type { DisclosureFacts } from "./disclosure-facts.ts";
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

    it("shows what the claim needs until it expires, and why not the rest", () => {
      expect(decide(claimed(), opened)).toMatchObject({
        restReason: "purpose-ended",
        source: "ecommerce/17-3",
      });
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

    it.each<[string, unknown]>([
      ["opened by nobody known", { openedBy: "courier" }],
      ["of an unknown type", { type: "refund" }],
      ["of a type every object has", { type: "toString" }],
      ["of a type that is none", { type: ["return"] }],
      ["opened at no moment", { openedAt: Number.NaN }],
      ["opened before all time", { openedAt: -1 }],
      ["opened at a text, which would never expire", { openedAt: String(opened) }],
      ["closed at no moment", { closedAt: Number.NaN }],
      ["closed at a text", { closedAt: String(opened + DAY) }],
      ["closed before it was opened", { closedAt: opened - 1 }],
      ["closed nobody says when", { closedAt: undefined }],
    ])("[garim/closed] shows nothing for a claim %s", (_, claim) => {
      expect(decide(claimed(claim as object), opened)).toMatchObject({
        kind: "mask",
        reason: "purpose-ended",
      });
    });

    it("[garim/closed] shows nothing for claims that are none", () => {
      for (const claims of [null, undefined, "return", [null], ["return"]])
        expect(decide({ ...ended, claims: claims as never }, opened)).toMatchObject({ kind: "mask" });
    });

    it("shows nothing for a cancellation, nor what the role lacks, and then asks for no factor", () => {
      const purposeEnded = { kind: "mask", reason: "purpose-ended" };
      expect(decide(claimed({ type: "cancellation" }), opened)).toMatchObject(purposeEnded);
      const facts = { allowed: kindSet(["email"]), secondFactorAt: null };
      expect(decide(claimed(), opened, facts)).toMatchObject(purposeEnded);
      expect(decide(claimed(), opened, { allowed: kindSet(["name"]) })).toMatchObject({
        clear: kindSet(["name"]),
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

  it("owes a record and no-store, whatever it decides", () => {
    const owed = { obligations: ["record", "no-store"] };
    const late = END + 91 * DAY;
    expect(decide(open, PAID)).toMatchObject(owed);
    expect(decide(ended, END)).toEqual({
      kind: "mask",
      clear: NO_KINDS,
      reason: "purpose-ended",
      source: "code-2022/mask",
      until: null,
      remedy: expect.objectContaining({ en: expect.stringContaining("claim") }),
      ...owed,
    });
    expect(decide(ended, late, { surface: "download" })).toEqual({
      kind: "withhold",
      clear: NO_KINDS,
      reason: "download-window-closed",
      source: "code-2022/download",
      until: null,
      remedy: null,
      ...owed,
    });
  });

  it("says when an open line ends by itself, and for shared fields when the last one does", () => {
    const delivered = { ...open, deliveredAt: PAID };
    const scheduled = { ...open, purposeEndedAt: PAID + DAY };
    const until = (...lines: LineFacts[]) => decide(lines, PAID).until;
    expect(until(open)).toBeNull();
    expect(until(delivered)).toBe(PAID + 30 * DAY);
    expect(until({ ...delivered, purposeEndedAt: PAID + DAY })).toBe(PAID + DAY);
    expect([until(delivered, scheduled), until(scheduled, delivered)]).toEqual([
      PAID + 30 * DAY,
      PAID + 30 * DAY,
    ]);
    expect([until(delivered, open), until(open, delivered)]).toEqual([null, null]);
  });

  it("[pipa/17] says which rule opens a line, and why the rest of it is masked", () => {
    expect(decide(open, PAID)).toMatchObject({ source: "pipa/17", restReason: "role-lacks-field" });
    expect(decide(open, PAID, { surface: "tool" })).toMatchObject({ restReason: "grant-lacks-field" });
  });

  it("lets an open line win over a claim on another, and a claim over a mask", () => {
    const claim = { type: "service", openedBy: "operator", openedAt: END, closedAt: null } as const;
    const claimed = { ...ended, claims: [claim] };
    const until = END + DAY;
    const ending = { ...open, purposeEndedAt: until };
    for (const lines of [
      [claimed, ending],
      [ending, claimed],
    ])
      expect(decide(lines, END)).toMatchObject({ reason: "purpose-open", clear: ALL_KINDS, until });
    for (const lines of [
      [claimed, ended],
      [ended, claimed],
    ])
      expect(decide(lines, END)).toMatchObject({ reason: "claim-open", until: END + 14 * DAY });
  });

  it("shows of two lines' claims what either needs, until the first of them ends", () => {
    const service = { type: "service", openedBy: "buyer", openedAt: END, closedAt: END + DAY } as const;
    const returned = { type: "return", openedBy: "buyer", openedAt: END, closedAt: null } as const;
    const lines = [service, returned].map((claim) => ({ ...ended, claims: [claim] }));
    const both = { clear: kindSet(["name", "phone", "postcode", "address"]), until: END + DAY };
    for (const order of [lines, lines.toReversed(), [{ ...ended, claims: [returned, service] }]])
      expect(decide(order, END)).toMatchObject(both);
  });

  it("masks rather than withholds a download's shared fields while one line is inside the window", () => {
    const late = { ...ended, purposeEndedAt: END + DAY };
    for (const lines of [
      [ended, late],
      [late, ended],
    ])
      expect(decide(lines, END + 91 * DAY, { surface: "download" })).toMatchObject({ kind: "mask" });
  });

  describe("[toolcode-2022/grant] for a tool", () => {
    const claim = { type: "return", openedBy: "buyer", openedAt: END, closedAt: null } as const;
    const claimed = { ...ended, claims: [claim] };
    const ask = (line: LineFacts, states?: unknown) =>
      decide(line, END, {
        surface: "tool",
        secondFactorAt: null,
        ...(states === undefined ? {} : { states: states as DisclosureFacts["states"] & object }),
      });

    it("opens claims only where the grant covers them", () => {
      expect(ask(claimed, ["claim"])).toMatchObject({ kind: "reveal", reason: "claim-open" });
      expect(ask(claimed, ["open"])).toMatchObject({ kind: "mask", reason: "purpose-ended" });
      expect(ask(claimed)).toMatchObject({ kind: "mask", reason: "purpose-ended" });
    });

    it("opens claims after the window, too: they are what it is open for", () => {
      const late = { ...ended, claims: [{ ...claim, openedAt: END + 91 * DAY }] };
      const facts = { surface: "tool", states: ["claim"] } as const;
      expect(decide(late, END + 91 * DAY, facts)).toMatchObject({ kind: "reveal" });
      expect(decide(late, END + 91 * DAY - 1, facts)).toMatchObject({ kind: "withhold" });
    });

    it("opens open lines unless the grant leaves them out", () => {
      expect(ask(open)).toMatchObject({ kind: "reveal" });
      for (const states of [["claim"], [], null, "open"])
        expect(ask(open, states)).toMatchObject({ kind: "mask", reason: "grant-lacks-state" });
    });

    it("says that the grant lacks the fields", () => {
      const facts = { surface: "tool", allowed: NO_KINDS } as const;
      expect(decide(open, PAID, facts)).toMatchObject({ kind: "mask", reason: "grant-lacks-field" });
    });
  });

  it("[garim/closed] takes a hostile set of kinds as none", () => {
    for (const allowed of [-1, ALL_KINDS + 1, 0.5, Number.NaN, "32767", null])
      expect(decide(open, PAID, { allowed: allowed as number })).toMatchObject({ kind: "mask" });
  });

  it.each<[string, Partial<DisclosureFacts>]>([
    ["no lines", { lines: null as never }],
    ["a line that is none", { lines: [null as never] }],
    ["a line that is a text", { lines: ["open" as never] }],
    ["another surface", { surface: "print" as never }],
    ["no surface", { surface: undefined as never }],
  ])("[garim/closed] never reveals, and never throws, on %s", (_, facts) => {
    expect(decide(open, PAID, facts)).toMatchObject({ kind: "mask", reason: "facts-unreadable" });
  });

  it("[garim/closed] never reveals on facts that cannot be read", () => {
    const { NaN: unreadable } = Number;
    for (const line of [
      { ...open, paidAt: unreadable },
      { ...open, deliveredAt: unreadable },
      { ...open, purposeEndedAt: unreadable },
      { ...open, paidAt: Infinity },
      { ...open, paidAt: undefined as never },
      { ...open, paidAt: "yes" as never },
      { ...open, deliveredAt: Infinity },
      { ...open, purposeEndedAt: Infinity },
      { ...open, purposeEndedAt: undefined as never },
      { ...open, purposeEndedAt: unreadable, deliveredAt: PAID },
      { ...ended, deliveredAt: unreadable },
      { ...open, paidAt: null, deliveredAt: unreadable },
    ])
      expect(decide(line, PAID)).toMatchObject({ kind: "mask", reason: "facts-unreadable" });
    expect(decide(open, unreadable)).toMatchObject({ kind: "mask" });
    for (const now of [Infinity, -Infinity, -1])
      expect(decide(open, now)).toMatchObject({ kind: "mask", reason: "facts-unreadable" });
    expect(decide([], PAID)).toMatchObject({ kind: "mask", reason: "facts-unreadable" });
  });
});
