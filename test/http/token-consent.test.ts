import { tokenServer } from "@garim/token-server";
import * as oauth from "openid-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Person, personOf } from "../fixtures/shop.ts";
import {
  BACK,
  DETAIL,
  decide,
  followTo,
  openTokenMarket,
  startFlow,
  type TestClient,
  type TokenMarket,
} from "../fixtures/token-market.ts";

const MINUTE = 60_000;

let market: TokenMarket;
let client: TestClient;

beforeAll(async () => {
  market = await openTokenMarket({
    tools: { sandbox: { sellers: ["made-up"] } },
    server: { name: "온누리마켓", logo: "/logo.svg", style: "/market.css" },
  });
  client = await market.makeTool();
  await market.sign(client.toolId, "S1");
});
afterAll(() => market.close());

/** A page a seller is shown, in their browser. */
interface Shown {
  readonly page: URL;
  readonly response: Response;
  readonly text: string;
  readonly seen: string;
}

/** Brings a seller's browser to the page. */
async function show(
  person: Person,
  more: Readonly<Record<string, string>> = {},
  tool = client,
): Promise<Shown> {
  const { url } = await startFlow(tool, more);
  const first = await person.get(url.pathname + url.search);
  const page = new URL(first.headers.get("location") ?? "", url);
  return await shownAt(person, page);
}

async function shownAt(person: Person, page: URL): Promise<Shown> {
  const response = await person.get(page.pathname);
  const text = await response.clone().text();
  const [, seen = ""] = /name="seen" value="([^"]*)"/.exec(text) ?? [];
  return { page, response, text, seen };
}

const grantOf = (sellerId: string) => market.garim.tools.grants.find(client.toolId, sellerId);

describe("the consent page", () => {
  it("says in Korean which tool reads which fields, for what, of which orders, and until when", async () => {
    const { text, response } = await show(await market.owner("S1"));
    for (const words of [
      "송장도우미",
      "S1",
      "이름",
      "주문 처리와 배송",
      "배송·처리 중인 주문",
      "위탁 업무",
      "송장 출력",
      "tool.example",
      "최대 기간",
    ])
      expect(text).toContain(words);
    expect(text).toContain('<html lang="ko">');
    expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
  });

  it("says it in English to whoever prefers that", async () => {
    const owner = await market.owner("S1");
    owner.headers["accept-language"] = "en";
    const { text } = await show(owner);
    for (const words of [
      "Label Helper",
      "handling and shipping orders",
      "orders being shipped",
      "as long as possible",
    ])
      expect(text).toContain(words);
  });

  it("goes on in the language of the tool's page, unless another was chosen at the marketplace", async () => {
    const owner = await market.owner("S1");
    const inEnglish = { ui_locales: "fr en-GB ko" };
    expect((await show(owner, inEnglish)).text).toContain('<html lang="en">');
    expect((await show(owner, { ui_locales: "fr" })).text).toContain('<html lang="ko">');
    const { cookie } = owner.headers;
    owner.headers["cookie"] = `${cookie}; garim-language=ko`;
    expect((await show(owner, inEnglish)).text).toContain('<html lang="ko">');
  });

  it("runs no script and holds no style, and its form goes to us and on to the tool alone", async () => {
    const { text, response } = await show(await market.owner("S1"));
    expect(text).not.toMatch(/<script|<style|style=|onclick|javascript:/i);
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      "style-src 'self'",
      "img-src 'self'",
      "form-action 'self' https://tool.example",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(response.headers.get("x-frame-options")).toBe("DENY");
    const [, style = ""] = /href="([^"]+)"/.exec(text) ?? [];
    const sheet = await fetch(market.origin + style);
    expect([sheet.status, sheet.headers.get("content-type")]).toEqual([200, "text/css; charset=utf-8"]);
  });

  it("looks like the host's: its sheet after ours, its logo, its name", async () => {
    const { text } = await show(await market.owner("S1"));
    const sheets = [...text.matchAll(/rel="stylesheet" href="([^"]+)"/g)].map(([, href]) => href);
    expect(sheets).toEqual(["/oauth/style.css", "/market.css"]);
    expect(text).toContain('<img src="/logo.svg" alt=""><span>온누리마켓</span>');
  });

  it("shows a tool's name as text, whatever it holds", async () => {
    const evil = `<img src=x onerror="alert(1)">`;
    const tool = await market.makeTool({ name: { ko: evil, en: evil } });
    await market.sign(tool.toolId, "S1");
    const { text } = await show(await market.owner("S1"), {}, tool);
    expect(text).not.toContain("<img src=x");
    expect(text).toContain("&#60;img");
  });
});

