import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Marketplace, startMarketplace } from "@garim/example-marketplace";
import { type SellerTool, startSellerTool } from "@garim/example-seller-tool";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { startChromiumOrSkip } from "../services/chromium.ts";
import { buildPages } from "./console-visit.ts";

/** A browser on a busy machine takes its time. */
const PATIENCE = { timeout: 300_000 };

const browser = await startChromiumOrSkip("the demo's story in a real browser");
afterAll(() => browser?.close());

/** What a newcomer reads on the pages, and nothing else: what they press and what they come to see. */
const WORDS = {
  ko: {
    locale: "ko-KR",
    logIn: "로그인: ",
    password: "비밀번호",
    authenticator: "데모 인증 앱",
    key: "등록 화면의 키",
    show: "인증번호 보기",
    enrol: "인증 앱 등록하기",
    code: "인증번호 여섯 자리",
    kept: "보관했습니다, 계속",
    ended: "거래가 끝나 가려집니다.",
    confirm: "구매확정",
    number: "주문번호",
    state: "상태",
    search: "찾기",
    where: "셀러툴의 주소는 npm start가 터미널에 알려 줍니다.",
    connect: "판매자 연결하기",
    tasks: "주문 수집",
    agree: "동의하고 연동",
    connected: "연결됐습니다: dasom",
    sync: "주문 가져오기",
    labels: "송장 출력",
    view: "조회",
    detail: "자세히",
    why: /근거: /,
    proof: "증명 파일 받기",
    desk: "유출 대응",
    scope: "접속기록으로 범위부터 세기",
    value: "아이디나 값",
    knownAt: "알게 된 때(한국 시간)",
    count: "범위 세기",
    put: "이 범위로 유출 적기",
    title: "제목",
    left: "남음",
    review: "월간 점검",
    begin: "점검 시작",
    empty: "이 달에는 접속기록이 없습니다.",
  },
  en: {
    locale: "en-US",
    logIn: "Log in as ",
    password: "Password",
    authenticator: "The demo's authenticator",
    key: "The key on the enrolment page",
    show: "Show the code",
    enrol: "Set up an authenticator app",
    code: "Six-digit code",
    kept: "I kept them, continue",
    ended: "Masked: the purchase has ended.",
    confirm: "Confirm purchase",
    number: "Order number",
    state: "State",
    search: "Search",
    where: "npm start says in the terminal where the tool is.",
    connect: "Connect a seller",
    tasks: "collecting orders",
    agree: "Agree and connect",
    connected: "Connected: dasom",
    sync: "Sync orders",
    labels: "Print labels",
    view: "view",
    detail: "Detail",
    why: /Rule: /,
    proof: "Take the proof away",
    desk: "Breach desk",
    scope: "Count its scope by the log first",
    value: "Id or value",
    knownAt: "Known since (Korean time)",
    count: "Count the scope",
    put: "Put it on file with this scope",
    title: "Title",
    left: "left",
    review: "Monthly check",
    begin: "Begin the check",
    empty: "No access was recorded in this month.",
  },
} as const;

type Language = keyof typeof WORDS;

/** A market as `npm start` opens it, a tool beside it, and three people who have seen neither before. */
interface Stage {
  readonly folder: string;
  readonly market: Marketplace;
  readonly tool: SellerTool;
}

let stage: Stage;
const contexts: BrowserContext[] = [];
const complaints: string[] = [];

async function openStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), "garim-story-"));
  const market = await startMarketplace({ port: 0, dataDir: join(folder, "market"), approvesTools: true });
  const tool = await startSellerTool({ market: market.url, port: 0, dataDir: join(folder, "tool") });
  return { folder, market, tool };
}

/** A browser of somebody's own: a computer, or a phone. */
async function openBrowser(language: Language, width: number): Promise<Page> {
  const context = await (browser as Browser).newContext({
    viewport: { width, height: 800 },
    baseURL: stage.market.url,
    locale: WORDS[language].locale,
  });
  context.setDefaultTimeout(60_000);
  contexts.push(context);
  const page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(String(error)));
  return page;
}

/** As the first page says it: follow the link, take the password that stands there, and prove who one is. */
async function comeIn(page: Page, user: string, language: Language): Promise<void> {
  const say = WORDS[language];
  await page.goto("/");
  await page.getByRole("link", { name: say.logIn + user, exact: true }).click();
  const password = await page.locator("form code").textContent();
  await page.getByLabel(say.password).fill(password ?? "");
  await page.keyboard.press("Enter");
}

