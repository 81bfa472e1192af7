import { PGlite } from "@electric-sql/pglite";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { flips } from "../../test/flips.ts";
import { NOW, samplePage } from "../../test/sample.ts";
import { makeSealedLog, ORIGIN, SIGNER } from "../../test/sealed-log.ts";
import { signNote } from "../note/open.ts";
import { ed25519Signer } from "../note/signer.ts";
import type { Bundle } from "./bundle.ts";
import { checkBundle } from "./check-bundle.ts";
import { proveRecord } from "./prove-record.ts";
import { formatTlogProof, parseTlogProof } from "./tlog-proof.ts";

const TRUST = { keys: [SIGNER.verifierKey], origin: ORIGIN };
const NEXT = ed25519Signer(ORIGIN, new Uint8Array(32).fill(2));
const SIZES = [1, 3, 5, 2, 1, 4];

/** A bundle of each record, with the oldest checkpoint beside it. */
let bundles: readonly Bundle[];
let first: Bundle;
/** Of another log with the same keys. */
let foreign: Bundle;

async function makeBundles(sizes: readonly number[]): Promise<readonly Bundle[]> {
  const database = new PGlite();
  const log = await makeSealedLog(database);
  let count = 0;
  for (const [batch, size] of sizes.entries()) {
    await log.append(Array.from({ length: size }, (_, i) => samplePage(i % 3, { at: NOW + batch * 10 + i })));
    await log.seal();
    count += size;
  }
  await log.close();
  const oldest = noteOf(await proveRecord(database, { record: 1, checkpoint: 2 }));
  const made: Bundle[] = [];
  for (let record = 1; record <= count; record++)
    made.push(await proveRecord(database, { record, since: oldest }));
  await database.close();
  return made;
}

function noteOf({ proof }: Bundle): string {
  return parseTlogProof(proof).note;
}

const verdictOf = (bundle: unknown) => checkBundle(bundle, TRUST);
const faultOf = (bundle: unknown) => {
  const verdict = verdictOf(bundle);
  return verdict.isProven ? "proven" : verdict.fault;
};

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  bundles = await makeBundles(SIZES);
  first = bundles[3] ?? ({} as Bundle);
  foreign = (await makeBundles([2, 2, 2]))[3] ?? ({} as Bundle);
  vi.useRealTimers();
});
afterAll(() => vi.useRealTimers());

