import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { consolePages } from "@garim/console";
import { fileSpool, type Garim } from "@garim/express";
import type { Express } from "express";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { personOf } from "../fixtures/shop.ts";
import { openToolShop, type ToolShop } from "../fixtures/tool-shop.ts";
import { totpCode } from "../fixtures/totp.ts";
import { startChromiumOrSkip } from "../services/chromium.ts";
import { buildPages, openVisit, picture, pictureDark, type Visit } from "./console-visit.ts";

/** A browser on a busy machine takes its time. */
const PATIENCE = { timeout: 300_000 };

const browser = await startChromiumOrSkip("pictures of the console");
afterAll(() => browser?.close());

const PAGES = { stepUp: "/privacy/pages/second-factor", logIn: "/log-in", refused: "/privacy/pages/refused" };
const MINUTE = 60_000;

/** As a host draws its own page around ours. */
const hostPage = (language: string): string => `<!doctype html><html lang="${language}"><title>market</title>
<meta name="viewport" content="width=device-width">
<script type="module" src="/privacy/widgets.js"></script>
<main><h1>20261123-1</h1><p><garim-masked reason="purpose-ended">010-****-1234</garim-masked></p></main>`;

function mount(app: Express, garim: Garim): void {
  app.use(garim.session());
  app.use("/privacy", consolePages(garim));
  app.get("/host/:language", garim.unguarded("a page of the host"), (req, res) => {
    res.type("html").send(hostPage(String(req.params["language"])));
  });
  app.use(garim.errors());
}

const folder = mkdtempSync(join(tmpdir(), "garim-pictures-"));
let shop: ToolShop;
let port: number;

beforeAll(async () => {
  if (browser === undefined) return;
  await buildPages();
  shop = await openToolShop(mount, {}, { pages: PAGES, downloads: { spool: fileSpool(folder) } });
  port = await shop.listen();
}, PATIENCE.timeout);
afterAll(async () => {
  await shop?.close();
  rmSync(folder, { recursive: true, force: true });
}, PATIENCE.timeout);

/** What other tests go through without a page to keep: they look after nobody. Taken where `GARIM_SCREENSHOTS` asks for them. */
describe.skipIf(browser === undefined)("pictures of what is seen now and then", PATIENCE, () => {
  it.each([
    ["ko", 1280],
    ["en", 360],
  ] as const)("in %s at %i pixels", async (language, width) => {
    const person = personOf(port, `staff/olga-${language}/S1/owner`, shop.clock.now);
    const visit: Visit = await openVisit(browser as Browser, { port, person, language, width });
    const { page } = visit;
    await visit.open("second-factor?return=%2Fprivacy%2Fpages%2Fsecurity");
    await page.locator("main button").first().click();
    await page.locator(".qr").waitFor();
    await picture(visit, `enrolment-${language}`);
    const secret = ((await page.locator("#secret").textContent()) ?? "").replaceAll(" ", "");
    await page.locator("input.digits").fill(totpCode(secret, shop.clock.now));
    await page.keyboard.press("Enter");
    await page.locator(".codes code").first().waitFor();
    await picture(visit, `recovery-codes-${language}`);
    await page.locator("main a.main").click();
    await visit.isAt("security");
    await page.locator("main .card").first().waitFor();
    await pictureDark(visit, `security-dark-${language}`);
    await visit.open("second-factor?action=manage&reason=second-factor-stale");
    await page.locator("input.digits").waitFor();
    await picture(visit, `code-${language}`);
    await page.route("**/privacy/tools", (route) =>
      route.fulfill({ status: 503, json: { title: FAILED[language] } }),
    );
    await visit.open("tools");
    await picture(visit, `error-${language}`, false);
    await page.unroute("**/privacy/tools");
    await visit.open("refused?reason=role-lacks-action");
    await picture(visit, `refused-${language}`, false);
    await page.goto(`/host/${language}`);
    await page.locator("garim-masked button").click();
    await page.getByRole("timer").filter({ hasText: "30:00" }).waitFor();
    shop.clock.now += 28.5 * MINUTE;
    await page.evaluate('document.dispatchEvent(new Event("visibilitychange"))');
    await page.locator("garim-ending button").waitFor();
    await picture(visit, `widgets-${language}`, false);
    shop.clock.now += 2 * MINUTE;
    await page.evaluate('document.dispatchEvent(new Event("visibilitychange"))');
    await visit.isAt("ended");
    await page.locator("main a.main").waitFor();
    await picture(visit, `ended-${language}`, false);
    await visit.close();
  });
});

const FAILED = {
  ko: "지금은 접속기록에 적을 수 없어 보여 드릴 수 없습니다. 잠시 뒤 다시 시도해 주세요.",
  en: "It cannot be recorded right now, so nothing is shown. Try again in a moment.",
} as const;
