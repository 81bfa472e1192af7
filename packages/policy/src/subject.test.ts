import { describe, expect, it } from "vitest";
import { subject } from "./subject.ts";

describe("subject", () => {
  it.each(["010-1234-5678", "01012345678", "+82 10 1234 5678", "+82 (0)10-1234-5678", "０１０-1234-5678"])(
    "takes %s as one phone",
    (text) => {
      expect(subject.phone(text)).toEqual({ type: "phone", id: "01012345678" });
    },
  );

  it("keeps a phone nobody can read by its own text", () => {
    expect(subject.phone("없음")).toEqual({ type: "phone", id: "없음" });
  });

  it.each(["", 7, null, undefined, "x".repeat(257)])("refuses %j as an identifier", (id) => {
    for (const make of Object.values(subject))
      expect(() => make(id as string)).toThrow(
        expect.objectContaining({ code: "ERR_GARIM_SUBJECT_INVALID" }),
      );
  });
});
