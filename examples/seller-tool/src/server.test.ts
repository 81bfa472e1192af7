import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Failure, type SellerTool, startSellerTool } from "./index.ts";
import type { Line } from "./store.ts";
import { openTinyMarket, pageOf, TAKEN, type TinyMarket, tokenFor } from "./testing/tiny-market.ts";

const NAUGHTY = `<img src=x onerror=alert(1)>"'`;

const folder = mkdtempSync(join(tmpdir(), "garim-tool-pages-"));
const failures: Failure[] = [];
let market: TinyMarket;
let tool: SellerTool;

beforeAll(async () => {
  market = await openTinyMarket();
  tool = await open();
});
afterEach(() => {
  failures.length = 0;
  market.token = tokenFor("maru");
  market.lines = pageOf();
  market.receipt = TAKEN;
  market.receiptsToken = tokenFor();
  market.receipts.length = 0;
});
afterAll(async () => {
  await tool.close();
  await market.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(fresh = false): Promise<SellerTool> {
  const report = (failure: Failure): unknown => failures.push(failure);
  return startSellerTool({ market: market.url, port: 0, dataDir: folder, fresh, report, syncSeconds: 0 });
}

const IN_ENGLISH = { "accept-language": "en-US,en" };

function get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(tool.url + path, { headers, redirect: "manual" });
}

function press(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const all = { origin: tool.url, ...headers };
  return fetch(tool.url + path, { method: "POST", headers: all, redirect: "manual" });
}

/** Begins to connect, and comes back with what the marketplace's address says. */
async function comeBack(
  answer: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  await press("/connect");
  const state = market.pushed().get("state") ?? "";
  return get(`/callback?${new URLSearchParams({ state, ...answer })}`, headers);
}

function someLine(more: Partial<Line> = {}): Line {
  return {
    id: "1",
    orderNo: "2026112200000001",
    seller: "maru",
    product: "감귤",
    option: null,
    quantity: 2,
    state: "paid",
    recipient: { name: "김하늘", phone: "010-1234-5678", postcode: "06236", address: "서울 강남구 1" },
    ...more,
  };
}

describe("the page after a consent", () => {
  it.each([
    ["ko", {}, "연결하지 않았습니다.", "마켓플레이스에서 동의하지 않았습니다."],
    ["en", IN_ENGLISH, "Nothing was connected.", "Nobody agreed at the marketplace"],
  ])("says that nobody agreed, and what to do, in %s", async (language, headers, title, remedy) => {
    const answer = await comeBack({ error: "access_denied" }, headers);
    const page = await answer.text();
    expect([answer.status, page]).toEqual([200, expect.stringContaining(`<h1>${title}</h1>`)]);
    expect(page).toContain(`<html lang="${language}">`);
    expect(page).toContain(remedy);
    expect(page).toContain("access_denied");
    expect(failures).toEqual([expect.objectContaining({ code: "access_denied", route: "GET /callback" })]);
    expect(page).toContain(failures[0]?.trace);
    expect(await (await get("/")).text()).toContain("연결된 판매자가 없습니다.");
  });

  it.each([
    ["server_error", 503, "cannot answer now"],
    ["temporarily_unavailable", 503, "cannot answer now"],
    ["unauthorized_client", 502, "does not accept this tool"],
    ["invalid_scope", 502, "did not accept this request"],
  ])("says what %s means", async (error, status, title) => {
    const answer = await comeBack({ error }, IN_ENGLISH);
    expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining(title)]);
    expect(failures[0]?.code).toBe(error);
  });

  it("repeats nothing that only an address says", async () => {
    const page = await (await comeBack({ error: NAUGHTY, error_description: "call 010-0000-0000" })).text();
    expect(page).not.toMatch(/<img|010-0000-0000|onerror/);
    expect(failures[0]?.code).toBe("unexpected");
  });

  it("says that nobody began it, or that it is done already", async () => {
    const first = await comeBack({ code: "c" });
    expect([first.status, first.headers.get("location")]).toEqual([303, "/"]);
    const state = market.pushed().get("state") ?? "";
    for (const path of [`/callback?${new URLSearchParams({ state, code: "c" })}`, "/callback?state=x"]) {
      const answer = await get(path, IN_ENGLISH);
      expect([answer.status, await answer.text()]).toEqual([
        400,
        expect.stringContaining("Nobody began this"),
      ]);
    }
  });

  it("tells the marketplace's own words, and its trace, where the marketplace itself refused", async () => {
    const said = { error: "invalid_grant", because: `코드가 ${NAUGHTY}`, remedy: "다시", trace_id: "m-1" };
    market.token = { status: 400, body: said };
    const answer = await comeBack({ code: "c" }, IN_ENGLISH);
    const page = await answer.text();
    expect([answer.status, page]).toEqual([400, expect.stringContaining("not used in time")]);
    expect(page).toContain("코드가 &#60;img");
    expect(page).toContain("m-1");
    expect(failures).toEqual([expect.objectContaining({ code: "invalid_grant", marketTrace: "m-1" })]);
  });
});

