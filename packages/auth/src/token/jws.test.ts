import { describe, expect, it } from "vitest";
import { encode, HEADER, someIssuer } from "../../test/tokens.ts";
import { DEFAULT_ALGORITHMS } from "./algorithm.ts";
import { isTokenText, type KeyFinder, verifyJws } from "./jws.ts";
import { readJwsHeader } from "./jws-header.ts";
import { readKeySet } from "./key-set.ts";

const issuer = someIssuer();
const findKey = readKeySet(issuer.jwks, DEFAULT_ALGORITHMS);
const token = issuer.mint();
const verify = (text: string, finder: KeyFinder = findKey) => verifyJws(text, finder, DEFAULT_ALGORITHMS);

describe("isTokenText", () => {
  it("takes 8,192 characters and no more", () => {
    expect(isTokenText("a".repeat(8_192))).toBe(true);
    expect(isTokenText("a".repeat(8_193))).toBe(false);
  });

  it.each([undefined, null, 1, {}, [], ["a.b.c"], Object("a.b.c"), Buffer.from("a.b.c")])(
    "does not take %s",
    (value) => {
      expect(isTokenText(value)).toBe(false);
    },
  );
});

describe("verifyJws", () => {
  it("gives header and payload of what the key signed", async () => {
    const jws = await verify(issuer.signText(JSON.stringify(HEADER), "any text"));
    expect(jws).toMatchObject({ header: { alg: "ES256", kid: "k1", typ: "at+jwt" } });
    expect(jws).toHaveProperty("payload", new Uint8Array(Buffer.from("any text")));
  });

  it.each([
    ["nothing", ""],
    ["two dots", ".."],
    ["two parts", token.slice(0, token.lastIndexOf("."))],
    ["four parts", `${token}.`],
    ["five parts, as a JWE has", `${token}.AA.AA`],
    ["JSON serialization", JSON.stringify({ protected: encode("{}"), payload: "", signature: "" })],
    ["padding", `${token}==`],
    ["a blank in front", ` ${token}`],
    ["a line end behind", `${token}\n`],
  ])("[J1] refuses %s by its form", async (_, text) => {
    expect(["malformed", "json"]).toContain(await verify(text));
  });

  it("[V9.1.1] refuses every other signature, each of its bits matters", async () => {
    const [header, payload, signature = ""] = token.split(".");
    const bytes = Buffer.from(signature, "base64url");
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await verify(`${header}.${payload}.${encode(changed)}`)).toBe("signature");
    }
  });

  it("refuses what another key of the same id signed", async () => {
    expect(await verify(someIssuer("k1").mint())).toBe("signature");
  });

  it("does not look for a key of an algorithm that is not on the list", async () => {
    const asked: unknown[] = [];
    const finder: KeyFinder = async (header) => {
      asked.push(header);
      throw new Error("There is none");
    };
    expect(await verify(issuer.mint({}, { alg: "HS256" }), finder)).toBe("algorithm");
    expect(asked).toEqual([]);
    expect(await verify(token, finder)).toBe("key");
  });
});

describe("readJwsHeader", () => {
  const read = (text: string) => readJwsHeader(encode(text));

  it("reads what is used, and leaves typ to be judged later", () => {
    expect(read('{"kid":"k1", "alg":"x", "typ":7, "x5t":"ignored"}')).toEqual({
      alg: "x",
      kid: "k1",
      typ: 7,
    });
  });

  it.each(["jwk", "jku", "x5u", "x5c", "b64", "crit", "cty", "zip", "enc"])("[J1] refuses %s", (name) => {
    expect(read(JSON.stringify({ ...HEADER, [name]: null }))).toBe("header");
  });

  it.each([undefined, null, 1, true, "", "x".repeat(257), "a\u0000", "a\u200b", ["k1"], { k1: 1 }])(
    "[J1] refuses the kid %j",
    (kid) => {
      expect(read(JSON.stringify({ ...HEADER, kid }))).toBe("header");
    },
  );
});
