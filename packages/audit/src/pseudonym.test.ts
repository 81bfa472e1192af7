import { createHmac } from "node:crypto";
import { subject } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { type PseudonymKey, Pseudonyms } from "./pseudonym.ts";

const OLD: PseudonymKey = { id: "old", key: new Uint8Array(32).fill(1) };
const NEW: PseudonymKey = { id: "new", key: new Uint8Array(32).fill(2) };

describe("Pseudonyms", () => {
  it("makes the first half of a domain-separated HMAC-SHA-256", () => {
    const pseudonym = new Pseudonyms({ all: () => [NEW] }).maker().pseudonym(subject.buyer("b-1"));
    const mac = createHmac("sha256", NEW.key).update("garim/subject/v1\0buyer\0b-1").digest("hex");
    expect(pseudonym).toBe(mac.slice(0, 32));
  });

  it("gives equal ids of two types, and of two keys, nothing in common", () => {
    const pseudonyms = new Pseudonyms({ all: () => [NEW, OLD] });
    const every = [subject.buyer("1"), subject.order("1"), subject.phone("1")].flatMap((one) =>
      pseudonyms.everyPseudonym(one),
    );
    expect(new Set(every).size).toBe(6);
  });

  it("makes new ones with the newest key as soon as there is one", () => {
    let keys: readonly PseudonymKey[] = [OLD];
    const pseudonyms = new Pseudonyms({ all: () => keys });
    const before = pseudonyms.maker().pseudonym(subject.buyer("b-1"));
    keys = [NEW, OLD];
    const maker = pseudonyms.maker();
    expect(maker.keyId).toBe("new");
    expect(maker.pseudonym(subject.buyer("b-1"))).not.toBe(before);
    expect(pseudonyms.everyPseudonym(subject.buyer("b-1"))).toEqual([
      maker.pseudonym(subject.buyer("b-1")),
      before,
    ]);
  });

  it("gives the same answer from its cache, also after more subjects than the cache holds", () => {
    const maker = new Pseudonyms({ all: () => [NEW] }).maker();
    const first = maker.pseudonym(subject.buyer("b-0"));
    for (let i = 0; i < 80_000; i++) maker.pseudonym(subject.buyer(`b-${i}`));
    expect(maker.pseudonym(subject.buyer("b-0"))).toBe(first);
    expect(maker.pseudonym(subject.order("b-0"))).not.toBe(first);
  });

  it.each([
    ["no key", [], "ERR_GARIM_KEYS_MISSING", /crypto|random/],
    ["a short key", [{ id: "k", key: new Uint8Array(16) }], "ERR_GARIM_KEYS_INVALID", /randomBytes\(32\)/],
    ["a key without id", [{ id: "", key: new Uint8Array(32) }], "ERR_GARIM_KEYS_INVALID", /id/],
    [
      "a short key behind a good one",
      [NEW, { id: "k", key: new Uint8Array(31) }],
      "ERR_GARIM_KEYS_INVALID",
      /32/,
    ],
  ])("refuses %s", (_, keys, code, message) => {
    const make = () => new Pseudonyms({ all: () => keys });
    expect(make).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }));
  });
});
