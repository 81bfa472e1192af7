import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DEFAULT_ALGORITHMS, TOKEN_ALGORITHMS } from "./algorithm.ts";
import { isFault } from "./fault.ts";
import { type KeyFinder, verifyJws } from "./jws.ts";
import { readKeySet } from "./key-set.ts";

interface Vector {
  readonly tcId: number;
  readonly comment: string;
  readonly jws: string;
  readonly result: "valid" | "invalid";
}

interface Jwk {
  readonly kty: string;
  readonly kid: string;
}

interface Group {
  readonly public?: Jwk;
  readonly private: Jwk;
  readonly tests: readonly Vector[];
}

const file = new URL("../../vectors/wycheproof-jws.json", import.meta.url);
const { testGroups } = JSON.parse(readFileSync(file, "utf8")) as { testGroups: readonly Group[] };

/** Where we differ from the list, and why. */
const EXCEPTIONS: Readonly<Record<number, string>> = {
  346: "marked valid; the key is for PS256, the header says PS384: a key is for one algorithm",
  347: "marked valid; the key is for ES521, which is no algorithm (ES512 is)",
  350: "as 346",
  351: "as 347",
  367: "marked invalid; byte for byte the text of 357, which is marked valid",
  370: "as 367",
  372: "marked valid; its header holds a letter that is not of base64url",
  373: "marked valid; its payload holds a letter that is not of base64url",
};

/** More than a verifier of tokens can be told to take: the list's secret keys, too, so that mixing them up could succeed. */
const EVERY_ALGORITHM = ["HS256", "HS384", "HS512", ...TOKEN_ALGORITHMS];

function findNone(): never {
  throw new Error("There is no such key");
}

function finderOf(group: Group): KeyFinder {
  const { public: key, private: secret } = group;
  if (secret.kty === "oct") return async ({ kid }) => (kid === secret.kid ? secret : findNone());
  try {
    return readKeySet({ keys: [key] }, TOKEN_ALGORITHMS);
  } catch (error) {
    // A deployment with such a key does not even start.
    expect(error).toMatchObject({ code: "ERR_GARIM_KEYS_MISSING" });
    return findNone;
  }
}

async function run(algorithms: readonly string[]) {
  const answers = testGroups.flatMap((group) => {
    const findKey = finderOf(group);
    return group.tests.map(async (vector) => {
      const isTaken = !isFault(await verifyJws(vector.jws, findKey, algorithms));
      return { ...vector, isTaken };
    });
  });
  return await Promise.all(answers);
}

const reasons = Object.entries(EXCEPTIONS).map(([tcId, why]) => [Number(tcId), why] as const);
const answers = await run(EVERY_ALGORITHM);

describe("verifyJws on the Wycheproof list", () => {
  it("[J1] [V9.1.2] answers 393 of 401 as the list does", () => {
    const agreeing = answers.filter(({ isTaken, result }) => isTaken === (result === "valid"));
    expect([agreeing.length, answers.length]).toEqual([393, 401]);
  });

  it.each(reasons)("[J1] differs at %i: %s", (tcId, why) => {
    const { isTaken, result } = answers.find((one) => one.tcId === tcId) ?? {};
    expect(isTaken).toBe(result === "invalid");
    if (why.startsWith("marked")) expect(why).toContain(`marked ${result};`);
  });

  it("takes the same bytes alike: 367 and 370 are 357", () => {
    const textOf = new Map(answers.map(({ tcId, jws }) => [tcId, jws]));
    expect([textOf.get(367), textOf.get(370)]).toEqual([textOf.get(357), textOf.get(357)]);
  });

  it("[J1] takes what is signed with ES256 alone where a deployment names no algorithms", async () => {
    const taken = (await run(DEFAULT_ALGORITHMS)).filter(({ isTaken }) => isTaken);
    expect(taken.map(({ tcId }) => tcId)).toEqual([18, 378]);
  });
});
