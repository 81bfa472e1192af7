import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NOW, sampleOrder, samplePage } from "../../test/sample.ts";
import type { Access } from "../access.ts";
import { encodeRecord } from "../record/encode.ts";
import { makeRecordId } from "../record/id.ts";
import { readWhole, skimRecord } from "./skim.ts";

const HEX = "00".repeat(16);

function encode(access: Access): { readonly body: Buffer; readonly subjects: readonly string[] } {
  const body = Buffer.from(encodeRecord(makeRecordId(access.at), access, "k"));
  const count = access.records.reduce(
    (sum, { subjects }) => sum + subjects.length,
    access.asked?.length ?? 0,
  );
  return { body, subjects: Array.from({ length: count }, () => HEX) };
}

const someText = fc.string({ unit: "grapheme", minLength: 1, maxLength: 300 });
const someAccess = fc
  .record({
    id: someText,
    sellerId: fc.option(someText),
    session: fc.option(someText),
    purpose: fc.option(someText),
    agent: fc.option(someText),
    target: fc.option(someText, { nil: undefined }),
    key: fc.option(someText, { nil: undefined }),
    at: fc.nat({ max: 2 ** 48 - 1 }),
    orders: fc.nat({ max: 3 }),
    detail: fc.option(fc.dictionary(someText, fc.oneof(someText, fc.double({ noNaN: true }))), {
      nil: undefined,
    }),
  })
  .map(({ id, sellerId, session, purpose, agent, target, key, at, orders, detail }) =>
    samplePage(0, {
      actor: { kind: "staff", id, sellerId },
      session,
      purpose,
      at,
      origin: { ip: "203.0.113.7", agent },
      records: Array.from({ length: orders }, (_, i) => sampleOrder(i)),
      ...(target === undefined ? {} : { target: { kind: "operator", id: target, sellerId: null } as const }),
      ...(key === undefined ? {} : { key }),
      ...(detail === undefined ? {} : { detail }),
    }),
  );

describe("skimRecord", () => {
  it("cuts texts out of the bytes as Latin-1, which is the same where they are ASCII, and never where one is not", () => {
    fc.assert(
      fc.property(someAccess, (access) => {
        const { body } = encode(access);
        const texts = ({ at: _, ...skimmed }: NonNullable<ReturnType<typeof skimRecord>>) =>
          Object.values(skimmed).join("\n");
        const [fast, right] = [
          skimRecord(body, 0, body.length, body.toString("latin1")),
          skimRecord(body, 0, body.length),
        ];
        expect(fast && right && /[\u0080-\u00ff]/.test(texts(fast))).toBe(
          right && /[^\0-\x7f]/.test(texts(right)),
        );
        if (right && !/[^\0-\x7f]/.test(texts(right))) expect(fast).toEqual(right);
      }),
    );
  });

  it("reads of any record what the decoder reads", () => {
    fc.assert(
      fc.property(someAccess, (access) => {
        const { body, subjects } = encode(access);
        const around = Buffer.concat([Buffer.alloc(3, 0xff), body, Buffer.alloc(5, 0xff)]);
        const skimmed = skimRecord(around, 3, 3 + body.length);
        expect(skimmed).toEqual(readWhole(body, subjects).skimmed);
      }),
    );
  });

  it("never throws, whatever the bytes are, and never reads beyond them", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(() => skimRecord(Buffer.from(bytes), 0, bytes.length)).not.toThrow();
      }),
    );
    const { body } = encode(samplePage(1, { at: NOW }));
    for (let end = 0; end < body.length; end++) expect(skimRecord(body, 0, end)).toBeUndefined();
    expect(skimRecord(Buffer.concat([body, Buffer.alloc(1)]), 0, body.length + 1)).toBeUndefined();
  });

  it("reads nothing of bytes in which a field stands twice", () => {
    const { body } = encode(samplePage(0));
    const twice = Buffer.concat([Buffer.from([(body[0] ?? 0) + 1]), body.subarray(1, 3), body.subarray(1)]);
    expect(skimRecord(twice, 0, twice.length)).toBeUndefined();
  });
});