describe("who may consent", () => {
  it("nobody without a log-in", async () => {
    const nobody = personOf(Number(new URL(market.origin).port), "", 0);
    delete nobody.headers["x-user"];
    expect((await show(nobody)).response.status).toBe(401);
  });

  it("no staff whose role does not connect tools, on record", async () => {
    const { response } = await show(await market.owner("S1", "shipper"));
    const { reason } = (await response.json()) as { reason?: string };
    expect([response.status, reason]).toEqual([403, "role-lacks-action"]);
    const { entries } = await market.garim.log.find({ actions: ["grant-tool"] }, { limit: 1 });
    expect(entries[0]?.access).toMatchObject({ outcome: "refused", reason: "role-lacks-action" });
  });

  it("no operator and no other seller's owner where no contract is on file", async () => {
    const { response, text } = await show(await market.owner("S2"));
    expect([response.status, text]).toEqual([403, expect.stringContaining("위탁 계약")]);
    expect(text).not.toContain('value="allow"');
  });

  it("no owner whose second factor is older than five minutes, by page and by form", async () => {
    const owner = await market.owner("S1");
    const { page, seen } = await show(owner);
    const at = Date.now;
    try {
      Date.now = () => at() + 6 * MINUTE;
      expect((await shownAt(owner, page)).response.status).toBe(401);
      expect((await decide(owner, page, { decision: "allow", seen })).status).toBe(401);
    } finally {
      Date.now = at;
    }
    expect(grantOf("S1")).toBeNull();
  });
});

describe("the seller's decision", () => {
  it("makes the grant, for as long as was chosen", async () => {
    const owner = await market.owner("S1");
    const { page, seen } = await show(owner);
    const before = Date.now();
    const answer = await decide(owner, page, { decision: "allow", seen, days: "30" });
    expect(answer.status).toBe(303);
    const grant = grantOf("S1");
    expect(grant).toMatchObject({ purposes: ["fulfilment"], states: ["open"], revokedAt: null });
    expect((grant?.endsAt ?? 0) - before).toBeGreaterThanOrEqual(30 * 86_400_000);
    expect((grant?.endsAt ?? 0) - before).toBeLessThan(31 * 86_400_000);
    const { entries } = await market.garim.log.find({ actions: ["grant-tool"] }, { limit: 1 });
    expect(entries[0]?.access).toMatchObject({ outcome: "done", grant: grant?.id });
  });

  it("counts once, though it comes ten times at one time", async () => {
    const owner = await market.owner("S1");
    const { page, seen } = await show(owner);
    const form = { decision: "allow", seen };
    const answers = await Promise.all(Array.from({ length: 10 }, () => decide(owner, page, form)));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(new Set(answers.filter(({ status }) => status !== 303).map(({ status }) => status))).toEqual(
      new Set([410]),
    );
  });

  it("to say no is told to the tool, and grants nothing", async () => {
    const tool = await market.makeTool();
    await market.sign(tool.toolId, "S1");
    const owner = await market.owner("S1");
    const { page } = await show(owner, {}, tool);
    const answer = await decide(owner, page, { decision: "deny" });
    const back = await followTo(owner, new URL(answer.headers.get("location") ?? "", page));
    const location = new URL(back.headers.get("location") ?? "");
    expect(location.href.startsWith(BACK)).toBe(true);
    expect([location.searchParams.get("error"), location.searchParams.get("iss")]).toEqual([
      "access_denied",
      market.issuer,
    ]);
    expect(market.garim.tools.grants.find(tool.toolId, "S1")).toBeNull();
  });

  it.each([
    ["from another site", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }],
    ["from a sibling site", { "sec-fetch-site": "same-site", origin: "https://evil.market.example" }],
    [
      "by a browser that says only where it comes from",
      { "sec-fetch-site": "", origin: "https://evil.example" },
    ],
  ])("[S5] is not taken %s", async (_, headers) => {
    const owner = await market.owner("S1");
    const { page, seen } = await show(owner);
    const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ""));
    const answer = await fetch(page, {
      method: "POST",
      redirect: "manual",
      headers: { ...owner.headers, "content-type": "application/x-www-form-urlencoded", ...given },
      body: new URLSearchParams({ decision: "allow", seen }).toString(),
    });
    expect(answer.status).toBe(403);
  });

  it("is not taken from another browser, another owner, or another page", async () => {
    const [owner, other] = [await market.owner("S1"), await market.owner("S1")];
    const { page, seen } = await show(owner);
    expect((await decide(other, page, { decision: "allow", seen })).status).toBe(410);
    const own = await show(other);
    expect((await decide(other, own.page, { decision: "allow", seen })).status).toBe(200);
    expect((await decide(other, page, { decision: "allow", seen: own.seen })).status).toBe(410);
  });

  it("is asked for again where the form says nothing of what was seen", async () => {
    const owner = await market.owner("S1");
    const { page } = await show(owner);
    const answer = await decide(owner, page, { decision: "allow" });
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('value="allow"')]);
  });

  it("is not taken once the contract has ended meanwhile, and the page says so", async () => {
    const tool = await market.makeTool();
    await market.sign(tool.toolId, "S1");
    const owner = await market.owner("S1");
    const { page, seen } = await show(owner, {}, tool);
    const { KEEPER } = await import("../fixtures/tool-shop.ts");
    await market.garim.tools.register.endContract("S1", tool.toolId, KEEPER);
    const answer = await decide(owner, page, { decision: "allow", seen });
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("계약")]);
    expect(market.garim.tools.grants.find(tool.toolId, "S1")).toBeNull();
  });
});

