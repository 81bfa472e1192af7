import type { PGlite } from "@electric-sql/pglite";
import type { Database } from "@garim/express";
import * as oauth from "openid-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openMarketDatabase } from "../fixtures/market-database.ts";
import {
  openTokenMarket,
  reachCode,
  redeem,
  type TestClient,
  type TokenMarket,
} from "../fixtures/token-market.ts";

let pglite: PGlite;
let market: TokenMarket;
let asked: string[] = [];

beforeAll(async () => {
  pglite = await openMarketDatabase();
  const database: Database = {
    query: (text, values) => {
      asked.push(text);
      return pglite.query(text, values);
    },
  };
  market = await openTokenMarket({ database });
});
afterAll(async () => {
  await market.close();
  await pglite.close();
});

async function connected(): Promise<{ readonly client: TestClient; readonly refresh: string }> {
  const client = await market.makeTool();
  const { code, verifier } = await reachCode(market, client, "S1");
  const tokens = await redeem(client, code, verifier);
  if (typeof tokens === "string") throw new Error(tokens);
  return { client, refresh: tokens.refresh_token ?? "" };
}

const renew = ({ config, dpop }: TestClient, refresh: string) =>
  oauth.refreshTokenGrant(config, refresh, {}, { DPoP: dpop });

describe("a renewal of a tool with a key", () => {
  it("asks the database three times: assertion and tokens; proof, family and ledger; record", async () => {
    const { client, refresh } = await connected();
    await renew(client, refresh);
    asked = [];
    await renew(client, refresh);
    const own = asked.filter(
      (text) => /oauth_artifact|issued_token|garim\.append\(/.test(text) && !/skip locked/.test(text),
    );
    expect(own).toEqual([
      expect.stringContaining("insert into garim.oauth_artifact"),
      expect.stringMatching(/insert into garim\.oauth_artifact.*insert into garim\.issued_token/s),
      expect.stringContaining("garim.append("),
    ]);
  });

  it("[J6] is refused where the family ends between its beginning and its end", async () => {
    const { client, refresh } = await connected();
    const { grants } = market.garim.tools;
    const grant = grants.find(client.toolId, "S1");
    const { query } = pglite;
    let isEnded = false;
    // The family is removed right before the token is put into the ledger, as a code that comes again does on another node.
    pglite.query = (async (text: string, values: unknown[]) => {
      if (!isEnded && text.includes("insert into garim.issued_token")) {
        isEnded = true;
        await query.call(pglite, "delete from garim.oauth_artifact where grant_id = $1", [grant?.id]);
      }
      return await query.call(pglite, text, values);
    }) as typeof query;
    try {
      await expect(renew(client, refresh)).rejects.toMatchObject({ error: "invalid_grant" });
    } finally {
      pglite.query = query;
    }
    expect(isEnded).toBe(true);
    await expect(renew(client, refresh)).rejects.toMatchObject({ error: "invalid_grant" });
  });

  it("[J5] takes a proof of the token endpoint once, though ten renewals bring it at one time", async () => {
    const { client, refresh } = await connected();
    let first: string | null = null;
    client.config[oauth.customFetch] = (url, options) => {
      const headers = new Headers((options as RequestInit).headers);
      if (first === null && url.endsWith("/token")) first = headers.get("dpop");
      if (first !== null) headers.set("dpop", first);
      return fetch(url, { ...(options as RequestInit), headers });
    };
    const tries = await Promise.allSettled(Array.from({ length: 10 }, () => renew(client, refresh)));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});
