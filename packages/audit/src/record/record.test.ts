import {
  CLAIM_TYPES,
  type ClaimFacts,
  DAY,
  type Disclosure,
  decideDisclosure,
  type LineFacts,
  REASONS,
  type Reason,
  resolvePolicy,
  SUBJECT_TYPES,
} from "@garim/policy";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asLogged, KEYS, NOW, POLICY, sampleLine, sampleOrder, samplePage } from "../../test/sample.ts";
import { ACCESS_ACTIONS, ACCESS_OUTCOMES, ACTOR_KINDS, type Access, type LoggedAccess } from "../access.ts";
import { decodeCbor } from "./cbor-decode.ts";
import { encodeCbor } from "./cbor-encode.ts";
import { decodeRecord } from "./decode.ts";
import { encodeRecord } from "./encode.ts";
import { FIELD } from "./field.ts";

const ID = "0b8f1f6c-91a2-4c3d-8e4f-5a6b7c8d9e0f";
const KEY_ID = KEYS.all(NOW)[0]?.id ?? "";

const hexesOf = (access: LoggedAccess): string[] =>
  [...access.records.flatMap((record) => record.subjects), ...(access.asked ?? [])].map(({ hex }) => hex);

function roundTrip(access: Access): LoggedAccess {
  return decodeRecord(encodeRecord(ID, access, KEY_ID), hexesOf(asLogged(access))).access;
}

const whole = fc.integer({ min: 0, max: 4_102_444_800_000 });
const moment = fc.option(fc.oneof(whole, whole, whole, fc.constant(Number.NaN), fc.double()));
const claim: fc.Arbitrary<ClaimFacts> = fc.record({
  type: fc.constantFrom(...CLAIM_TYPES),
  openedBy: fc.constantFrom("buyer", "operator", "seller"),
  openedAt: whole,
  closedAt: fc.option(whole),
});
const line: fc.Arbitrary<LineFacts> = fc.record({
  paidAt: moment,
  deliveredAt: moment,
  purposeEndedAt: moment,
  claims: fc.oneof(fc.constant([]), fc.array(claim, { maxLength: 3 })),
});
const reason = fc.constantFrom(...(Object.keys(REASONS) as Reason[]));
const obligations = fc.constantFrom(["record", "no-store"] as const, ["no-store"] as const);
const disclosure: fc.Arbitrary<Disclosure> = fc.oneof(
  fc.record({
    kind: fc.constant("reveal"),
    clear: fc.nat(0x7fff),
    reason,
    source: reason.map((code) => REASONS[code].source),
    restReason: reason,
    obligations,
    until: fc.option(whole),
  }),
  fc
    .record({
      kind: fc.constantFrom("mask", "withhold"),
      clear: fc.constant(0),
      reason,
      source: reason.map((code) => REASONS[code].source),
      obligations,
      until: fc.constant(null),
    })
    .map((decision) => ({ ...decision, remedy: REASONS[decision.reason].remedy })),
);
const text = fc.string({ unit: "grapheme", minLength: 1 });
const record = fc.record({
  schema: fc.constantFrom("orderLine", "claim", "문의"),
  subjects: fc.array(fc.record({ type: fc.constantFrom(...SUBJECT_TYPES), id: text }), {
    minLength: 1,
    maxLength: 4,
  }),
  lines: fc.array(line, { maxLength: 4 }),
  disclosure,
});
const actor = fc.record({
  kind: fc.constantFrom(...ACTOR_KINDS),
  id: text,
  sellerId: fc.option(text),
});
const access: fc.Arbitrary<Access> = fc.record(
  {
    at: whole,
    actor,
    target: actor,
    session: fc.option(text),
    factor: fc.option(fc.record({ method: text, at: whole })),
    origin: fc.record({ ip: text, agent: fc.option(text) }),
    action: fc.constantFrom(...ACCESS_ACTIONS),
    outcome: fc.constantFrom(...ACCESS_OUTCOMES),
    reason: fc.option(reason),
    route: text,
    purpose: fc.option(text),
    policy: fc.record({
      edition: text,
      overrides: fc.dictionary(text, fc.integer(), { noNullPrototype: true }),
    }),
    surface: fc.option(fc.constantFrom("view", "download", "tool")),
    allowed: fc.nat(0x7fff),
    profile: fc.option(text),
    records: fc.array(record, { maxLength: 12 }),
    count: fc.nat(),
    since: whole,
    asked: fc.array(fc.record({ type: fc.constantFrom(...SUBJECT_TYPES), id: text }), { maxLength: 3 }),
    detail: fc.dictionary(text, fc.oneof(text, fc.integer(), fc.double({ noNaN: true })), {
      noNullPrototype: true,
    }),
    file: fc.record({ sha256: fc.stringMatching(/^[0-9a-f]{64}$/), sizeBytes: fc.nat() }),
    grant: text,
    key: text,
  },
  {
    requiredKeys: [
      "at",
      "actor",
      "session",
      "factor",
      "origin",
      "action",
      "outcome",
      "reason",
      "route",
      "purpose",
      "policy",
      "surface",
      "allowed",
      "profile",
      "records",
    ],
  },
);

