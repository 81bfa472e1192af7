import type * as oauth from "openid-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lineOf } from "../fixtures/shop.ts";
import {
  type Answered,
  askTokens,
  openTokenMarket,
  reachCode,
  readLines,
  redeem,
  type TestClient,
  type TokenMarket,
} from "../fixtures/token-market.ts";

let market: TokenMarket;

beforeAll(async () => {
  market = await openTokenMarket({ isSpread: true });
});
afterAll(() => market.close());

function tokensOf(answered: Answered): oauth.TokenEndpointResponse {
  if (typeof answered === "string") throw new Error(answered);
  return answered;
}

const refresh = (client: TestClient, token: string | undefined): Promise<Answered> =>
  askTokens(client, "refresh_token", { refresh_token: token ?? "" });

/** A tool with a secret, and the refresh token of a seller. */
async function connect(): Promise<{ readonly client: TestClient; readonly first: string }> {
  const client = await market.makeTool({ tier: "secret" });
  const { code, verifier } = await reachCode(market, client, "S1");
  const { refresh_token: first = "" } = tokensOf(await redeem(client, code, verifier));
  return { client, first };
}

describe("a refresh token of a tool with a secret", () => {
  it("[J6] is another after each use", async () => {
    const { client, first } = await connect();
    const second = tokensOf(await refresh(client, first)).refresh_token;
    const third = tokensOf(await refresh(client, second)).refresh_token;
    expect(new Set([first, second, third]).size).toBe(3);
  });

  it("[J6] survives lost answers: until the next one is used it brings the same next one", async () => {
    const { client, first } = await connect();
    const lost = tokensOf(await refresh(client, first));
    const again = tokensOf(await refresh(client, first));
    const once = tokensOf(await refresh(client, first));
    expect([again.refresh_token, once.refresh_token]).toEqual([lost.refresh_token, lost.refresh_token]);
    expect(new Set([lost.access_token, again.access_token, once.access_token]).size).toBe(3);
    expect((await readLines(market, client, once.access_token)).status).toBe(200);
  });

  it("[J6] cuts nobody off where ten workers come at one time, for five rounds", async () => {
    const { client, first } = await connect();
    let current: string | undefined = first;
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(client, current)));
      const next = new Set(answers.map((answer) => tokensOf(answer).refresh_token));
      expect(next.size).toBe(1);
      [current] = next;
    }
  });

  it("[V10.4.5] [J6] that comes after its successor was used ends the family: nobody knows who of the two is the thief", async () => {
    const { client, first } = await connect();
    const second = tokensOf(await refresh(client, first));
    const third = tokensOf(await refresh(client, second.refresh_token));
    expect(await refresh(client, first)).toBe("invalid_grant");
    expect(await refresh(client, second.refresh_token)).toBe("invalid_grant");
    expect(await refresh(client, third.refresh_token)).toBe("invalid_grant");
    for (const { access_token: token } of [second, third])
      expect((await readLines(market, client, token)).status).toBe(401);
    const { entries } = await market.garim.log.find({ actions: ["revoke-token"] }, { limit: 1 });
    expect(entries[0]?.access).toMatchObject({
      actor: { kind: "tool", id: client.toolId },
      grant: market.garim.tools.grants.find(client.toolId, "S1")?.id,
      detail: { why: "reused" },
      route: "POST /oauth/token",
    });
  });

  it("[J6] leaves the seller's grant to machine tokens when its family ends", async () => {
    const { client, first } = await connect();
    const { refresh_token: second } = tokensOf(await refresh(client, first));
    await refresh(client, second);
    await refresh(client, first);
    expect(market.garim.tools.grants.find(client.toolId, "S1")?.revokedAt).toBeNull();
  });

  it("[J6] is not taken from another tool, and lives on", async () => {
    const { client, first } = await connect();
    expect(await refresh(await market.makeTool(), first)).toBe("invalid_grant");
    expect(typeof (await refresh(client, first))).toBe("object");
  });

  it("[J6] ends with the secret", async () => {
    const { client, first } = await connect();
    const by = { kind: "operator", id: "op", sellerId: null } as const;
    await market.garim.tools.tools.makeSecret(client.toolId, by);
    expect(await refresh(client, first)).toBe("invalid_client");
  });
});

describe("a refresh token of a tool with a key", () => {
  it("[J6] stays the same for two workers, and ends with the grant", async () => {
    const client = await market.makeTool();
    const { code, verifier } = await reachCode(market, client, "S1");
    const { refresh_token: token } = tokensOf(await redeem(client, code, verifier));
    const answers = await Promise.all([refresh(client, token), refresh(client, token)]);
    expect(answers.map((answer) => tokensOf(answer).refresh_token)).toEqual([token, token]);
    const { grants } = market.garim.tools;
    const grant = grants.find(client.toolId, "S1");
    await grants.revoke(grant?.id ?? "", { kind: "operator", id: "op", sellerId: null });
    expect(await refresh(client, token)).toBe("invalid_grant");
    await market.heard();
    for (const answer of answers) {
      const lines = await readLines(market, client, tokensOf(answer).access_token);
      expect(await lines.text()).not.toContain(lineOf().buyer.phone);
    }
  });
});
