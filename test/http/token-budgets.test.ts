import type { ToolAlert } from "@garim/express";
import * as oauth from "openid-client";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import {
  DETAIL,
  openTokenMarket,
  reachCode,
  type TestClient,
  type TokenMarket,
} from "../fixtures/token-market.ts";

const alerts: ToolAlert[] = [];
let market: TokenMarket;
let node: string;

beforeAll(async () => {
  const budgets = { toolTokens: 4, addressTokens: 30 };
  market = await openTokenMarket({ tools: { budgets, onAlert: (alert) => alerts.push(alert) } });
  node = await market.openNode();
});
afterAll(() => market.close());

/** A tool that a seller connected. */
async function connected(): Promise<TestClient> {
  const client = await market.makeTool();
  await reachCode(market, client, "S1");
  return client;
}

interface Asked {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Asks for a machine token, and keeps the bare answer. */
async function ask({ config, dpop }: TestClient, origin = market.origin): Promise<Asked> {
  let asked: Asked | undefined;
  config[oauth.customFetch] = async (url, options) => {
    const answer = await fetch(url.replace(market.origin, origin), options as RequestInit);
    const copy = answer.clone();
    asked = { status: answer.status, headers: answer.headers, body: (await copy.json()) as Asked["body"] };
    return answer;
  };
  const parameters = { scope: "orders.read", authorization_details: JSON.stringify([DETAIL]) };
  await oauth.clientCredentialsGrant(config, parameters, { DPoP: dpop }).catch(() => undefined);
  if (asked === undefined) throw new Error("nothing was asked");
  return asked;
}

/** Another minute, so that budgets begin anew. */
function nextMinute(): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Math.ceil((Date.now() + 1) / 60_000) * 60_000 + 1_000 });
}

describe("the budgets of the token server", () => {
  afterAll(() => void vi.useRealTimers());

  it("[V1] say what is left, and stop a tool at its own on all nodes: 429, when to come again, on record, an alert", async () => {
    const client = await connected();
    // The other node hears of the grant within a quarter of a second; each question counts, so each has a minute of its own.
    await vi.waitFor(async () => {
      nextMinute();
      expect((await ask(client, node)).status).toBe(200);
    });
    nextMinute();
    const first = await ask(client);
    expect(first.status).toBe(200);
    expect(first.headers.get("ratelimit-policy")).toBe('"address-tokens";q=30;w=60, "tool-tokens";q=4;w=60');
    expect(first.headers.get("ratelimit")).toMatch(/^"address-tokens";r=29;t=\d+, "tool-tokens";r=3;t=\d+$/);
    const more = [await ask(client, node), await ask(client), await ask(client, node)];
    expect(more.map(({ status }) => status)).toEqual([200, 200, 200]);
    const over = await ask(client);
    expect([over.status, over.body]).toEqual([
      429,
      expect.objectContaining({
        error: "slow_down",
        reason: "budget-requests",
        trace_id: expect.any(String),
      }),
    ]);
    expect(Number(over.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await ask(client, node)).status).toBe(429);
    expect(alerts.map(({ kind, toolId, what }) => [kind, toolId, what])).toContainEqual([
      "budget-requests",
      client.toolId,
      "tool-tokens",
    ]);
    await vi.waitFor(async () => {
      const { entries } = await market.garim.log.find(
        { kind: "tool", actor: client.toolId, actions: ["signal"] },
        { limit: 5 },
      );
      expect(entries.map(({ access }) => [access.reason, access.detail?.["what"]])).toContainEqual([
        "budget-requests",
        "tool-tokens",
      ]);
    });
  });

  it("[V1] are not used up for a tool by who only names it, and stop an address that guesses", async () => {
    const client = await connected();
    nextMinute();
    const guess = (): Promise<Response> =>
      fetch(`${market.issuer}/token`, {
        method: "POST",
        body: new URLSearchParams({ client_id: client.toolId, grant_type: "client_credentials" }),
      });
    for (let i = 0; i < 20; i++) expect((await guess()).status).toBeLessThan(429);
    expect((await ask(client)).status).toBe(200);
    const statuses: number[] = [];
    for (let i = 0; i < 15; i++) statuses.push((await guess()).status);
    expect(statuses.at(-1)).toBe(429);
    const last = await guess();
    expect(await last.json()).toMatchObject({ error: "slow_down", reason: "budget-requests" });
    expect(Number(last.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});
