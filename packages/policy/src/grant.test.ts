import { describe, expect, it } from "vitest";
import {
  type ContractFacts,
  decideContract,
  decideGrant,
  GRANT_STATES,
  type GrantAsk,
  type GrantFacts,
  grantEnd,
} from "./grant.ts";
import { DAY } from "./moment.ts";
import { ALL_KINDS, kindSet, NO_KINDS } from "./pii-kind.ts";
import { resolvePolicy } from "./policy.ts";

const policy = resolvePolicy();
const T = Date.parse("2026-11-22T09:00:00+09:00");
const contract: ContractFacts = { signedAt: T, endsAt: null };
const grant: GrantFacts = {
  sellerId: "s1",
  toolId: "t1",
  kinds: kindSet(["name", "phone", "address"]),
  purposes: ["shipping"],
  states: ["open"],
  grantedAt: T,
  endsAt: null,
  revokedAt: null,
  contract,
  agreement: contract,
};
const ask: GrantAsk = {
  sellerId: "s1",
  toolId: "t1",
  purpose: "shipping",
  kinds: kindSet(["phone", "email"]),
};

const decide = (facts: Partial<GrantFacts>, now = T, asked: Partial<GrantAsk> = {}) =>
  decideGrant({ ...grant, ...facts }, { ...ask, ...asked }, now, policy);

describe("GRANT_STATES", () => {
  it("are the states in which a tool may see something", () => {
    expect(GRANT_STATES).toEqual(["open", "claim"]);
  });
});

describe("decideGrant", () => {
  it("[code-2022/tool toolcode-2022/grant] gives of the asked kinds those that are granted", () => {
    expect(decide({})).toEqual({
      kind: "granted",
      kinds: kindSet(["phone"]),
      states: ["open"],
      reason: "granted",
      source: "code-2022/tool",
      obligations: ["record", "no-store"],
      until: T + 180 * DAY,
    });
  });

  it.each<[string, Partial<GrantFacts>, number, string]>([
    ["the last millisecond of its days", {}, T + 180 * DAY - 1, "granted"],
    ["the end of its days", {}, T + 180 * DAY, "grant-ended"],
    ["the last millisecond of its own end", { endsAt: T + 5 }, T + 4, "granted"],
    ["its own end", { endsAt: T + 5 }, T + 5, "grant-ended"],
    ["an own end beyond the longest", { endsAt: T + 400 * DAY }, T + 180 * DAY, "grant-ended"],
    ["the last millisecond before it is revoked", { revokedAt: T + 5 }, T + 4, "granted"],
    ["the moment it is revoked", { revokedAt: T + 5 }, T + 5, "grant-revoked"],
    ["the moment before it was given", { grantedAt: T + 1 }, T, "grant-missing"],
    ["no readable beginning", { grantedAt: Number.NaN }, T, "grant-missing"],
    ["no readable end", { endsAt: Number.NaN }, T, "grant-ended"],
    ["no readable revocation", { revokedAt: Number.NaN }, T, "grant-revoked"],
    ["a beginning that is a text", { grantedAt: String(T) as never }, T, "grant-missing"],
    ["a revocation that is a text", { revokedAt: String(T + 9) as never }, T, "grant-revoked"],
    ["an endless end", { endsAt: Infinity }, T, "grant-ended"],
    ["an unreadable clock", {}, Number.NaN, "contract-missing"],
  ])("[toolcode-2022/grant] judges the life of a grant: %s", (_, facts, now, expected) => {
    const decision = decide(facts, now);
    expect(decision.reason).toBe(expected);
  });

  it.each<[string, Partial<GrantFacts>, number, string]>([
    ["no contract", { contract: null }, T, "contract-missing"],
    ["no agreement", { agreement: null }, T, "contract-missing"],
    ["a contract that is nothing", { contract: undefined as unknown as null }, T, "contract-missing"],
    ["a contract signed later", { contract: { signedAt: T + 1, endsAt: null } }, T, "contract-missing"],
    ["a signature nobody can read", { agreement: { signedAt: NaN, endsAt: null } }, T, "contract-missing"],
    [
      "a signature that is a text",
      { contract: { signedAt: "0" as never, endsAt: null } },
      T,
      "contract-missing",
    ],
    ["a contract's last millisecond", { contract: { signedAt: T, endsAt: T + 9 } }, T + 8, "granted"],
    ["a contract's end", { contract: { signedAt: T, endsAt: T + 9 } }, T + 9, "contract-ended"],
    ["an agreement's end", { agreement: { signedAt: T, endsAt: T + 9 } }, T + 9, "contract-ended"],
    ["an end nobody can read", { agreement: { signedAt: T, endsAt: NaN } }, T, "contract-ended"],
  ])("[pipa/26] gives nothing without both contracts: %s", (_, facts, now, expected) => {
    expect(decide(facts, now).reason).toBe(expected);
  });

  it.each<[string, Partial<GrantFacts>, Partial<GrantAsk>, string]>([
    ["another seller", {}, { sellerId: "s2" }, "grant-other-seller"],
    ["sellers nobody named", { sellerId: "" }, { sellerId: "" }, "grant-other-seller"],
    ["another tool", {}, { toolId: "t2" }, "grant-missing"],
    ["tools nobody named", { toolId: undefined as never }, { toolId: undefined as never }, "grant-missing"],
    ["another purpose", {}, { purpose: "marketing" }, "grant-purpose"],
    ["a part of a purpose", { purposes: "shipping" as never }, { purpose: "ship" }, "grant-purpose"],
    ["other fields", {}, { kinds: kindSet(["email"]) }, "grant-lacks-field"],
    ["a hostile set of fields", { kinds: -1 }, { kinds: ALL_KINDS }, "grant-lacks-field"],
    ["a hostile wish", {}, { kinds: -1 }, "grant-lacks-field"],
    ["no fields", {}, { kinds: NO_KINDS }, "grant-lacks-field"],
  ])("[code-2022/tool] gives nothing for %s", (_, facts, asked, expected) => {
    expect(decide(facts, T, asked)).toMatchObject({ kind: "refuse", reason: expected });
  });

  it("gives nothing without a grant", () => {
    expect(decideGrant(null, ask, T, policy)).toMatchObject({ kind: "refuse", reason: "grant-missing" });
  });
});

