import { describe, expect, it } from "vitest";
import { type DownloadFacts, decideDownload } from "./download.ts";
import { MINUTE } from "./moment.ts";
import { kindSet, NO_KINDS } from "./pii-kind.ts";
import { resolvePolicy } from "./policy.ts";

const policy = resolvePolicy();
const T = Date.parse("2026-11-22T09:00:00+09:00");
const facts: DownloadFacts = {
  purpose: "발송",
  kinds: kindSet(["name", "email"]),
  allowed: kindSet(["name", "phone"]),
  rows: 10,
  secondFactorAt: T,
};

describe("decideDownload", () => {
  it("[notice-2026-9/7-5 notice-2026-9/12] owes an encrypted file, a ledger entry and its destruction", () => {
    expect(decideDownload(facts, T, policy)).toEqual({
      kind: "download",
      kinds: kindSet(["name"]),
      obligations: ["record", "no-store", "seal", "ledger", "destroy"],
    });
  });

  it.each<[string, Partial<DownloadFacts>, string]>([
    ["without a purpose", { purpose: " \t" }, "download-purpose-missing"],
    ["whose purpose is no text", { purpose: 7 as unknown as string }, "download-purpose-missing"],
    ["that chooses no fields", { kinds: NO_KINDS }, "download-kinds-missing"],
    ["that chooses a hostile set", { kinds: -1 }, "download-kinds-missing"],
    ["of fields the roles lack", { kinds: kindSet(["email"]) }, "role-lacks-field"],
    ["by roles that are a hostile set", { allowed: -1 }, "role-lacks-field"],
    ["without a second factor", { secondFactorAt: null }, "second-factor-missing"],
    ["on a new device", { deviceSince: T + 1 }, "second-factor-device"],
  ])("[notice-2026-9/12] refuses one %s", (_, more, expected) => {
    expect(decideDownload({ ...facts, ...more }, T, policy)).toMatchObject({ reason: expected });
  });

  it("[code-2022/second-factor] asks for a fresher second factor above 1,000 rows", () => {
    const at = (rows: number | null, minutes: number) =>
      decideDownload({ ...facts, rows }, T + minutes * MINUTE, policy).kind;
    expect([at(1_000, 30), at(1_000, 31)]).toEqual(["download", "refuse"]);
    expect([at(1_001, 10), at(1_001, 11)]).toEqual(["download", "refuse"]);
    expect([at(null, 10), at(null, 11)]).toEqual(["download", "refuse"]);
  });
});