describe("encodeRecord", () => {
  it("[code-2022/mask] costs a page of 100 orders with two subjects each at most 6 kB, subjects included", () => {
    const page = samplePage(100);
    const sizeBytes = encodeRecord(ID, page, KEY_ID).length + 16 * 200;
    expect(sizeBytes).toBeLessThanOrEqual(6_000);
  });

  it("costs no more where every record is revealed, each until another moment", () => {
    const records = samplePage(100).records.map((record, i) => {
      const clear = sampleOrder(0).disclosure;
      if (clear.kind !== "reveal") throw new Error("the sample should be clear");
      return { ...record, disclosure: { ...clear, until: NOW + i } };
    });
    const page = samplePage(0, { records });
    expect(encodeRecord(ID, page, KEY_ID).length + 16 * 200).toBeLessThanOrEqual(6_000);
    expect(roundTrip(page)).toEqual(asLogged(page));
  });

  it("writes one access always as the same bytes", () => {
    const page = samplePage(5, { policy: { edition: "e", overrides: { lockMinutes: 20, claimDays: 3 } } });
    const same = samplePage(5, { policy: { edition: "e", overrides: { claimDays: 3, lockMinutes: 20 } } });
    expect(encodeRecord(ID, page, KEY_ID)).toEqual(encodeRecord(ID, same, KEY_ID));
  });

  it("says schemas and decisions once", () => {
    const body = Buffer.from(encodeRecord(ID, samplePage(100), KEY_ID)).toString("latin1");
    expect(body.split("orderLine").length - 1).toBe(2);
    expect(body.split("purpose-ended").length - 1).toBe(1);
  });

  it("[V16.2.5] holds no identifier of a data subject", () => {
    const body = Buffer.from(encodeRecord(ID, samplePage(100), KEY_ID)).toString("latin1");
    expect(body).not.toMatch(/b-1000|0101234|010-1234/);
  });
});