describe("decideContract", () => {
  it.each<[string, ContractFacts | null, string | undefined]>([
    ["none", null, "contract-missing"],
    ["one signed a millisecond later", { signedAt: T + 1, endsAt: null }, "contract-missing"],
    ["one signed now, without an end", contract, undefined],
    ["one that ends a millisecond later", { signedAt: T, endsAt: T + 1 }, undefined],
    ["one that ends now", { signedAt: T - 1, endsAt: T }, "contract-ended"],
    ["one whose end nobody can read", { signedAt: T, endsAt: Number.NaN }, "contract-ended"],
  ])("[pipa/26] judges %s", (_, facts, reason) => {
    const decided = decideContract(facts, T, policy);
    expect(decided.kind === "refuse" ? decided.reason : undefined).toBe(reason);
  });
});

describe("grantEnd", () => {
  it("[toolcode-2022/grant pipa/26] is the earliest end there is", () => {
    const ended = { signedAt: T, endsAt: T + 3 };
    expect(grantEnd({ ...grant, endsAt: T + 5, contract: ended }, policy)).toBe(T + 3);
    expect(grantEnd({ ...grant, endsAt: T + 5, agreement: ended }, policy)).toBe(T + 3);
    expect(grantEnd({ ...grant, endsAt: T + 5, revokedAt: T + 4 }, policy)).toBe(T + 4);
    expect(grantEnd(grant, resolvePolicy({ grantDays: 7 }))).toBe(T + 7 * DAY);
    expect(grantEnd({ ...grant, contract: null }, policy)).toBeNaN();
    expect(grantEnd({ ...grant, agreement: null }, policy)).toBeNaN();
  });
});
