import { describe, expect, it } from "vitest";
import { findIn, readSources } from "./source.ts";

const sources = readSources();
const paths = (found: readonly (readonly [string, string])[]): readonly string[] => [
  ...new Set(found.map(([path]) => path)),
];

describe("findIn", () => {
  it("finds what a pattern names, in code and not in comments", () => {
    const text = 'const a = hash("md5", b);';
    expect(findIn([{ path: "a.ts", text }], /hash\("(\w+)"/g)).toEqual([["a.ts", "md5"]]);
    expect(sources.length).toBeGreaterThan(500);
    expect(sources.some((source) => source.text.includes("/**"))).toBe(false);
  });
});

describe("the sources of the packages", () => {
  it("[V11.3.1 V11.3.2] encrypt by AES-GCM; only files by what their forms want, under a MAC of the whole", () => {
    const named = findIn(
      sources,
      /["'`](aes-\d+-\w+|des3?|des-(?:cbc|ecb|ede)[\w-]*|rc4[\w-]*|bf-\w+|chacha20[\w-]*)["'`]/gi,
    );
    expect(named.filter(([, cipher]) => cipher !== "aes-256-gcm")).toEqual([
      ["packages/workbook/src/agile/digest.ts", "aes-256-cbc"],
      ["packages/workbook/src/agile/digest.ts", "aes-256-cbc"],
      // AE-2 counts from the little end, which Node's CTR does not: counters alone are encrypted so, never data.
      ["packages/workbook/src/zip/aes-stream.ts", "aes-256-ecb"],
    ]);
    expect(named.length).toBeGreaterThan(2);
    expect(findIn(sources, /\b(?:publicEncrypt|privateDecrypt|createCipher|createDecipher)\b/g)).toEqual([]);
  });

  it("[V11.4.1] use neither MD5 nor SHA-1, but for what authenticator apps, Redis and ZIP want", () => {
    expect(findIn(sources, /["'`](md[245]|ripemd\w*|rmd\w+)["'`]/gi)).toEqual([]);
    expect(paths(findIn(sources, /["'`](sha-?1)["'`]/gi)).toSorted()).toEqual([
      // RFC 6238 as apps know it.
      "packages/auth/src/factor/totp-code.ts",
      // The name EVALSHA gives a script.
      "packages/auth/src/state/redis-script.ts",
      // AE-2 derives its keys and its sum by HMAC-SHA-1, whose collisions do not matter there.
      "packages/workbook/src/zip/aes-stream.ts",
    ]);
  });

  it("[V11.5.1] make no secret of Math.random: it spreads retries and polls", () => {
    expect(paths(findIn(sources, /Math\.random\(/g))).toEqual([
      "packages/audit/src/commit/group-commit.ts",
      "packages/audit/src/pass-on/lane.ts",
      "packages/auth/src/grant/follower.ts",
      "packages/express/src/start/steady-database.ts",
    ]);
  });

  it.each([
    "auth/src/factor/equal-text.ts",
    "auth/src/factor/totp-code.ts",
    "auth/src/factor/recovery-codes.ts",
    "auth/src/factor/message-code.ts",
    "auth/src/token/nonces.ts",
    "auth/src/grant/events/webhook.ts",
    "token-server/src/house/clients.ts",
  ])("[V11.2.4] compare what somebody guesses in constant time: %s", (name) => {
    const source = sources.find(({ path }) => path === `packages/${name}`);
    expect(source?.text).toMatch(/timingSafeEqual\(|isEqualText\(/);
  });

  it("[V1.2.9] make patterns of their own words, and of nothing that comes in", () => {
    const inserted = sources.flatMap(({ path, text }) =>
      text.split("new RegExp(").flatMap((rest, i) => {
        const argument = rest.slice(0, rest.search(/\)[;,.\n]/));
        const names = [...argument.matchAll(/\$\{([^}]*)\}/g)].map(([, name = ""]) => name);
        return i === 0
          ? []
          : names.filter((name) => !/^[A-Z][A-Z_\d]*$/.test(name)).map((name) => [path, name]);
      }),
    );
    expect(inserted).toEqual(OWN_WORDS);
  });

  it("[V14.3.3] keep nothing in a browser but the choice of a language", () => {
    expect(findIn(sources, /\b(?:sessionStorage|indexedDB|caches\.open)\b/g)).toEqual([]);
    const cookies = findIn(sources, /document\.cookie(?: = [`"']([\w-]+)=)?/g).map(([, name]) => name);
    expect(cookies.filter((name) => name !== "garim-language")).toEqual([]);
    const kept = findIn(sources, /localStorage\.setItem\(\s*([^,]+),/g).map(([, key]) => key);
    expect(kept.filter((key) => key !== '"language"')).toEqual([]);
  });
});

/** Names in patterns that are a module's own words all the same. */
const OWN_WORDS: readonly (readonly [string, string])[] = [
  // The names a draft imports.
  ["packages/cli/src/infer/print/draft.ts", "name"],
  // A dot, or what is said for one.
  ["packages/masking/src/find/email.ts", "dot"],
  ["packages/masking/src/find/email.ts", "dot"],
  // Names of attributes.
  ["packages/workbook/src/agile/open-package.ts", "name"],
];
