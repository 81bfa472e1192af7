import { describe, expect, it } from "vitest";
import { describeOwnFault } from "./own-fault.ts";

describe("describeOwnFault", () => {
  it("says the kind and the place, and never the message, which may quote values", () => {
    const text = describeOwnFault(new RangeError("value 홍길동\n  홍길동 again"));
    expect(text).toMatch(
      /^a fault of garim itself \(RangeError\); please report.*\n\s+at .*own-fault\.test\.ts/,
    );
    expect(text).not.toMatch(/홍길동/);
  });

  it("takes whatever was thrown", () => {
    expect(describeOwnFault("홍길동")).toMatch(/^a fault of garim itself \(string\)[^\n]*$/);
  });
});