describe("checkBundle", () => {
  it("proves a record, says what that means, and reads it", () => {
    expect(verdictOf(first)).toMatchObject({
      isProven: true,
      origin: ORIGIN,
      record: { seq: 4, id: first.id, recordedAt: first.batch.at, access: { at: NOW + 12, action: "view" } },
      checkpoint: {
        size: 6,
        at: NOW + 6_000,
        signers: [SIGNER.verifierKey.split("+").slice(0, 2).join("+")],
      },
      since: { size: 2, at: NOW + 2_000 },
      says: `This record, as it is here, was in the log ${ORIGIN} at place 4 when its checkpoint of 2026-11-20T05:03:06.123Z (6 batches) was signed. The log goes on from its checkpoint of 2026-11-20T05:03:02.123Z (2 batches): nothing that one covers was changed meanwhile.`,
    });
    const { since: _, ...without } = first;
    expect(verdictOf(without)).toMatchObject({ isProven: true, since: null });
    for (const [i, bundle] of bundles.entries())
      expect(verdictOf(bundle)).toMatchObject({ isProven: true, record: { seq: i + 1 } });
  });

  it("proves nothing when any byte of any member is another", () => {
    let count = 0;
    for (const { changed, where } of flips(first)) {
      expect(verdictOf(changed).isProven, where).toBe(false);
      count++;
    }
    expect(count).toBeGreaterThan(1_000);
  });

  it("proves no record by another's proof, whatever is put together", () => {
    const members = ["id", "seq", "record", "batch", "proof", "since"] as const;
    const originals = [...bundles, foreign];
    const anyOf = fc.nat(originals.length - 1);
    fc.assert(
      fc.property(fc.array(anyOf, { minLength: 6, maxLength: 6 }), (picks) => {
        const mixed = Object.fromEntries(
          members.map((member, i) => [member, originals[picks[i] ?? 0]?.[member]]),
        );
        const verdict = verdictOf({ format: first.format, ...mixed });
        const isOne = originals.some(
          (one) => JSON.stringify({ ...one }) === JSON.stringify({ format: one.format, ...mixed }),
        );
        expect(verdict.isProven).toBe(isOne);
      }),
      { numRuns: 500 },
    );
    for (const [i, one] of bundles.entries())
      for (const [j, other] of bundles.entries()) {
        if (i === j) continue;
        expect(verdictOf({ ...one, record: other.record }).isProven).toBe(false);
        expect(verdictOf({ ...one, record: other.record, id: other.id }).isProven).toBe(false);
        expect(verdictOf({ ...other, seq: one.seq, id: one.id }).isProven).toBe(false);
        expect(verdictOf({ ...one, batch: other.batch, record: other.record }).isProven).toBe(false);
      }
  });

  it.each([
    ["place", (): unknown => ({ ...first, seq: 3 })],
    ["place", (): unknown => ({ ...first, batch: { ...first.batch, index: first.batch.size } })],
    ["place", (): unknown => ({ ...first, batch: { ...first.batch, no: 1 } })],
    ["record", (): unknown => ({ ...first, record: bundles[4]?.record })],
    ["record", (): unknown => ({ ...first, id: bundles[4]?.id })],
    ["batch", (): unknown => ({ ...first, batch: { ...first.batch, at: first.batch.at + 1 } })],
    [
      "batch",
      (): unknown => ({ ...first, proof: foreign.proof.replace("index 1", `index ${first.batch.no - 1}`) }),
    ],
    ["past", (): unknown => ({ ...first, since: { ...first.since, note: noteOf(foreign) } })],
    ["past", (): unknown => ({ ...first, since: { ...first.since, proof: [] } })],
    ["past", (): unknown => ({ ...first, since: { ...first.since, note: "" } })],
    ["signature", (): unknown => ({ ...first, proof: first.proof.replace(ORIGIN, "other.example/log") })],
    ["malformed", (): unknown => ({ ...first, more: 1 })],
    ["malformed", (): unknown => ({ ...first, record: { ...first.record, more: 1 } })],
    ["malformed", (): unknown => ({ ...first, format: "garim/bundle/v2" })],
    ["malformed", (): unknown => ({ ...first, since: undefined })],
    ["malformed", (): unknown => ({ ...first, record: { body: first.record.body } })],
    ["malformed", (): unknown => ({ ...first, batch: { ...first.batch, size: 2 ** 32 } })],
    ["malformed", (): unknown => ({ ...first, batch: { ...first.batch, index: -0 } })],
    ["malformed", (): unknown => ({ ...first, batch: { ...first.batch, at: 1.5 } })],
    [
      "malformed",
      (): unknown => ({ ...first, proof: first.proof.replace("\nindex", "\nextra AAAA\nindex") }),
    ],
    ["malformed", (): unknown => ({ ...first, record: { ...first.record, subjects: "AAAA" } })],
  ])("says %s where that is what is wrong (%#)", (fault, make) => {
    expect(faultOf(make())).toBe(fault);
  });

  it("says unreadable where body and pseudonyms are cut elsewhere: the hash alone does not tell them apart", () => {
    const { record } = bundles[5] ?? first;
    const bytes = Buffer.concat([Buffer.from(record.body, "base64"), Buffer.from(record.subjects, "base64")]);
    const whole = Buffer.from(record.body, "base64").length;
    for (const cut of [whole - 16, whole + 16]) {
      const moved = {
        body: bytes.subarray(0, cut).toString("base64"),
        subjects: bytes.subarray(cut).toString("base64"),
      };
      expect(faultOf({ ...bundles[5], record: moved })).toBe("unreadable");
    }
  });

  it("trusts no other key and no other log, and each of two keys while they are changed", async () => {
    expect(checkBundle(first, { ...TRUST, keys: [NEXT.verifierKey] })).toMatchObject({ fault: "signature" });
    expect(checkBundle(first, { ...TRUST, keys: [] })).toMatchObject({ fault: "signature" });
    expect(checkBundle(first, { ...TRUST, origin: "other" })).toMatchObject({ fault: "signature" });
    const { note, ...proof } = parseTlogProof(first.proof);
    const text = note.slice(0, note.lastIndexOf("\n\n") + 1);
    const both = Buffer.from(await signNote(text, [NEXT, SIGNER])).toString("utf8");
    const rotated = { ...first, proof: formatTlogProof({ ...proof, note: both }) };
    for (const keys of [[SIGNER.verifierKey], [SIGNER.verifierKey, NEXT.verifierKey]])
      expect(checkBundle(rotated, { ...TRUST, keys })).toMatchObject({ isProven: true });
    // The older checkpoint is of the old key alone.
    expect(checkBundle(rotated, { ...TRUST, keys: [NEXT.verifierKey] })).toMatchObject({ fault: "past" });
  });

  it("shows that the log goes on from the very checkpoint that somebody kept", () => {
    const kept = first.since?.note ?? "";
    const { since: _, ...without } = first;
    const judge = (bundle: unknown, since: string) => checkBundle(bundle, { ...TRUST, since });
    expect(judge(first, kept)).toMatchObject({ isProven: true, since: { size: 2 } });
    expect(judge(first, noteOf(first))).toMatchObject({
      fault: "past",
      why: expect.stringMatching(/another checkpoint/),
    });
    expect(judge(first, foreign.since?.note ?? "")).toMatchObject({ fault: "past" });
    expect(judge(without, kept)).toMatchObject({
      fault: "past",
      why: expect.stringMatching(/does not show/),
    });
    for (const none of ["", "x", kept.replace(ORIGIN, "other")])
      expect(() => judge(first, none)).toThrow(expect.objectContaining({ code: "ERR_GARIM_PROOF_INVALID" }));
  });

  it("throws for a key that is none: that is no bundle's fault", () => {
    expect(() => checkBundle(first, { ...TRUST, keys: ["x"] })).toThrow(
      expect.objectContaining({ code: "ERR_GARIM_KEYS_INVALID" }),
    );
  });

  it("answers whatever it is given", () => {
    const trap = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error("trap");
        },
        getOwnPropertyDescriptor: () => {
          throw new Error("trap");
        },
      },
    );
    for (const hostile of [
      undefined,
      null,
      1,
      "x",
      [],
      {},
      trap,
      { ...first, record: trap },
      { ...first, batch: null },
    ])
      expect(faultOf(hostile)).toBe("malformed");
    fc.assert(fc.property(fc.anything(), (value) => verdictOf(value).isProven === false));
    const members = fc.constantFrom(...Object.keys(first));
    fc.assert(
      fc.property(members, fc.anything(), (member, value) => {
        if (JSON.stringify(value) !== JSON.stringify(first[member as keyof Bundle]))
          expect(verdictOf({ ...first, [member]: value }).isProven).toBe(false);
      }),
    );
    expect(
      faultOf({ ...first, batch: { ...first.batch, path: Array(100_000).fill(first.batch.root) } }),
    ).toBe("record");
  });
});