describe("reading orders", () => {
  it("says what it came to once, and how much of it was masked", async () => {
    await comeBack({ code: "c" });
    const masked = { reason: "purpose-ended", fields: ["recipient.name"] };
    market.lines = pageOf(someLine(), someLine({ id: "2", _masked: masked }));
    expect((await press("/sync")).status).toBe(303);
    expect(await (await get("/", IN_ENGLISH)).text()).toContain("2 lines, 1 of them masked.");
    const page = await (await get("/")).text();
    expect(page).not.toContain('role="status"');
    expect(page).toContain('<th scope="row">maru</th><td>2</td><td>1</td><td>1</td>');
  });

  it.each([
    [403, "tool-suspended", 502, "did not accept this request"],
    [503, "unavailable", 503, "cannot answer now"],
  ])("says why the API answered %i %s", async (status, reason, told, title) => {
    await comeBack({ code: "c" });
    market.lines = { status, body: { reason, detail: "까닭", remedy: "할 일", trace: "m-2" } };
    const answer = await press("/sync", IN_ENGLISH);
    const page = await answer.text();
    expect([answer.status, page]).toEqual([told, expect.stringContaining(title)]);
    for (const text of ["까닭", "할 일", "m-2", reason]) expect(page).toContain(text);
  });

  it("says that the marketplace does not answer", async () => {
    await comeBack({ code: "c" });
    const { url } = market;
    await market.close();
    const answer = await press("/sync", IN_ENGLISH);
    expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining("cannot answer now")]);
    expect(failures[0]).toMatchObject({ code: "unreachable", route: "POST /sync" });
    await tool.close();
    market = await openTinyMarket();
    tool = await open(true);
    expect(market.url).not.toBe(url);
  });
});

describe("receipts", () => {
  const masked = (fields: readonly string[]) => ({
    _masked: { reason: "purpose-ended", fields: fields.map((field) => `recipient.${field}`) },
  });
  const ALL = masked(["name", "phone", "postcode", "address"]);

  it("[pipa/26] tell the marketplace of what came masked, or came no more, and of nothing that is still kept", async () => {
    market.token = tokenFor("maru", "hanbit");
    await comeBack({ code: "c" });
    const [gone, theirs, part] = [
      someLine({ id: "2" }),
      someLine({ id: "3", seller: "hanbit" }),
      someLine({ id: "4" }),
    ];
    market.lines = pageOf(someLine(), gone, theirs, part);
    await press("/sync");
    expect(market.receipts).toEqual([]);
    market.lines = pageOf(someLine(ALL), { ...part, ...masked(["name"]) });
    await press("/sync");
    const at = { destroyedAt: expect.any(Number), method: expect.stringContaining("overwritten") };
    expect(market.receipts).toEqual([
      { sellerId: "maru", orderIds: ["1", "2"], ...at },
      { sellerId: "hanbit", orderIds: ["3"], ...at },
    ]);
    expect(await (await get("/", IN_ENGLISH)).text()).toContain("told that 3 are destroyed here");
    await press("/sync");
    expect(market.receipts).toHaveLength(2);
  });

  it("[pipa/26] are given again with the next sync where the marketplace took them not", async () => {
    await comeBack({ code: "c" });
    market.lines = pageOf(someLine({ id: "5" }));
    await press("/sync");
    market.receipts.length = 0;
    market.lines = pageOf();
    market.receipt = { status: 503, body: { reason: "unavailable" } };
    expect((await press("/sync")).status).toBe(503);
    market.receipt = TAKEN;
    expect((await press("/sync")).status).toBe(303);
    expect(market.receipts).toMatchObject([{ orderIds: ["5"] }, { orderIds: ["5"] }]);
  });
});

