import { describe, expect, it } from "vitest";
import { KEYS } from "../../test/people.ts";
import { sealSecret } from "../factor/sealed-secret.ts";
import { decodeAccount, encodeAccount, NO_ACCOUNT } from "./record.ts";

const unavailable = expect.objectContaining({ code: "ERR_GARIM_STATE_UNAVAILABLE" });

describe("decodeAccount", () => {
  it("reads what encodeAccount wrote for the owner", () => {
    expect(decodeAccount(encodeAccount(NO_ACCOUNT, "kim", KEYS), "kim", KEYS)).toEqual(NO_ACCOUNT);
  });

  it("[S4] [V6.7.1] reads nothing of another owner, and nothing anybody changed", () => {
    const value = encodeAccount(NO_ACCOUNT, "kim", KEYS);
    expect(() => decodeAccount(value, "lee", KEYS)).toThrow(unavailable);
    const { text, ...sealed } = JSON.parse(value);
    const changed = text.slice(0, 9) + (text[9] === "A" ? "B" : "A") + text.slice(10);
    expect(() => decodeAccount(JSON.stringify({ ...sealed, text: changed }), "kim", KEYS)).toThrow(
      unavailable,
    );
  });

  it.each(["", "null", "{}", "[]", '{"keyId":1}', "1", JSON.stringify(NO_ACCOUNT)])(
    "refuses the value %s",
    (value) => {
      expect(() => decodeAccount(value, "kim", KEYS)).toThrow(unavailable);
    },
  );

  it.each(["null", "{}", '{"factors":[]}', '{"factors":[],"tries":{"failures":null}}', "text"])(
    "refuses what holds %s",
    (inside) => {
      const value = JSON.stringify(sealSecret(inside, "kim", KEYS));
      expect(() => decodeAccount(value, "kim", KEYS)).toThrow(unavailable);
    },
  );
});