describe("decodeRecord", () => {
  it("gives back what was recorded, subjects as pseudonyms", () => {
    expect(roundTrip(samplePage(100))).toEqual(asLogged(samplePage(100)));
    expect(decodeRecord(encodeRecord(ID, samplePage(0), KEY_ID), []).id).toBe(ID);
  });

  it("gives back any access: no, one and many lines, claims, absent, unreadable and fractional moments", () => {
    fc.assert(
      fc.property(access, (one) => {
        expect(roundTrip(one)).toEqual(asLogged(one));
      }),
      { numRuns: 500 },
    );
  });

  it("tells records apart that differ in one thing only", () => {
    const base = sampleOrder(0);
    const decision = base.disclosure;
    if (decision.kind !== "reveal") throw new Error("the sample should be clear");
    const { restReason: _, ...clear } = decision;
    const common = { ...clear, remedy: REASONS[clear.reason].remedy };
    const decisions: Disclosure[] = [
      { ...decision, clear: 1 },
      { ...decision, reason: "claim-open" },
      { ...decision, source: "garim/closed" },
      { ...decision, restReason: "purpose-ended" },
      { ...decision, obligations: ["record"] },
      { ...decision, until: NOW },
      { ...common, kind: "mask", clear: 0, until: null },
      { ...common, kind: "withhold", clear: 0, until: null },
    ];
    const records = [
      base,
      { ...base, schema: "other" },
      { ...base, subjects: base.subjects.slice(1) },
      { ...base, subjects: base.subjects.toReversed() },
      { ...base, lines: [...base.lines, ...base.lines] },
      ...decisions.map((disclosure) => ({ ...base, disclosure })),
    ];
    expect(roundTrip(samplePage(0, { records }))).toEqual(asLogged(samplePage(0, { records })));
  });

  it("gives back to whom something was done, and leaves it out where it was nobody else", () => {
    const target = { kind: "staff", id: "staff-9", sellerId: "seller-3" } as const;
    const reset = samplePage(0, { action: "reset-factors", outcome: "done", surface: null, target });
    expect(roundTrip(reset).target).toEqual(target);
    expect(roundTrip(samplePage(0))).not.toHaveProperty("target");
  });

  it("gives back an access of more than 256 kinds of records", () => {
    const records = Array.from({ length: 300 }, (_, i) => ({ ...sampleOrder(i), schema: `schema${i}` }));
    expect(roundTrip(samplePage(0, { records }))).toEqual(asLogged(samplePage(0, { records })));
  });

  it("lets every decision be made again from the entry alone", () => {
    const claims: ClaimFacts[] = [
      { type: "return", openedBy: "buyer", openedAt: NOW - 2 * DAY, closedAt: null },
      { type: "service", openedBy: "operator", openedAt: NOW - DAY, closedAt: NOW + DAY },
    ];
    const lines: LineFacts[] = [
      sampleLine(0),
      sampleLine(1),
      { ...sampleLine(1), claims },
      { ...sampleLine(0), deliveredAt: Number.NaN },
      { ...sampleLine(0), paidAt: null },
      { ...sampleLine(1), purposeEndedAt: NOW + 0.5 },
    ];
    const factor = { method: "totp", at: NOW - 60_000 };
    const records = lines.map((facts, i) => {
      const all = { lines: [facts], surface: "view", allowed: 0x7fff, secondFactorAt: factor.at } as const;
      return { ...sampleOrder(i), lines: [facts], disclosure: decideDisclosure(all, NOW, POLICY) };
    });
    const logged = roundTrip(samplePage(0, { records, factor }));

    expect(logged.records.map((entry) => entry.disclosure.reason)).toEqual([
      "purpose-open",
      "purpose-ended",
      "claim-open",
      "facts-unreadable",
      "not-paid",
      "purpose-open",
    ]);
    for (const entry of logged.records) expect(replay(logged, entry.lines)).toEqual(entry.disclosure);
  });

  it("[A4] refuses bytes that are no record, are cut, or do not fit the subjects beside them", () => {
    const body = encodeRecord(ID, samplePage(3), KEY_ID);
    const hexes = hexesOf(asLogged(samplePage(3)));
    const invalid = expect.objectContaining({ code: "ERR_GARIM_RECORD_INVALID" });
    expect(() => decodeRecord(body, hexes.slice(1))).toThrow(invalid);
    expect(() => decodeRecord(body.slice(0, -1), hexes)).toThrow(invalid);
    expect(() => decodeRecord(new Uint8Array(), [])).toThrow(invalid);
    expect(() => decodeRecord(changed(body, 0, 2), hexes)).toThrow(/update @garim\/audit/);
    for (const field of [2, 3, 4, 5, 6, 7, 12, 13, 17, 18, 19, 21])
      expect(() => decodeRecord(changed(body, field, "?"), hexes)).toThrow(invalid);
    expect(() => decodeRecord(changed(body, FIELD.target, "?"), hexes)).toThrow(invalid);
    expect(() => decodeRecord(changed(body, 18, Uint8Array.of(0, 1)), hexes)).toThrow(invalid);
    expect(() => decodeRecord(changed(body, 18, Uint8Array.of(0, 1, 9)), hexes)).toThrow(invalid);
    expect(() => decodeRecord(changed(body, 19, new Uint8Array(5)), hexes)).toThrow(invalid);
    expect(() => decodeRecord(changed(body, 21, new Uint8Array(5 * 9)), hexes)).toThrow(invalid);
  });

  it("[A4] throws no other error, whatever byte is flipped", () => {
    const body = encodeRecord(ID, samplePage(3), KEY_ID);
    const hexes = hexesOf(asLogged(samplePage(3)));
    for (let i = 0; i < body.length * 8; i++) {
      const flipped = Uint8Array.from(body);
      flipped[i >> 3] = (flipped[i >> 3] ?? 0) ^ (1 << (i & 7));
      try {
        decodeRecord(flipped, hexes);
      } catch (error) {
        expect(error).toMatchObject({ code: "ERR_GARIM_RECORD_INVALID" });
      }
    }
  });
});

function replay(logged: LoggedAccess, lines: readonly LineFacts[]): Disclosure {
  const { surface, allowed, factor, policy } = logged;
  if (surface === null) throw new Error("no surface");
  const facts = { lines, surface, allowed, secondFactorAt: factor?.at ?? null };
  return decideDisclosure(facts, logged.at, resolvePolicy({ edition: policy.edition, ...policy.overrides }));
}

/** A body with one field replaced. */
function changed(body: Uint8Array, field: number, value: number | string | Uint8Array): Uint8Array {
  const fields = decodeCbor(body);
  if (!(fields instanceof Map)) throw new Error("no map");
  return encodeCbor(new Map(fields).set(field, value));
}