describe("receipts after the last seller ended it", () => {
  const NOBODY = { status: 400, body: { error: "invalid_authorization_details", reason: "grant-revoked" } };

  /** Reads a line, and then nobody agrees any more. */
  async function readAndEnd(id: string): Promise<void> {
    await comeBack({ code: "c" });
    market.lines = pageOf(someLine({ id }));
    await press("/sync");
    market.token = NOBODY;
  }

  it("[pipa/26] are given by a token of their own, at once, or with the next sync where nobody answered", async () => {
    await readAndEnd("6");
    market.receipt = { status: 503, body: { reason: "unavailable" } };
    expect((await press("/sync")).status).toBe(503);
    expect(await (await get("/labels")).text()).not.toContain("김하늘");
    market.receipt = TAKEN;
    expect((await press("/sync")).status).toBe(303);
    expect(market.receipts).toMatchObject([{ orderIds: ["6"] }, { orderIds: ["6"] }]);
  });

  it("are not kept where the marketplace wants none, and are where it says nothing of it", async () => {
    await readAndEnd("7");
    market.receiptsToken = { status: 400, body: { error: "invalid_scope", reason: "request-invalid" } };
    expect((await press("/sync")).status).toBe(502);
    market.receiptsToken = { status: 400, body: { error: "invalid_scope", reason: "receipt-not-owed" } };
    expect((await press("/sync")).status).toBe(303);
    market.receiptsToken = tokenFor();
    expect((await press("/sync")).status).toBe(303);
    expect(market.receipts).toEqual([]);
  });
});

describe("reading by itself", () => {
  it("hears that a seller ended it, deletes what it had and says so, though nobody presses anything", async () => {
    await comeBack({ code: "c" });
    market.lines = pageOf(someLine({ id: "8" }));
    await press("/sync");
    const dataDir = folder;
    const port = Number(new URL(tool.url).port);
    const start = async (syncSeconds: number): Promise<void> => {
      await tool.close();
      tool = await startSellerTool({
        market: market.url,
        port,
        dataDir,
        syncSeconds,
        report: (one) => failures.push(one),
      });
    };
    await start(0.02);
    expect(await (await get("/labels")).text()).toContain("김하늘");
    market.lines = { status: 503, body: { reason: "unavailable" } };
    await expect
      .poll(() => failures)
      .toContainEqual(expect.objectContaining({ route: "timer", code: "unavailable" }));
    market.token = { status: 400, body: { error: "invalid_authorization_details", reason: "grant-revoked" } };
    await expect.poll(() => market.receipts).toMatchObject([{ orderIds: ["8"] }]);
    expect(await (await get("/labels")).text()).not.toContain("김하늘");
    await start(0);
  });
});

describe("the tool's pages", () => {
  it("take what others wrote for text", async () => {
    market.token = tokenFor(NAUGHTY);
    await comeBack({ code: "c" });
    const recipient = { name: NAUGHTY, phone: NAUGHTY, postcode: NAUGHTY, address: NAUGHTY };
    market.lines = pageOf(someLine({ seller: NAUGHTY, product: NAUGHTY, orderNo: NAUGHTY, recipient }));
    await press("/sync");
    for (const path of ["/", "/labels"]) {
      const page = await (await get(path)).text();
      expect(page).toContain("&#60;img src=x");
      expect(page).not.toContain("<img");
    }
  });

  it("speak the language that was chosen, and the marketplace's pages do then, too", async () => {
    const chosen = await get("/?language=en");
    const [cookie = ""] = (chosen.headers.get("set-cookie") ?? "").split(";");
    expect(await chosen.text()).toContain('<html lang="en">');
    expect(await (await get("/labels", { cookie })).text()).toContain('<html lang="en">');
    expect(await (await get("/?language=ko", { cookie })).text()).toContain('<html lang="ko">');
    expect(await (await get("/?language=xx")).text()).toContain('<html lang="ko">');
    await press("/connect", { cookie });
    expect(market.pushed().get("ui_locales")).toBe("en");
  });

  it("run no script, load nothing from elsewhere, and send forms to the marketplace alone", async () => {
    const { headers } = await get("/");
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'; style-src 'self'");
    expect(policy).toContain(`form-action 'self' ${market.url};`);
    expect(policy).not.toContain("unsafe");
    expect(await (await get("/style.css")).text()).not.toMatch(/url\(|@import/);
  });

  it("refuse a deed that another site sent", async () => {
    expect((await press("/sync", { origin: "https://evil.example" })).status).toBe(403);
    expect((await press("/connect", { "sec-fetch-site": "cross-site" })).status).toBe(403);
  });
});

describe("startSellerTool", () => {
  it("applies once, and anew where it begins afresh", async () => {
    const before = market.applied();
    const port = Number(new URL(tool.url).port);
    const start = async (fresh: boolean): Promise<void> => {
      await tool.close();
      tool = await startSellerTool({ market: market.url, port, dataDir: folder, fresh, syncSeconds: 0 });
    };
    await start(false);
    expect(market.applied()).toBe(before);
    await start(true);
    expect(market.applied()).toBe(before + 1);
  });
});
