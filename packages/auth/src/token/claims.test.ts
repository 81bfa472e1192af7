import { describe, expect, it } from "vitest";
import { NOON } from "../../test/people.ts";
import { API, CLAIMS, ISSUER, type Members, NOON_SECONDS } from "../../test/tokens.ts";
import { findTimeFault, readToken } from "./claims.ts";
import { isFault } from "./fault.ts";

const rules = { issuer: ISSUER, audience: API, maxTtlSeconds: 300 };

function read(claims: Members, typ: unknown = "at+jwt") {
  const payload = Buffer.from(JSON.stringify({ ...CLAIMS, ...claims }));
  return readToken({ header: { alg: "ES256", kid: "k1", typ }, payload }, rules);
}

function readWell(claims: Members = {}) {
  const token = read(claims);
  if (isFault(token)) throw new Error(token);
  return token;
}

describe("readToken", () => {
  it("reads an access token", () => {
    const token = readWell({ scope: "orders.read", cnf: { jkt: "x" } });
    expect(token).toEqual({
      kind: "token",
      id: "token-1",
      subject: "seller-1",
      clientId: "tool-1",
      keyId: "k1",
      issuedAt: NOON,
      startsAt: NOON,
      expiresAt: NOON + 300_000,
      claims: { ...CLAIMS, scope: "orders.read", cnf: { jkt: "x" } },
    });
  });

  it("[V1.5.2] gives what nobody who shares it can change", () => {
    const token = readWell({ cnf: { jkt: "x" } });
    for (const part of [token, token.claims, token.claims["cnf"]]) expect(Object.isFrozen(part)).toBe(true);
  });

  it.each(["at+jwt", "application/at+jwt"])("[V9.2.2] takes the type %s", (typ) => {
    expect(isFault(read({}, typ))).toBe(false);
  });

  it.each([undefined, null, "", "JWT", "jwt", "AT+JWT", "at+jwt ", "dpop+jwt", "logout+jwt", ["at+jwt"]])(
    "[V9.2.2] refuses the type %j",
    (typ) => {
      // A default parameter would hide that there is none.
      const jws = { header: { alg: "ES256", kid: "k1", typ }, payload: Buffer.from(JSON.stringify(CLAIMS)) };
      expect(readToken(jws, rules)).toBe("type");
    },
  );

  it.each([undefined, null, "", `${ISSUER}/`, ISSUER.toUpperCase(), [ISSUER], { iss: ISSUER }])(
    "[V10.3.3] refuses the issuer %j",
    (iss) => {
      expect(read({ iss })).toBe("issuer");
    },
  );

  it("takes one audience, in a list, too", () => {
    expect(readWell({ aud: [API] }).id).toBe("token-1");
  });

  it.each([
    undefined,
    null,
    "",
    `${API}/`,
    API.slice(0, -1),
    [],
    [API, API],
    [API, "https://other.example"],
    [[API]],
    { 0: API, length: 1 },
    `${API} https://other.example`,
  ])("[J1] [V9.2.3] [V10.3.1] refuses the audience %j", (aud) => {
    expect(read({ aud })).toBe("audience");
  });

  it.each(["jti", "sub", "client_id"])("[V10.3.3] requires %s, and of a usable form", (name) => {
    for (const value of [undefined, null, 1, "", "a\u0000b", "\ud800", "\u202e", "x".repeat(257), ["a"], {}])
      expect(read({ [name]: value })).toBe("claims");
    expect(readWell({ [name]: `${"가".repeat(255)}🛒` }).claims[name]).toHaveLength(257);
  });

  it.each([
    ["300 seconds", { exp: NOON_SECONDS + 300 }, true],
    ["301 seconds", { exp: NOON_SECONDS + 301 }, false],
    ["one second", { exp: NOON_SECONDS + 1 }, true],
    ["none", { exp: NOON_SECONDS }, false],
    ["an end before its beginning", { exp: NOON_SECONDS - 1 }, false],
    ["an nbf before its end", { nbf: NOON_SECONDS + 299 }, true],
    ["an nbf at its end", { nbf: NOON_SECONDS + 300 }, false],
    ["an nbf before iat", { nbf: 0 }, true],
    ["an nbf before an end before iat", { nbf: 0, iat: NOON_SECONDS + 2, exp: NOON_SECONDS + 1 }, false],
  ])("[V9.2.1] judges a life of %s", (_, claims, isTaken) => {
    expect(read(claims) === "lifetime").toBe(!isTaken);
  });

  it.each(["iat", "exp", "nbf"])("[J1] refuses %s that is no whole second", (name) => {
    const right = name === "exp" ? NOON_SECONDS + 60 : NOON_SECONDS;
    const wrong = [String(right), right + 0.5, -1, null, true, [right], {}, 2 ** 53, `${right}`];
    for (const value of wrong) expect(read({ [name]: value })).toBe("lifetime");
  });

  it.each([{ iat: undefined }, { exp: undefined }])("requires iat and exp: %j", (claims) => {
    expect(read(claims)).toBe("lifetime");
  });

  it.each(["1e308", "1e999", "-1e999", "NaN", "Infinity", "0x7fffffff", "9007199254740993"])(
    "[J1] refuses an exp written %s",
    (written) => {
      const text = JSON.stringify({ ...CLAIMS, exp: "EXP" }).replace('"EXP"', written);
      const jws = { header: { alg: "ES256", kid: "k1", typ: "at+jwt" }, payload: Buffer.from(text) };
      expect(["json", "lifetime"]).toContain(readToken(jws, rules));
    },
  );

  it("[P1] takes no claim from the prototype of objects", () => {
    const text = JSON.stringify({ ...CLAIMS, sub: undefined, __proto__: undefined });
    const payload = Buffer.from(text.replace("{", '{"__proto__":{"sub":"x"},'));
    expect(readToken({ header: { alg: "ES256", kid: "k1", typ: "at+jwt" }, payload }, rules)).toBe("json");
  });
});

describe("findTimeFault", () => {
  const token = readWell();

  it.each([
    ["at its issue", NOON, undefined],
    ["in its last millisecond", NOON + 299_999, undefined],
    ["at its end", NOON + 300_000, "expired"],
    ["[S7] to a node two minutes behind the issuer", NOON - 120_000, undefined],
    ["[S7] to a node further behind", NOON - 120_001, "early"],
    ["to a clock that does not know", Number.NaN, "expired"],
  ])("[V9.2.1] is asked %s", (_, now, fault) => {
    expect(findTimeFault(token, now)).toBe(fault);
  });

  it("waits for nbf", () => {
    const later = readWell({ nbf: NOON_SECONDS + 200 });
    expect(findTimeFault(later, NOON + 79_999)).toBe("early");
    expect(findTimeFault(later, NOON + 80_000)).toBeUndefined();
  });
});
