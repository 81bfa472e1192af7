import { describe, expect, it } from "vitest";
import { makePhone } from "../../test/factors.ts";
import { readChannels } from "./channel.ts";

const invalid = expect.objectContaining({ code: "ERR_GARIM_OPTION_INVALID" });

describe("readChannels", () => {
  it("finds channels by their names", () => {
    const [sms, kakao] = [makePhone("sms"), makePhone("kakao")];
    expect([...readChannels([sms, kakao], false)]).toEqual([
      ["sms", sms],
      ["kakao", kakao],
    ]);
  });

  it.each([
    ["no name", { ...makePhone(), name: "" }],
    ["a name with capitals", makePhone("SMS")],
    ["a name of 33 letters", makePhone("x".repeat(33))],
    ["no way to send", { name: "sms" }],
    ["nothing at all", null],
  ])("refuses a channel with %s", (_, channel) => {
    expect(() => readChannels([channel as never], false)).toThrow(invalid);
  });

  it("refuses two of one name", () => {
    expect(() => readChannels([makePhone(), makePhone()], false)).toThrow(invalid);
  });

  it.each(["email", "e-mail", "mailgun"])("[V6.3.6] takes %s only where the host allows e-mail", (name) => {
    expect(() => readChannels([makePhone(name)], false)).toThrow(invalid);
    expect(readChannels([makePhone(name)], true).size).toBe(1);
  });
});