/** Without a phone: with the demo's own app, in a window beside. */
async function enrol(page: Page, language: Language): Promise<void> {
  const say = WORDS[language];
  await page.getByRole("button", { name: say.enrol }).click();
  const key = await page.locator("#secret").textContent();
  const app = await page.context().newPage();
  await app.goto("/");
  const [shown] = await Promise.all([
    page.context().waitForEvent("page"),
    app.getByRole("link", { name: say.authenticator }).last().click(),
  ]);
  await shown.getByLabel(say.key).fill(key ?? "");
  await shown.getByRole("button", { name: say.show }).click();
  const code = await shown.locator(".code").textContent();
  await shown.close();
  await app.close();
  await page.getByLabel(say.code).fill(code ?? "");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: say.kept }).click();
}

describe.skipIf(browser === undefined)("the first page of npm start", PATIENCE, () => {
  beforeEach(async () => {
    await buildPages();
    stage = await openStage();
  }, PATIENCE.timeout);
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
    await stage.tool.close();
    await stage.market.close();
    rmSync(stage.folder, { recursive: true, force: true });
    expect(complaints.splice(0)).toEqual([]);
  }, PATIENCE.timeout);

  it.each([
    ["ko", 1280],
    ["en", 360],
  ] as const)("leads a newcomer through three roles, in %s at %i pixels", async (language, width) => {
    const say = WORDS[language];
    // A seller's staff: what is open, what is masked and why.
    const staff = await openBrowser(language, width);
    await comeIn(staff, "dasom-owner", language);
    await enrol(staff, language);
    await staff.waitForURL("**/orders");
    const lines = staff.locator(".lines > li");
    await lines
      .filter({ hasNot: staff.locator(".hidden-value") })
      .first()
      .waitFor();
    await staff.getByLabel(say.state).selectOption("confirmed");
    await staff.getByRole("button", { name: say.search }).click();
    await lines.filter({ hasText: say.ended }).first().waitFor();
    await staff.getByLabel(say.state).selectOption("");
    // The buyer ends a purchase, and the seller sees its people no more.
    const buyer = await openBrowser(language, width);
    await comeIn(buyer, "buyer-1", language);
    await buyer.waitForURL("**/my?state=delivered");
    const bought = buyer.locator(".lines > li").filter({ hasText: "dasom" });
    const button = bought.getByRole("button", { name: say.confirm }).first();
    await button.waitFor();
    const number = await bought.first().locator(".row.soft span").first().textContent();
    await button.click();
    await staff.getByLabel(say.number).fill(number ?? "");
    await staff.keyboard.press("Enter");
    await expect.poll(() => lines.count()).toBeLessThan(4);
    await lines.filter({ hasText: say.ended }).first().waitFor();
    // A tool: connected without a password, reads what is to be shipped alone.
    await staff.goto("/");
    await staff.getByText(say.where).waitFor();
    await staff.goto(`${stage.tool.url}/?language=${language}`);
    await staff.getByRole("button", { name: say.connect }).click();
    await staff.getByText(say.tasks).waitFor();
    await staff.getByRole("button", { name: say.agree }).click();
    await staff.getByText(say.connected).waitFor();
    await staff.getByRole("button", { name: say.sync }).click();
    await staff.getByRole("link", { name: say.labels }).click();
    await staff.locator(".labels li").first().waitFor();
    // An auditor: who saw whom, why, with its proof; then a leak of it, and the month's check.
    const auditor = await openBrowser(language, width);
    await comeIn(auditor, "auditor", language);
    await enrol(auditor, language);
    await auditor.waitForURL("**/privacy/pages/auditor/search");
    const row = auditor
      .locator("tbody tr")
      .filter({ hasText: "dasom-owner" })
      .filter({ hasText: "GET /api/orders" });
    await row.filter({ hasText: say.view }).first().getByRole("button", { name: say.detail }).click();
    await auditor.locator("dialog").getByText(say.why).first().waitFor();
    const [proof] = await Promise.all([
      auditor.waitForEvent("download"),
      auditor.locator("dialog").getByRole("button", { name: say.proof }).click(),
    ]);
    expect(proof.suggestedFilename()).toMatch(/\.json$/);
    await auditor.keyboard.press("Escape");
    await auditor.getByRole("link", { name: say.desk }).click();
    await auditor.getByRole("link", { name: say.scope }).click();
    await auditor.getByLabel(say.value, { exact: true }).fill("dasom-owner");
    await auditor.getByLabel(say.knownAt).fill(new Date(Date.now() + 32_400_000).toISOString().slice(0, 16));
    await auditor.getByRole("button", { name: say.count }).click();
    await auditor.getByRole("button", { name: say.put }).click();
    await auditor.getByLabel(say.title, { exact: true }).fill("dasom-owner");
    await auditor.locator("dialog button.main").click();
    await auditor.getByRole("timer").filter({ hasText: say.left }).first().waitFor();
    await auditor.getByRole("link", { name: say.review }).click();
    await auditor.getByRole("button", { name: say.begin }).click();
    await auditor.getByText(say.empty).waitFor();
  });
});
