import { describe, expect, it } from "vitest";
import { makeRecordId, momentOfId } from "./id.ts";

describe("makeRecordId", () => {
  it.each([0, 1, Date.parse("2026-11-22T16:00:00.123Z"), 2 ** 48 - 1])("holds the moment %i", (at) => {
    const id = makeRecordId(at);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(momentOfId(id)).toBe(at);
  });

  it("never makes one twice", () => {
    expect(new Set(Array.from({ length: 1_000 }, () => makeRecordId(5))).size).toBe(1_000);
  });
});

describe("momentOfId", () => {
  it.each(["", "x", "0b8f1f6c-91a2-4c3d-8e4f-5a6b7c8d9e0f", "0b8f1f6c-91a2-7c3d-ce4f-5a6b7c8d9e0f"])(
    "knows that %j is no id of a record",
    (id) => expect(momentOfId(id)).toBeUndefined(),
  );
});
