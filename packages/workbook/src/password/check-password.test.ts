import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkPassword, requirePassword } from "./check-password.ts";
import { PASSWORD_WORDS } from "./words.ts";

const codes = (password: string, known: readonly string[] = []) =>
  checkPassword(password, known).problems.map(({ code }) => code);

describe("checkPassword", () => {
  it.each([
    ["Barun!4071", "ten of four classes"],
    ["k3vmQx81Tz", "ten of three"],
    ["kvmqxtz81wlpr3", "fourteen of two"],
    ["kvmqxtzwlprbnhgydcus", "twenty of one"],
    ["열쇠는바다위의배7번창고에있다", "Hangul counts"],
    ["correct horse battery staple", "a sentence"],
  ])("takes %s: %s", (password) => {
    expect(codes(password)).toEqual([]);
    expect(checkPassword(password).strength).toBeGreaterThanOrEqual(2);
  });

  it.each([
    ["", ["too-short", "repeated"]],
    ["Barun!407", ["too-short"]],
    ["kvmqxtz81wlpr", ["too-short"]],
    ["kvmqxtzwlprbnhgydcu", ["too-short"]],
    ["Abcdefg1234!", ["pattern", "common"]],
    ["Qwertyuiop1!", ["pattern", "common"]],
    ["9876543210Ab!", ["pattern"]],
    ["Aa1!Aa1!Aa1!", ["repeated"]],
    ["Password123!", ["common"]],
    ["P@ssw0rd!!!!", ["common"]],
    ["Saranghae!2026", ["common"]],
    ["비밀번호!!2026", ["too-short", "common"]],
    ["Aaaaaaaaaaaa1!", ["repeated", "pattern"]],
    ["Barun!\n4071", ["control-characters"]],
    [`Barun!4071${"가나다라1".repeat(50)}`, ["too-long"]],
  ])("does not take %j", (password, expected) => {
    expect(codes(password)).toEqual(expected);
    expect(checkPassword(password)).toMatchObject({ isEnough: false });
    expect(checkPassword(password).strength).toBeLessThan(2);
  });

  it.each([
    [["hong01"], "Hong01!!xyzAB"],
    [["minji@shop.example"], "xyz!Minji2026"],
    [["01097531864"], "x!01097531864Q"],
    [["가림상사"], "가림상사!!2026a"],
  ])("does not take what holds %j", (known, password) => {
    expect(codes(password, known)).toEqual(["known"]);
    expect(codes(password)).toEqual([]);
  });

  it("wants ASCII for a ZIP, and for nothing else", () => {
    expect(checkPassword("Barun!4071-열쇠").isEnough).toBe(true);
    expect(checkPassword("Barun!4071-열쇠", [], "csv-zip").problems.map(({ code }) => code)).toEqual([
      "not-ascii",
    ]);
    expect(checkPassword("Barun!4071", [], "csv-zip").isEnough).toBe(true);
  });

  it("does not mind short or empty things known", () => {
    expect(codes("k3vmQx81Tz", ["k3", "", "  "])).toEqual([]);
  });

  it("says each fault in both languages", () => {
    for (const words of Object.values(PASSWORD_WORDS)) {
      expect(words.ko).toMatch(/[가-힣]/);
      expect(words.en).toMatch(/^[A-Z]/);
    }
  });

  it("never throws, and answers quickly, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 2_000 }), (password) => {
        const { isEnough, problems, strength } = checkPassword(password);
        expect(isEnough).toBe(problems.length === 0);
        expect(strength >= 2).toBe(isEnough);
      }),
    );
  });
});

describe("requirePassword", () => {
  it("says why and never what", () => {
    const weak = () => requirePassword("hunter2!", "xlsx");
    expect(weak).toThrow(expect.objectContaining({ code: "ERR_GARIM_PASSWORD_WEAK" }));
    expect(weak).toThrow(/at least 10 characters/);
    expect(weak).not.toThrow(/hunter2/);
  });
});
