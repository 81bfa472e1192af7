import { consolePages } from "@garim/console";
import type { Garim } from "@garim/express";
import type { Express } from "express";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { personOf } from "../fixtures/shop.ts";
import { openToolShop, type ToolShop } from "../fixtures/tool-shop.ts";
import { totpCode } from "../fixtures/totp.ts";
import { startChromiumOrSkip } from "../services/chromium.ts";
import { buildPages, expectFits, openVisit, picture, type Visit } from "./console-visit.ts";

/** A browser on a busy machine takes its time. */
const PATIENCE = { timeout: 300_000 };

const browser = await startChromiumOrSkip("the console's pages in a real browser");
afterAll(() => browser?.close());

const PAGES = { stepUp: "/privacy/pages/second-factor", logIn: "/log-in", refused: "/privacy/pages/refused" };

function mount(app: Express, garim: Garim): void {
  app.use(garim.session());
  app.use("/privacy", consolePages(garim));
  app.use(garim.errors());
}

let shop: ToolShop;
let port: number;
let people = 0;
const visits: Visit[] = [];

beforeAll(async () => {
  if (browser === undefined) return;
  await buildPages();
  shop = await openToolShop(mount, {}, { pages: PAGES });
  port = await shop.listen();
}, PATIENCE.timeout);
afterEach(async () => {
  for (const { complaints, close } of visits.splice(0)) {
    expect(complaints).toEqual([]);
    await close();
  }
}, PATIENCE.timeout);
afterAll(() => shop?.close());

type Options = Omit<Parameters<typeof openVisit>[1], "port">;

async function visit(options: Options): Promise<Visit> {
  const opened = await openVisit(browser as Browser, { port, ...options });
  visits.push(opened);
  return opened;
}

/** Somebody who has logged in at the host and proved nothing. */
function newcomer(role = "owner"): ReturnType<typeof personOf> {
  return personOf(port, `staff/${role}-${people++}/S1/${role}`, shop.clock.now);
}

/** What an authenticator app shows: a minute later, as no code is taken twice. */
function nextCode(secret: string): string {
  shop.clock.now += 60_000;
  return totpCode(secret, shop.clock.now);
}

/** Comes in for the first time: enrols an authenticator app. */
async function enrol(visited: Visit, [app, code, kept]: readonly string[]): Promise<string> {
  await visited.press(app ?? "");
  const secret = ((await visited.page.locator("#secret").textContent()) ?? "").replaceAll(" ", "");
  await visited.enter(code ?? "", nextCode(secret));
  await visited.page.locator(".codes code").first().waitFor();
  await visited.press(kept ?? "");
  return secret;
}

const KOREAN = ["인증 앱 등록하기", "인증번호 여섯 자리", "보관했습니다, 계속"];
const ENGLISH = ["Set up an authenticator app", "Six-digit code", "I kept them, continue"];

describe.skipIf(browser === undefined)("pages/second-factor", PATIENCE, () => {
  it.each([
    ["ko", 1280, KOREAN, "개인정보 센터", "다시 로그인"],
    ["en", 360, ENGLISH, "Privacy centre", "Log in again"],
  ] as const)("enrols and lets in, in %s at %i pixels", async (language, width, words, home, again) => {
    const visited = await visit({ person: newcomer(), language, width });
    await visited.open("second-factor?return=%2Fprivacy%2Fpages%2Fhome");
    await expectFits(visited);
    await picture(visited, `second-factor-${language}`);
    await enrol(visited, words);
    await visited.isAt("home");
    await visited.sees(home);
    await expectFits(visited);
    await visited.open("ended?reason=session-idle");
    await visited.sees(again);
    await expectFits(visited);
  });
});
