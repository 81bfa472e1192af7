import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { consolePages } from "@garim/console";
import { fileSpool, type Garim } from "@garim/express";
import type { Express } from "express";
import type { Browser, Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { personOf } from "../fixtures/shop.ts";
import { openToolShop, type ToolShop } from "../fixtures/tool-shop.ts";
import { startChromiumOrSkip } from "../services/chromium.ts";
import { buildPages, openVisit, type Visit } from "./console-visit.ts";

/** A browser on a busy machine takes its time. */
const PATIENCE = { timeout: 300_000 };

const browser = await startChromiumOrSkip("the states of the console's pages in a real browser");
afterAll(() => browser?.close());

const PAGES = { stepUp: "/privacy/pages/second-factor", logIn: "/log-in", refused: "/privacy/pages/refused" };

/** Everything a page asks for besides who one is, how long the session lives and what codes are called. */
const ASKED = (url: URL): boolean =>
  url.pathname.startsWith("/privacy/") &&
  !/^\/privacy\/(?:pages\/|assets\/|me$|session|auditor\/(?:status|words)$)/.test(url.pathname);

function mount(app: Express, garim: Garim): void {
  app.use(garim.session());
  app.use("/privacy", consolePages(garim));
  app.use(garim.errors());
}

const folder = mkdtempSync(join(tmpdir(), "garim-states-"));
let shop: ToolShop;
let port: number;
const visits = new Map<string, Promise<Visit>>();

/** One browser for each person: a session belongs to the browser its second factor was proved in. */
function visitOf(user: string): Promise<Visit> {
  const known = visits.get(user);
  if (known !== undefined) return known;
  const person = personOf(port, user, shop.clock.now);
  const proved = user.startsWith("buyer/") ? {} : { now: () => shop.clock.now };
  const opened = openVisit(browser as Browser, { port, person, ...proved });
  visits.set(user, opened);
  return opened;
}

beforeAll(async () => {
  if (browser === undefined) return;
  await buildPages();
  const records = { list: () => ({ records: [], next: null }), separate: () => [], destroy: () => [] };
  const duties = { company: "가림마켓", seller: () => ({ name: "상점" }), records };
  const options = { pages: PAGES, downloads: { spool: fileSpool(folder) }, duties };
  shop = await openToolShop(mount, {}, options);
  port = await shop.listen();
}, PATIENCE.timeout);
afterAll(async () => {
  for (const visit of visits.values()) await (await visit).close();
  await shop?.close();
  rmSync(folder, { recursive: true, force: true });
}, PATIENCE.timeout);

const [OWNER, OPERATOR, AUDITOR] = ["staff/olga/S1/owner", "operator/oscar", "auditor/audrey"] as const;
const BUYER = "buyer/b-9";

const ALL = [
  [OWNER, "security"],
  [OWNER, "tools"],
  [OWNER, "staff"],
  [OWNER, "downloads"],
  [OWNER, "accesses"],
  [OWNER, "education"],
  [OWNER, "privacy-policy"],
  [OWNER, "flows"],
  [OWNER, "requests"],
  [OWNER, "rights"],
  [OWNER, "self-check"],
  [OPERATOR, "staff?seller=S1"],
  [OWNER, "held-texts"],
  [OPERATOR, "retention"],
  [OPERATOR, "waiting"],
  [OPERATOR, "leaks"],
  [OPERATOR, "leaks?leak=0"],
  [BUYER, "my"],
  [BUYER, "my-leaks"],
  [BUYER, "my-requests"],
  [AUDITOR, "auditor/search?ask=denied"],
  [AUDITOR, "auditor/record?record=1"],
  [AUDITOR, "auditor/charts"],
  [AUDITOR, "auditor/review"],
  [AUDITOR, "auditor/leak?of=staff&value=anna"],
] as const;

describe.skipIf(browser === undefined)("every page", PATIENCE, () => {
  it.each(ALL)("of %s says that it loads, that it could not, and tries again: %s", async (user, path) => {
    const { page } = await visitOf(user);
    const held: Route[] = [];
    let isHolding = true;
    await page.route(ASKED, (route) => {
      if (isHolding) held.push(route);
      else void broken(route);
    });
    await page.goto(`/privacy/pages/${path}`);
    const loading = page.getByRole("status").filter({ hasText: "불러오는 중입니다…" });
    await loading.first().waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
    isHolding = false;
    for (const route of held) await broken(route);
    const alert = page.getByRole("alert").filter({ hasText: "불러오지 못했습니다" });
    await alert.first().waitFor();
    await alert.first().getByText("시험으로 고장 냈습니다. 잠시 뒤 다시 시도하세요.").waitFor();
    expect(await loading.count()).toBe(0);
    await page.unroute(ASKED);
    const own = alert.getByText("시험으로 고장 냈습니다.");
    const failed = await own.count();
    await alert.first().getByRole("button", { name: "다시 시도" }).click();
    await expect.poll(() => own.count()).toBeLessThan(failed);
  });

  it.each([
    [OWNER, "tools", "연동된 셀러툴이 없습니다."],
    [OPERATOR, "staff?seller=S9", "아직 들어온 담당자가 없습니다."],
    [OWNER, "downloads", "내려받은 파일이 없습니다."],
    [OWNER, "accesses?what=refused", "이 조건에 맞는 기록이 없습니다."],
    [OWNER, "education", "지금 받아야 할 교육이 없습니다."],
    [OWNER, "flows", "대장에 적힌 것이 없습니다."],
    [OWNER, "requests", "답을 기다리는 요구가 없습니다."],
    [OWNER, "rights", "권한을 빌린 사람이 없습니다."],
    [OWNER, "held-texts", "막은 답글이 없습니다."],
    [OPERATOR, "waiting", "기다리는 일이 없습니다."],
    [OPERATOR, "retention", "30일 안에 처리할 기록이 없습니다."],
    [OPERATOR, "leaks", "적힌 유출이 없습니다."],
    [BUYER, "my-requests", "아직 요구한 것이 없습니다."],
    [AUDITOR, "auditor/search?ask=actor&value=nobody", "찾는 기록이 없습니다."],
    [AUDITOR, "auditor/charts?of=tool&value=none", "셀러툴이 한 일이 없습니다."],
  ])("of %s says that there is nothing: %s", async (user, path, text) => {
    const { open, sees } = await visitOf(user);
    await open(path);
    await sees(text);
  });

  it.each([
    ["staff/vera/S1/viewer", "staff"],
    [AUDITOR, "downloads"],
    ["staff/vera/S1/viewer", "tools"],
    ["staff/vera/S1/viewer", "accesses"],
    ["staff/vera/S1/viewer", "requests"],
    [OWNER, "auditor/search?ask=denied"],
    [OWNER, "auditor/record?record=1"],
    [OWNER, "auditor/charts"],
    [OWNER, "auditor/review"],
    [OWNER, "auditor/leak"],
    [OWNER, "leaks"],
    [OWNER, "retention"],
    [OWNER, "waiting"],
    ["staff/vera/S1/viewer", "held-texts"],
  ])("is closed to %s where it is not theirs, with the reason: %s", async (user, path) => {
    const { page, open, sees } = await visitOf(user);
    await open(path);
    await sees(/볼 수 없습니다|권한이 없습니다/);
    expect(await page.locator("main tbody tr, main .card dl").count()).toBe(0);
    expect(await page.getByRole("button", { name: "다시 시도" }).count()).toBe(0);
  });
});

function broken(route: Route): Promise<void> {
  const json = { title: "시험으로 고장 냈습니다.", remedy: "잠시 뒤 다시 시도하세요." };
  return route.fulfill({ status: 500, contentType: "application/problem+json", body: JSON.stringify(json) });
}
