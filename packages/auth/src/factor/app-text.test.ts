import { describe, expect, it } from "vitest";
import { readAppText } from "./app-text.ts";

describe("readAppText", () => {
  it("keeps what apps can show, and replaces what they cannot", () => {
    expect(readAppText("issuer", "가림 마켓 🛒")).toBe("가림 마켓 🛒");
    expect(readAppText("label", "acme:kim")).toBe("acme-kim");
    expect(encodeURIComponent(readAppText("label", "kim\ud800"))).toBe("kim%EF%BF%BD");
  });

  it.each([undefined, null, 7, "", "x".repeat(257)])("refuses %j, and says what to write", (text) => {
    expect(() => readAppText("issuer", text)).toThrow(
      expect.objectContaining({
        code: "ERR_GARIM_OPTION_INVALID",
        message: expect.stringContaining('issuer: "My Market"'),
      }),
    );
  });
});