describe("consent as JSON", () => {
  const asJson = { accept: "application/json" };
  const told = async (answer: Response) => (await answer.json()) as Readonly<Record<string, unknown>>;

  it("tells what stands on the page, takes the decision once, and tells where the browser goes on", async () => {
    const owner = await market.owner("S1");
    Object.assign(owner.headers, asJson);
    const { page, response } = await show(owner);
    const asked = await told(response);
    expect(asked).toMatchObject({
      tool: "송장도우미",
      sellerId: "S1",
      isSandbox: false,
      fields: ["name", "phone"],
      purpose: "fulfilment",
      states: ["open"],
      tasks: ["송장 출력"],
      goal: BACK,
      days: [7, 30, 90],
    });
    const schemas = (await told(await owner.get("/oauth/openapi.json")))["components"] as {
      readonly schemas: Readonly<Record<string, { readonly required: readonly string[] }>>;
    };
    expect(Object.keys(asked).toSorted()).toEqual(schemas.schemas["Consent"]?.required.toSorted());
    const decision = { decision: "allow", seen: asked["seen"], days: 7 };
    const decided = await told(await owner.post(page.pathname, decision));
    const back = await followTo(owner, new URL(String(decided["location"])));
    expect(new URL(back.headers.get("location") ?? "").searchParams.has("code")).toBe(true);
    expect((grantOf("S1")?.endsAt ?? 0) - Date.now()).toBeLessThan(7 * 86_400_000 + 1);
    const again = await owner.post(page.pathname, decision);
    expect([again.status, await told(again)]).toEqual([
      410,
      { error: "request_ended", error_description: expect.any(String) },
    ]);
  });

  it("asks again where the decision says nothing of what was seen", async () => {
    const owner = await market.owner("S1");
    Object.assign(owner.headers, asJson);
    const { page } = await show(owner);
    const answer = await owner.post(page.pathname, { decision: "allow" });
    expect([answer.status, Object.keys(await told(answer))]).toEqual([200, expect.arrayContaining(["seen"])]);
  });

  it("says why a tool cannot be connected, on record", async () => {
    const owner = await market.owner("S2");
    Object.assign(owner.headers, asJson);
    const { response } = await show(owner);
    expect([response.status, await told(response)]).toEqual([
      403,
      expect.objectContaining({ error: "access_denied", reason: "contract-missing", tool: "송장도우미" }),
    ]);
  });

  it("is no page of what is not asked for as JSON first", async () => {
    const owner = await market.owner("S1");
    owner.headers["accept"] = "text/html,application/json;q=0.9";
    expect((await show(owner)).text).toContain("<!doctype html>");
  });
});

describe("GET /oauth/openapi.json", () => {
  it("describes every endpoint that is served, and no other, with the names in their paths", async () => {
    const { paths } = (await (await fetch(`${market.issuer}/openapi.json`)).json()) as {
      readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    };
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      ["get", "post"].filter((method) => method in methods).map((method) => `${method} ${path}`),
    );
    // The mounts of routers have no route of their own.
    const { stack } = tokenServer(market.garim) as unknown as { readonly stack: readonly Layer[] };
    const served = stack.flatMap(({ route }) =>
      route === undefined
        ? []
        : Object.keys(route.methods).map((method) => `${method} ${route.path.replace(/:(\w+)/g, "{$1}")}`),
    );
    expect(described.toSorted()).toEqual(served.toSorted());
    for (const [path, methods] of Object.entries(paths)) {
      const named = (methods["parameters"] ?? []) as readonly { readonly name: string }[];
      const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect([path, named.map(({ name }) => name)]).toEqual([path, wanted]);
    }
  });
});

/** A router's own entry, as Express keeps it. */
interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}

describe("a tool in the sandbox", () => {
  it("is connected by a made-up seller without contracts, and by nobody else", async () => {
    const tool = await market.makeTool({ isApproved: false });
    const real = await show(await market.owner("S1"), {}, tool);
    expect([real.response.status, real.text]).toEqual([403, expect.stringContaining("승인")]);
    const owner = await market.owner("made-up");
    const { page, seen, text } = await show(owner, {}, tool);
    expect(text).toContain("시험용");
    const answer = await decide(owner, page, { decision: "allow", seen });
    const back = await followTo(owner, new URL(answer.headers.get("location") ?? "", page));
    expect(new URL(back.headers.get("location") ?? "").searchParams.has("code")).toBe(true);
    const machine = { scope: "orders.read", authorization_details: JSON.stringify([DETAIL]) };
    const tokens = await oauth.clientCredentialsGrant(tool.config, machine, { DPoP: tool.dpop });
    expect(tokens.expires_in).toBe(300);
  });
});
