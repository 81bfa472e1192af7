import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMarketplace } from "@garim/example-marketplace";
import { type SellerTool, startSellerTool } from "@garim/example-seller-tool";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startChromiumOrSkip } from "../services/chromium.ts";
import { buildPages, expectFits, picture } from "./console-visit.ts";
import { nextCode, openPerson, type Person, type Stage, scanSecret } from "./staff-person.ts";

/** A browser on a busy machine takes its time. */
const PATIENCE = { timeout: 300_000 };

const browser = await startChromiumOrSkip("the consent page in a real browser");
afterAll(() => browser?.close());

describe.skipIf(browser === undefined)("connecting a tool in the browser", PATIENCE, () => {
  const folder = mkdtempSync(join(tmpdir(), "garim-consent-"));
  // The tool is a program of its own and lives by the system's clock; enrolling takes a minute of the market's.
  const clock = { now: Date.now() - 61_000 };
  let stage: Stage;
  let tool: SellerTool;
  let owner: Person;
  /** Set by the first test: without it the others would wait in vain for what it does, until their time is up. */
  let hasEntered = false;

  beforeAll(async () => {
    if (browser === undefined) throw new Error("left out");
    await buildPages();
    const market = await startMarketplace({
      port: 0,
      dataDir: join(folder, "market"),
      orders: 50,
      clock: () => clock.now,
      approvesTools: true,
    });
    stage = { browser, market, clock };
    tool = await startSellerTool({
      market: market.url,
      port: 0,
      dataDir: join(folder, "tool"),
      syncSeconds: 0,
    });
    owner = await openPerson(stage);
  }, PATIENCE.timeout);
  afterAll(async () => {
    await owner?.close();
    await tool?.close();
    await stage?.market.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What a tool signed a while after the market's moment would be of the future. */
  function catchUp(): void {
    clock.now = Math.max(clock.now, Date.now());
  }

  it("an owner is sent to prove a second factor, reads what is asked, agrees, and the tool is connected", async () => {
    await owner.logIn("onnuri-owner");
    await owner.isAt("/privacy/pages/second-factor");
    await expect.poll(() => lookOf(owner)).toEqual(THEIRS);
    await owner.press("인증 앱 등록하기");
    await owner.enter("인증번호 여섯 자리", nextCode(stage, await scanSecret(owner.page)));
    await owner.press("보관했습니다, 계속");
    await owner.isAt("/orders");
    hasEntered = true;
    catchUp();
    await owner.page.goto(tool.url);
    await owner.sees("연결된 판매자가 없습니다.");
    await expectFits(owner);
    await owner.press("판매자 연결하기");
    await owner.page.waitForURL(/\/oauth\/consent\//);
    await owner.sees("셀러툴 연동 동의");
    await owner.sees("송장 도우미");
    await owner.sees("위탁 업무");
    // As the marketplace's other pages: its colours after ours, its picture, its name.
    await expect.poll(() => lookOf(owner)).toEqual(THEIRS);
    await owner.sees("가림마켓");
    await expectFits(owner);
    await picture(owner, "consent-ko");
    await owner.tabTo("동의하고 연동");
    await owner.page.waitForURL((url) => url.origin === new URL(tool.url).origin && url.pathname === "/");
    await owner.sees("연결됐습니다: onnuri");
    catchUp();
    await owner.press("주문 가져오기");
    await owner.sees("건은 가려져 있습니다.");
    await expectFits(owner);
    await owner.press("송장 출력");
    await owner.page.locator(".labels li").first().waitFor();
    await expectFits(owner);
    expect(owner.complaints).toEqual([]);
  });

  it("an owner who does not agree goes back to the tool, which says so, and nothing more is connected", async () => {
    expect(hasEntered).toBe(true);
    catchUp();
    await owner.page.goto(tool.url);
    await owner.press("판매자 연결하기");
    await owner.page.waitForURL(/\/oauth\/consent\//);
    await owner.press("동의하지 않음");
    await owner.page.waitForURL((url) => url.searchParams.get("error") === "access_denied");
    expect(new URL(owner.page.url()).origin).toBe(new URL(tool.url).origin);
    await owner.sees("연결하지 않았습니다.");
    await owner.sees("추적 번호");
    await expectFits(owner);
    expect(owner.complaints).toEqual([]);
  });

  it("the page fits on a phone, in English", async () => {
    expect(hasEntered).toBe(true);
    const phone = { width: 360, height: 700 };
    await owner.page.setViewportSize(phone);
    // As the reader chose it on the market's pages, whatever the browser prefers and the tool says.
    await owner.page.context().addCookies([{ name: "garim-language", value: "en", url: stage.market.url }]);
    catchUp();
    await owner.page.goto(tool.url);
    await owner.press("판매자 연결하기");
    await owner.page.waitForURL(/\/oauth\/consent\//);
    await owner.sees("Agree and connect");
    await expectFits(owner);
    await picture(owner, "consent-en");
    await owner.page.goto(`${tool.url}/?language=en`);
    await owner.sees("Connected sellers");
    await expectFits(owner);
    expect(owner.complaints).toEqual([]);
    await owner.page.close();
  });
});

/** As examples/marketplace says it in `public/privacy.css`. */
const THEIRS = { accent: "light-dark(#0f6b5c, #4fc3ad)", isDrawn: true };

const LOOK = `({
  accent: getComputedStyle(document.documentElement).getPropertyValue("--garim-accent").trim(),
  isDrawn: (document.querySelector("header img")?.naturalWidth ?? 0) > 0,
})`;

/** What the host's own sheet and picture come to on a page. */
async function lookOf({ page }: Person): Promise<unknown> {
  return await page.evaluate(LOOK);
}
