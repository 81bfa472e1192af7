import { describe, expect, it } from "vitest";
import { codeAt, NOON } from "../../test/people.ts";
import { makeTotpSecret, makeTotpUri, matchTotpStep } from "./totp-code.ts";

/** ASCII "12345678901234567890" in base32, the SHA-1 secret of RFC 6238, appendix B. */
const RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const secret = makeTotpSecret();
const STEP = NOON / 30_000;

describe("matchTotpStep", () => {
  it.each([
    [59, "94287082", 0x1],
    [1_111_111_109, "07081804", 0x23523ec],
    [1_111_111_111, "14050471", 0x23523ed],
    [1_234_567_890, "89005924", 0x273ef07],
    [2_000_000_000, "69279037", 0x3f940aa],
    [20_000_000_000, "65353130", 0x27bc86aa],
  ])("[RFC 6238 B] finds the step of %i s by the last six digits of %s", (seconds, digits, step) => {
    expect(matchTotpStep(RFC_SECRET, digits.slice(2), seconds * 1_000, null)).toBe(step);
  });

  it.each(
    ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"].map(
      (code, counter) => [counter, code] as const,
    ),
  )("[RFC 4226 D] finds the counter %i by %s", (counter, code) => {
    expect(matchTotpStep(RFC_SECRET, code, (counter + 1) * 30_000, null)).toBe(counter);
  });

  it.each([
    ["the first millisecond of its period", NOON, STEP],
    ["the last millisecond of the next period", NOON + 59_999, STEP],
    ["the millisecond after that", NOON + 60_000, undefined],
    ["the millisecond before its period", NOON - 1, undefined],
  ])("[V6.5.5] takes a code in %s as %#", (_, now, step) => {
    expect(matchTotpStep(secret, codeAt(secret, NOON), now, null)).toBe(step);
  });

  it("[T1] matches no used step and none before it", () => {
    const code = codeAt(secret, NOON);
    expect(matchTotpStep(secret, code, NOON, STEP - 1)).toBe(STEP);
    expect(matchTotpStep(secret, code, NOON, STEP)).toBeUndefined();
    expect(matchTotpStep(secret, code, NOON, STEP + 1)).toBeUndefined();
    expect(matchTotpStep(secret, code, NOON + 30_000, STEP)).toBeUndefined();
    expect(matchTotpStep(secret, code, NOON + 30_000, STEP + 1)).toBeUndefined();
  });

  it("[S7] matches nothing and throws nothing when the clock went back behind the used step", () => {
    const back = NOON - 3_600_000;
    expect(matchTotpStep(secret, codeAt(secret, back), back, STEP)).toBeUndefined();
  });

  it.each([
    undefined,
    null,
    123_456,
    "",
    "12345",
    "1234567",
    "12345a",
    " 123456",
    "123456\n",
    "１２３４５６",
    "-12345",
    "1e5000",
    ["123456"],
    { toString: () => "123456" },
    "1".repeat(1_000_000),
  ])("[T3] matches nothing for malformed input %#", (code) => {
    expect(matchTotpStep(secret, code, NOON, null)).toBeUndefined();
  });
});

describe("makeTotpSecret", () => {
  it("[V6.5.3] makes 160 bits in base32, new each time", () => {
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(makeTotpSecret()).not.toBe(secret);
  });
});

describe("makeTotpUri", () => {
  it("makes an address that apps read", () => {
    const uri = new URL(makeTotpUri("가림 마켓", "kim@shop & co", RFC_SECRET));
    expect(uri.protocol).toBe("otpauth:");
    expect(decodeURIComponent(uri.pathname)).toMatch(/가림 마켓:kim@shop & co$/);
    expect(uri.searchParams.get("secret")).toBe(RFC_SECRET);
    expect(uri.searchParams.get("issuer")).toBe("가림 마켓");
  });
});
