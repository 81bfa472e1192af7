import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { consolePages } from "@garim/console";
import { fileSpool, type Garim } from "@garim/express";
import type { Express } from "express";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { CANARY } from "../fixtures/canary.ts";
import { ASK } from "../fixtures/download-shop.ts";
import {
  enrolledPerson,
  lineOf,
  openShop,
  orderLine,
  type Person,
  personOf,
  tidy,
} from "../fixtures/shop.ts";
import { openToolShop, type TestTool, type ToolShop } from "../fixtures/tool-shop.ts";
import { totpCode } from "../fixtures/totp.ts";
import { startChromiumOrSkip } from "../services/chromium.ts";
import { TOP } from "../workspace.ts";
import {
  buildPages,
  closeVisits,
  expectFits,
  openVisit,
  picture,
  readTraces,
  type Visit,
} from "./console-visit.ts";
import { openCuttingProxy } from "./cutting-proxy.ts";

/** A browser on a busy machine takes its time. */
const PATIENCE = { timeout: 300_000 };

const browser = await startChromiumOrSkip("the console's pages in a real browser");
afterAll(() => browser?.close());

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const KOREA = 9 * 60 * MINUTE;

/** Every one of them would run, or break the page, were it taken for anything but text. */
const NAUGHTY = `<img src=x onerror="document.title='hit'">"'--></script><script>document.title='hit'</script>\${document.title='hit'}{{7*7}}\u202E`;

const PAGES = { stepUp: "/privacy/pages/second-factor", logIn: "/log-in", refused: "/privacy/pages/refused" };

/** What a host's page may do at the strictest. */
const HOST_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'";

const hostPage = (
  language: string,
  mount = "/privacy",
): string => `<!doctype html><html lang="${language}"><title>market</title>
<script type="module" src="${mount}/widgets.js"></script>
<p><garim-masked reason="purpose-ended">010-****-1234</garim-masked></p>
<p><garim-masked id="claim" reason="claim-second-factor">김*수</garim-masked></p>`;

/** Held by a test that wants a file to take a while. */
let filling: Promise<void> = Promise.resolve();

async function* slowLines(): AsyncIterable<object> {
  await filling;
  yield tidy(lineOf());
}

function mount(app: Express, garim: Garim): void {
  app.get("/framed", (_req, res) => void res.type("html").send('<iframe src="/privacy/pages/my"></iframe>'));
  app.use(garim.session());
  app.use("/privacy", consolePages(garim));
  const reading = { purpose: "fulfilment", tools: "orders.read" } as const;
  app.get("/lines", garim.reveal([orderLine], reading), (_req, res) => void res.json([tidy(lineOf())]));
  app.post("/exports", garim.download(orderLine), (_req, res) => res.rows(slowLines()));
  app.use("/exports", garim.downloads());
  app.get("/host/:language", garim.unguarded("a page of the host"), (req, res) => {
    res
      .set("Content-Security-Policy", HOST_POLICY)
      .type("html")
      .send(hostPage(String(req.params["language"])));
  });
  app.use(garim.errors());
}

const folder = mkdtempSync(join(tmpdir(), "garim-console-"));
let shop: ToolShop;
let port: number;
let people = 0;
const visits: Visit[] = [];

beforeAll(async () => {
  if (browser === undefined) return;
  await buildPages();
  const options = { pages: PAGES, downloads: { spool: fileSpool(folder) }, policy: { dormantDays: 1 } };
  shop = await openToolShop(mount, {}, options);
  port = await shop.listen();
}, PATIENCE.timeout);
afterEach(async () => {
  await closeVisits(visits);
}, PATIENCE.timeout);
afterAll(async () => {
  await shop?.close();
  rmSync(folder, { recursive: true, force: true });
});

type Options = Omit<Parameters<typeof openVisit>[1], "port">;

async function visit(options: Options = {}): Promise<Visit> {
  const opened = await openVisit(browser as Browser, { port, ...options });
  visits.push(opened);
  return opened;
}

/** Somebody who has logged in at the host and proved nothing. */
function newcomer(role = "owner"): Person {
  return personOf(port, `staff/${role}-${people++}/S1/${role}`, shop.clock.now);
}

/** Somebody of the shop who has proved a second factor a moment ago. */
function entered(role = "owner", name = `${role}-${people++}`): Promise<Person> {
  return enrolledPerson(shop, port, `staff/${name}/S1/${role}`);
}

/** Opens a browser of somebody of the shop who has proved a second factor in it a moment ago. */
function visitAs(
  role: string,
  { name = `${role}-${people++}`, ...options }: Options & { readonly name?: string } = {},
): Promise<Visit> {
  shop.clock.now += 1_000;
  const person = personOf(port, `staff/${name}/S1/${role}`, shop.clock.now);
  return visit({ person, now: () => shop.clock.now, ...options });
}

/** A buyer the host has logged in. */
function buyer(id: string): Person {
  return personOf(port, `buyer/${id}`, shop.clock.now);
}

/** What an authenticator app shows: a minute later, as no code is taken twice. */
function nextCode(secret: string): string {
  shop.clock.now += MINUTE;
  return totpCode(secret, shop.clock.now);
}

/** Comes in for the first time: enrols an authenticator app. */
async function enrol(visited: Visit, [app = "", code = "", kept = ""]: readonly string[]): Promise<void> {
  await visited.press(app);
  await visited.page.getByRole("img", { name: /QR/ }).waitFor();
  await expectFits(visited);
  const secret = ((await visited.page.locator("#secret").textContent()) ?? "").replaceAll(" ", "");
  await visited.enter(code, nextCode(secret));
  await visited.page.locator(".codes code").first().waitFor();
  const codes = await visited.page.locator(".codes code").allTextContents();
  visited.hidden.push(secret, ...codes);
  await expectFits(visited);
  await visited.press(kept);
}

const KOREAN = ["인증 앱 등록하기", "인증번호 여섯 자리", "보관했습니다, 계속"];
const ENGLISH = ["Set up an authenticator app", "Six-digit code", "I kept them, continue"];

/** Each language at one of the widths. */
const READERS = [
  ["ko", 1280],
  ["en", 360],
] as const;

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
    await picture(visited, `home-${language}`);
    await visited.open("ended?reason=session-idle");
    await visited.sees(again);
    await expectFits(visited);
  });

  it("says that a code is wrong, keeps the keyboard there, and tells how long it is locked", async () => {
    const name = "owner-who-guesses";
    const visited = await visitAs("owner", { name });
    const { request } = visited.context;
    const here = { post: (path: string, data: object) => request.post(path, { data }) };
    await visited.open(
      "second-factor?action=manage&reason=second-factor-stale&return=https%3A%2F%2Fevil.example",
    );
    await visited.sees("추가 인증을 한 지 오래되었습니다.");
    await visited.enter("인증번호 여섯 자리", "000000");
    await visited.sees("인증번호가 맞지 않습니다.");
    expect(await visited.page.evaluate("document.activeElement.className")).toContain("digits");
    await expectFits(visited);
    // A session takes five tries; those of all sessions together lock the account.
    const elsewhere = personOf(port, `staff/${name}/S1/owner`, shop.clock.now + 1_000);
    for (const { post } of [here, elsewhere])
      for (let i = 0; i < 5; i++) await post("/privacy/step-up", { method: "totp", code: "000000" });
    await visited.open("second-factor");
    await visited.sees(/여러 번 틀려서 잠겼습니다. \d+:\d\d 뒤에/);
    await expectFits(visited);
    shop.clock.now += 60 * MINUTE;
  });

  it("goes on to a page of this site, whatever the address says", async () => {
    const visited = await visit();
    for (const elsewhere of ["https://evil.example", "//evil.example", "/\\evil.example"]) {
      await visited.page.goto(`/privacy/pages/continue?${new URLSearchParams({ return: elsewhere })}`);
      await visited.isAt("home");
    }
  });
});

describe.skipIf(browser === undefined)("the seller's privacy centre", PATIENCE, () => {
  let tool: TestTool;

  async function connect(): Promise<void> {
    tool = await shop.makeTool();
    await shop.grant(tool, "S1");
    expect((await tool.get("/lines", await tool.mint())).status).toBe(200);
  }

  it.each(READERS)(
    "shows what a tool reads and read, narrows and ends it, in %s at %i pixels",
    async (language, width) => {
      await connect();
      const isKorean = language === "ko";
      const visited = await visitAs("owner", { language, width });
      await visited.open("tools");
      const card = visited.page.locator("main > ul.list > li.card").last();
      await card.getByText(isKorean ? "이름, 전화번호, 주소" : "name, phone, address").waitFor();
      await card.getByText(isKorean ? "최근에 읽은 기록" : "Read lately").click();
      await card.getByText(isKorean ? "정보주체 2명, 1건" : "2 people, 1 records").waitFor();
      await expectFits(visited);
      await picture(visited, `tools-${language}`);
      await card.getByRole("button", { name: isKorean ? "줄이기" : "Narrow" }).click();
      await visited.page.getByLabel(isKorean ? "주소" : "address", { exact: true }).uncheck();
      const lastDay = new Date(shop.clock.now + 10 * DAY + KOREA).toISOString().slice(0, 10);
      await visited.page.getByLabel(isKorean ? "이 날까지" : "Until this day").fill(lastDay);
      await expectFits(visited);
      await visited.press(isKorean ? "이대로 줄이기" : "Narrow to this");
      await card.getByText(isKorean ? "이름, 전화번호" : "name, phone", { exact: true }).waitFor();
      await card.getByText((isKorean ? koreanDay : englishDay)(lastDay)).waitFor();
      const told = await (await visited.context.request.get("/privacy/tools")).json();
      // The last day is part of it, by the hours of Korea.
      const endsAt = Date.parse(`${lastDay}T00:00:00Z`) + DAY - KOREA;
      expect(told).toMatchObject({
        tools: expect.arrayContaining([
          expect.objectContaining({ endsAt, tool: expect.objectContaining({ id: tool.toolId }) }),
        ]),
      });
      await card.getByRole("button", { name: isKorean ? "연동 끝내기" : "Disconnect" }).click();
      await visited.page.locator("dialog button.danger").click();
      await visited.page.locator(".toast").waitFor();
      await visited.sees(isKorean ? "끝난 연동" : "Ended connections");
      expect(await (await tool.get("/lines", await tool.mint())).json()).toEqual([]);
    },
  );

  it.each(READERS)(
    "shows staff with rights and standing, and dismisses one, in %s at %i pixels",
    async (language, width) => {
      const isKorean = language === "ko";
      const viewer = await entered("viewer", `viewer-${language}`);
      const visited = await visitAs("owner", { language, width });
      await visited.open("staff");
      const card = visited.page.locator("li.card").filter({ hasText: `viewer-${language}` });
      await card.locator("summary").click();
      await card
        .getByText(isKorean ? "이 기기에서" : "Last activity", { exact: false })
        .or(card.locator("h3").last())
        .first()
        .waitFor();
      await expectFits(visited);
      await picture(visited, `staff-${language}`);
      await card.getByRole("button", { name: isKorean ? /^담당자 제외/ : /^Dismiss/ }).click();
      await visited.page.locator("dialog button.danger").click();
      await visited.sees(
        isKorean ? `viewer-${language}: 담당자 제외 · 처리했습니다.` : `viewer-${language}: Dismiss · done.`,
      );
      expect((await viewer.get("/lines")).status).toBe(403);
    },
  );

  it("says whose rights ended for want of use, and gives them back, in English at a desk", async () => {
    const name = "sleeper";
    await entered("shipper", name);
    shop.clock.now += 2 * DAY;
    const comeIn = async (): Promise<number> => {
      shop.clock.now += 1_000;
      const again = personOf(port, `staff/${name}/S1/shipper`, shop.clock.now);
      return (await again.get("/lines")).status;
    };
    expect(await comeIn()).toBe(403);
    const visited = await visitAs("owner", { language: "en" });
    await visited.open("staff");
    const card = visited.page.locator("li.card").filter({ hasText: name });
    const tag = card.locator("summary .tag");
    expect(await tag.textContent()).toBe("dormant");
    await card.locator("summary").click();
    await card.getByRole("button", { name: /^Reactivate/ }).click();
    await expectFits(visited);
    await visited.page.locator("dialog button.danger").click();
    await expect.poll(() => tag.textContent()).toBe("active");
    await expectFits(visited);
    // Then it is a second factor that they lack.
    expect(await comeIn()).toBe(401);
  });

  it.each(READERS)("shows who of the shop saw what, in %s at %i pixels", async (language, width) => {
    const seen = await entered("shipper", `shipper-${language}`);
    expect((await seen.get("/lines")).status).toBe(200);
    const isKorean = language === "ko";
    const visited = await visitAs("owner", { language, width });
    await visited.open("accesses");
    await visited.enter(
      isKorean ? "담당자 또는 셀러툴 아이디" : "Id of staff or tool",
      `shipper-${language}`,
    );
    const row = visited.page.locator("tbody tr").filter({ hasText: `shipper-${language}` });
    await row.first().waitFor();
    await row.getByText(isKorean ? "2명 (공개 0건, 가림 1건)" : "2 (0 clear, 1 masked)").waitFor();
    await expectFits(visited);
    await picture(visited, `accesses-${language}`);
    expect(await readTraces(visited)).not.toContain(`shipper-${language}`);
  });

  it.each(READERS)(
    "shows downloads with the day to destroy them by, and takes the word that they are, in %s at %i pixels",
    async (language, width) => {
      const visited = await visitAs("downloader", { language, width });
      const { request } = visited.context;
      const begun = await request.post("/exports", { data: ASK });
      const { id, link } = (await begun.json()) as { readonly id: string; readonly link: string };
      await vi.waitFor(async () =>
        expect(await (await request.get(`/exports/${id}`)).json()).toMatchObject({ state: "ready" }),
      );
      expect((await request.get(`/exports/${id}/file?key=${link}`)).status()).toBe(200);
      await visited.open("downloads");
      await visited.sees(language === "ko" ? "파기 기한" : "Destroy by");
      await expectFits(visited);
      await picture(visited, `downloads-${language}`);
      await visited.press(language === "ko" ? /^파기했습니다/ : /^It is destroyed/);
      await visited.page.locator("dialog button.main").click();
      await visited.sees(language === "ko" ? "파기 확인" : "Said to be destroyed");
    },
  );

  it("shows a file that is being made, and stops making it when it is told to, on a phone", async () => {
    let release: () => void = () => undefined;
    filling = new Promise((resolve) => {
      release = resolve;
    });
    onTestFinished(() => release());
    const visited = await visitAs("downloader", { width: 360 });
    const { request } = visited.context;
    const begun = await request.post("/exports", { data: ASK });
    const { id } = (await begun.json()) as { readonly id: string };
    const card = visited.page.locator("li.card").first();
    await visited.open("downloads");
    await card.getByText("파일을 만드는 중입니다").waitFor();
    await expectFits(visited);
    await card.getByRole("button", { name: "취소" }).click();
    await card.locator(".tag").getByText("취소됨").waitFor();
    expect(await card.getByRole("progressbar").count()).toBe(0);
    release();
    expect(await (await request.get(`/exports/${id}`)).json()).toMatchObject({ state: "cancelled" });
  });

  it.each(READERS)(
    "lets one name and add factors and end sessions, in %s at %i pixels",
    async (language, width) => {
      const isKorean = language === "ko";
      const visited = await visitAs("owner", { language, width });
      await visited.open("security");
      await expectFits(visited);
      await picture(visited, `security-${language}`);
      await visited.press(isKorean ? /^이름 바꾸기/ : /^Rename/);
      await visited.enter(isKorean ? "이름" : "Name", NAUGHTY);
      await visited.sees("<img src=x");
      expect(await visited.page.title()).not.toBe("hit");
      await visited.press(isKorean ? "새로 만들기" : "Make new codes");
      await visited.page.locator(".codes code").first().waitFor();
      await visited.press(isKorean ? "보관했습니다" : "I kept them");
      await visited.sees(isKorean ? "남은 복구 코드: 10개" : "10 recovery codes left");
    },
  );

  it("refuses who may not, in words", async () => {
    const visited = await visitAs("viewer");
    await visited.open("accesses");
    await visited.sees("볼 수 없습니다");
    await expectFits(visited);
    await visited.open("tools");
    await visited.sees("볼 수 없습니다");
  });

  it.each([
    ["ko", 360, "이 작업을 할 권한이 없습니다.", "처음으로"],
    ["en", 1280, "Your role may not do this.", "To the start"],
  ] as const)(
    "has a page for who is sent away, with the way on, in %s at %i pixels",
    async (language, width, why, on) => {
      const visited = await visitAs("viewer", { language, width });
      await visited.open("refused?reason=role-lacks-action");
      await visited.sees(why);
      await expectFits(visited);
      await visited.press(on);
      await visited.isAt("home");
    },
  );
});

describe.skipIf(browser === undefined)("the pages of the registers", PATIENCE, () => {
  it("are not there where the host keeps none", async () => {
    for (const page of ["education", "privacy-policy", "flows"])
      expect((await fetch(`http://127.0.0.1:${port}/privacy/pages/${page}`)).status).toBe(404);
    const visited = await visitAs("owner");
    await visited.open("home");
    await visited.sees("담당자 관리");
    expect(await visited.page.getByRole("link", { name: /교육|처리방침|제공·위탁/ }).count()).toBe(0);
  });
});

describe.skipIf(browser === undefined)("pages/my", PATIENCE, () => {
  it.each(READERS)(
    "tells a buyer who looked, by shop and never by name, in %s at %i pixels",
    async (language, width) => {
      const isKorean = language === "ko";
      const staff = await entered("downloader", `kim-${language}`);
      await staff.get("/lines");
      const { id } = (await (await staff.post("/exports", ASK)).json()) as { readonly id: string };
      await vi.waitFor(async () =>
        expect(await (await staff.get(`/exports/${id}`)).json()).toMatchObject({ state: "ready" }),
      );
      const visited = await visit({ person: buyer("b-1"), language, width });
      await visited.open("my");
      await visited.sees(isKorean ? "판매자 담당자" : "seller's staff");
      await visited.sees(isKorean ? "가려서" : "masked");
      await visited.sees(isKorean ? "내려받기" : "Downloaded");
      expect(await visited.page.textContent("body")).not.toContain(`kim-${language}`);
      // What staff wrote of a download may be of somebody else.
      expect(await visited.page.textContent("body")).not.toContain(ASK.why);
      await expectFits(visited);
      await picture(visited, `my-${language}`);
    },
  );

  it("tells another buyer nothing of it", async () => {
    const visited = await visit({ person: buyer("b-2") });
    await visited.open("my");
    await visited.sees("아직 내 정보를 본 사람이 없습니다.");
  });

  it("stands in a frame of the host's page, without a header of its own, and no other page does", async () => {
    const visited = await visit({ person: buyer("b-1") });
    await visited.page.goto("/framed");
    const frame = visited.page.frameLocator("iframe");
    await frame.locator("h1").waitFor();
    expect(await frame.locator("header").count()).toBe(0);
    const { headers } = await fetch(`http://127.0.0.1:${port}/privacy/pages/home`);
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  });
});

describe.skipIf(browser === undefined)("widgets.js", PATIENCE, () => {
  it.each([
    [
      "ko",
      "구매확정 등으로 거래가 끝나 가려집니다.",
      "클레임 처리가 허용된 경우, 구매자나 운영자가 클레임을 접수하면 필요한 항목을 볼 수 있습니다.",
      "근거:",
      "추가 인증하기",
    ],
    [
      "en",
      "Masked: the purchase is confirmed or otherwise ended.",
      "Where claims are provided for, one opened by the buyer or the operator shows what it needs.",
      "Rule:",
      "Confirm the second factor",
    ],
  ])(
    "says why a field is masked, by which rule and what to do, in %s",
    async (language, why, remedy, rule, stepUp) => {
      const visited = await visitAs("owner");
      await visited.page.goto(`/host/${language}`);
      const [field, claim] = [visited.page.locator("garim-masked").first(), visited.page.locator("#claim")];
      expect(await field.textContent()).toContain("010-****-1234");
      await field.locator("button").click();
      await field.getByText(why).waitFor();
      await field.getByText(remedy).waitFor();
      await field.getByText(rule).waitFor();
      await expectFits(visited);
      await visited.page.keyboard.press("Escape");
      await claim.locator("button").click();
      await claim.getByRole("link", { name: stepUp }).click();
      await visited.isAt("second-factor");
      expect(new URL(visited.page.url()).searchParams.get("return")).toBe(`/host/${language}`);
    },
  );

  it("warns before the session ends, stays when asked to, and leads to the page that says why it ended", async () => {
    const visited = await visitAs("owner");
    await visited.page.goto("/host/ko");
    await visited.sees(/남은 시간 \d+:\d\d/);
    shop.clock.now += 29 * MINUTE;
    await visited.page.evaluate(LOOK_AGAIN);
    await visited.page.locator("garim-ending").waitFor();
    await expectFits(visited);
    await visited.press("로그인 유지");
    await visited.sees("남은 시간 30:00");
    await visited.page.locator("garim-ending").waitFor({ state: "detached" });
    shop.clock.now += 31 * MINUTE;
    await visited.page.evaluate(LOOK_AGAIN);
    await visited.isAt("ended");
    await visited.sees("일정 시간 사용하지 않아");
  });

  it("agrees across tabs: who stays in one stays in all, and where one has ended all have", async () => {
    const visited = await visitAs("owner");
    const other = await visited.context.newPage();
    const tabs = [visited.page, other];
    await visited.page.goto("/host/ko");
    await other.goto("/host/en");
    for (const tab of tabs)
      await tab
        .getByRole("timer")
        .getByText(/\d+:\d\d/)
        .waitFor();
    shop.clock.now += 29 * MINUTE;
    await visited.page.evaluate(LOOK_AGAIN);
    for (const tab of tabs) await tab.locator("garim-ending").waitFor();
    await other.getByRole("button", { name: "Stay logged in" }).click();
    for (const tab of tabs) await tab.locator("garim-ending").waitFor({ state: "detached" });
    await visited.sees("남은 시간 30:00");
    shop.clock.now += 31 * MINUTE;
    await other.evaluate(LOOK_AGAIN);
    await visited.isAt("ended");
    await other.waitForURL((url) => url.pathname === "/privacy/pages/ended");
  });
});

describe.skipIf(browser === undefined)("the keyboard", PATIENCE, () => {
  it("stays in a dialog while it is open, and comes back to where it was", async () => {
    const visited = await visitAs("owner");
    const { page } = visited;
    await visited.open("security");
    await visited.tabTo(/^이름 바꾸기/);
    await page.keyboard.press("Enter");
    const dialog = page.locator("dialog[open]");
    await dialog.waitFor();
    // Past its last control the keyboard is at the browser's own, and then at its first again.
    const places = new Set<unknown>();
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press("Tab");
      places.add(await page.evaluate(PLACE_OF_FOCUS));
    }
    expect([...places].sort()).toEqual(["BODY", "BUTTON in it", "INPUT in it"]);
    await page.keyboard.press("Escape");
    // Closed it is at once, and taken off the page a moment later: until then the deed that asked is under way.
    await page.locator("dialog").waitFor({ state: "detached" });
    expect(await page.evaluate("document.activeElement.ariaLabel")).toMatch(/^이름 바꾸기/);
    await page.keyboard.press("Enter");
    await dialog.locator("input:focus").waitFor();
    await page.keyboard.press("Control+A");
    await page.keyboard.type("업무 휴대전화");
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "detached" });
    await visited.sees("업무 휴대전화");
  });

  it("gets from the beginning of a page to its content, and around in the menu", async () => {
    const visited = await visitAs("owner");
    const { page } = visited;
    await visited.open("home");
    await visited.tabTo("본문으로");
    expect(
      await page.locator(".skip").evaluate((link) => link.getBoundingClientRect().left),
    ).toBeGreaterThanOrEqual(0);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.closest('main') !== null")).toBe(true);
    await visited.tabTo("내려받은 파일");
    await page.keyboard.press("Enter");
    await visited.isAt("downloads");
  });
});

describe.skipIf(browser === undefined)("every page", PATIENCE, () => {
  it.each(["ko", "en"] as const)(
    "tells moments of Korea wherever its reader is, and those of Greenwich where the pointer rests, in %s",
    async (language) => {
      const visited = await visitAs("owner", { language, timezone: "America/New_York" });
      await visited.open("security");
      const moment = visited.page.locator("main time").first();
      const at = Date.parse((await moment.getAttribute("datetime")) ?? "");
      expect(Math.abs(at - shop.clock.now)).toBeLessThan(MINUTE);
      const utc = new Date(at).toISOString();
      const [day = "", clock = ""] = new Date(at + 9 * 60 * MINUTE).toISOString().split("T");
      expect(await moment.textContent()).toBe((language === "ko" ? koreanTime : englishTime)(day, clock));
      await moment.hover();
      expect(await moment.getAttribute("title")).toBe(`${utc.slice(0, 10)} ${utc.slice(11, 19)} UTC`);
    },
  );

  it("shows nothing after a sign-out, whichever way one goes back", async () => {
    const visited = await visitAs("owner", { name: "owner-who-leaves" });
    await visited.open("staff");
    await visited.sees("owner-who-leaves");
    await visited.open("security");
    await visited.press(/^로그아웃/);
    await visited.isAt("ended");
    await visited.sees("로그아웃했습니다.");
    await visited.page.goBack();
    await visited.page.waitForURL(/log-in|ended|second-factor/);
    expect(await visited.page.textContent("body")).not.toContain("owner-who-leaves");
  });

  it("keeps nothing personal in addresses, storage or the console", async () => {
    const visited = await visitAs("owner", { name: "park-owner" });
    for (const page of ["home", "tools", "accesses", "security", "downloads"]) await visited.open(page);
    const traces = await readTraces(visited);
    for (const secret of [...Object.values(CANARY).map(String), "park-owner", "b-1"])
      expect(traces).not.toContain(secret);
    expect(traces).toContain("/privacy/pages/tools");
  });

  it("takes what people and tools wrote for text", async () => {
    const [name, agent] = [encodeURIComponent(NAUGHTY), NAUGHTY.replace("\u202E", "")];
    const visited = await visitAs("owner", { name, agent });
    await visitAs("viewer", { name: `${name}2`, agent });
    const { page } = visited;
    await visited.context.request.post("/exports", { data: { ...ASK, why: NAUGHTY } });
    const tool = await shop.makeTool({ name: agent });
    await shop.grant(tool, "S1");
    await tool.get("/lines", await tool.mint());
    for (const [path, isShown] of [
      ["downloads", true],
      ["accesses?what=all", true],
      ["staff", true],
      ["tools", true],
      ["security", false],
      [`ended?reason=${name}`, false],
      [`refused?reason=${name}`, false],
    ] as const) {
      await visited.open(path);
      if (isShown) await page.locator("main").getByText("<img src=x onerror").first().waitFor();
      await expectText(page);
    }
    await visited.open("staff");
    await page.locator("summary").filter({ hasText: `{{7*7}}\u202E2` }).click();
    await page.getByRole("button", { name: /^접속 끝내기/ }).waitFor();
    await expectText(page);
    const reader = await visit({ person: buyer("b-1") });
    await reader.open("my");
    await reader.page.locator("tbody").getByText("<img src=x onerror").first().waitFor();
    await expectText(reader.page);
  });

  it("holds no path of the machine it was built on", () => {
    for (const name of readdirSync(`${TOP}/packages/console/page/dist/assets`))
      expect(readFileSync(`${TOP}/packages/console/page/dist/assets/${name}`, "utf8")).not.toContain(TOP);
  });

  it("takes at most 150 kB of compressed script, the countdown's included, and no more on the host's own pages", () => {
    const sizeOf = (path: string): number => gzipSync(readFileSync(`${TOP}/packages/${path}`)).length;
    const countdown = sizeOf("express/page/session.js");
    expect(sizeOf("console/page/dist/assets/widgets.js") + countdown).toBeLessThanOrEqual(150_000);
    const manifest = JSON.parse(
      readFileSync(`${TOP}/packages/console/page/dist/manifest.json`, "utf8"),
    ) as Record<string, Chunk>;
    const pages = Object.entries(manifest).filter(([, chunk]) => chunk.isDynamicEntry === true);
    expect(pages.length).toBeGreaterThan(8);
    for (const [name] of pages) {
      const chunks = reach(name, manifest, reach("page/main.tsx", manifest, new Set()));
      const files = [...chunks].map((key) => manifest[key]?.file ?? "");
      const bytes = files.reduce((sum, file) => sum + sizeOf(`console/page/dist/${file}`), countdown);
      expect([name, bytes]).toEqual([
        name,
        expect.toSatisfy((size: number) => size > 5_000 && size <= 150_000),
      ]);
    }
  });
});

describe.skipIf(browser === undefined)(
  "under another path, behind a proxy that cuts its own off",
  PATIENCE,
  () => {
    const CUT = "/markets/kr";
    const OWN = "/seller/centre";
    const MOUNT = CUT + OWN;

    it("leads from a guarded page to the second factor and back, and asks for nothing outside", async () => {
      const there = await openShop(
        (app, garim) => {
          app.use(garim.session());
          app.use(OWN, consolePages(garim, { logIn: `${CUT}/log-in` }));
          app.get("/host", garim.stepUp("manage"), garim.unguarded("a page of the host"), (_req, res) => {
            res.set("Content-Security-Policy", HOST_POLICY).type("html").send(hostPage("ko", MOUNT));
          });
          app.use(garim.errors());
        },
        { pages: { stepUp: `${MOUNT}/pages/second-factor`, logIn: `${CUT}/log-in` } },
      );
      onTestFinished(() => there.close());
      const proxy = await openCuttingProxy(await there.listen(), CUT);
      onTestFinished(() => proxy.close());
      const person = personOf(proxy.port, "staff/outside/S1/owner", there.clock.now);
      const visited = await openVisit(browser as Browser, { port: proxy.port, person, mount: MOUNT });
      visits.push(visited);
      const { page } = visited;
      const code = (secret: string): string => {
        there.clock.now += MINUTE;
        return totpCode(secret, there.clock.now);
      };
      await page.goto(`${MOUNT}/pages/security?from=menu`);
      await visited.isAt("second-factor");
      await visited.press("인증 앱 등록하기");
      const secret = ((await page.locator("#secret").textContent()) ?? "").replaceAll(" ", "");
      await visited.enter("인증번호 여섯 자리", code(secret));
      await visited.press("보관했습니다, 계속");
      await visited.isAt("security");
      expect(new URL(page.url()).search).toBe("?from=menu");
      await visited.sees(/남은 시간 \d+:\d\d/);
      await visited.press("담당자 관리");
      await visited.isAt("staff");
      await visited.press("English");
      await visited.press("Who saw what");
      await visited.isAt("accesses");
      await page.getByRole("table").waitFor();
      // A page of the host's own, and its widgets.
      there.clock.now += 10 * MINUTE;
      await page.goto(`${CUT}/host`);
      await visited.isAt("second-factor");
      await visited.enter("Six-digit code", code(secret));
      await page.waitForURL((url) => url.pathname === `${CUT}/host`);
      await page.locator("#claim button").click();
      await visited.press("추가 인증하기");
      await visited.isAt("second-factor");
      await visited.enter("Six-digit code", code(secret));
      await page.waitForURL((url) => url.pathname === `${CUT}/host`);
      await visited.open("home");
      await visited.press(/^Log out/);
      await visited.isAt("ended");
      expect(await page.getByRole("link", { name: "Log in again" }).getAttribute("href")).toBe(
        `${CUT}/log-in?return=${encodeURIComponent(`${MOUNT}/pages/home`)}`,
      );
      const outside = visited.addresses.filter((address) => !new URL(address).pathname.startsWith(`${CUT}/`));
      expect(outside).toEqual([]);
    });
  },
);

/** `2026. 11. 22.` of `2026-11-22` */
function koreanDay(day: string): string {
  return `${day.split("-").map(Number).join(". ")}.`;
}

/** `2026. 11. 22. 오전 9:15` */
function koreanTime(day: string, clock: string): string {
  const [hour = 0, minute = ""] = [Number(clock.slice(0, 2)), clock.slice(3, 5)];
  return `${koreanDay(day)} ${hour < 12 ? "오전" : "오후"} ${hour % 12 || 12}:${minute}`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"];

/** `22 Nov 2026` of `2026-11-22` */
function englishDay(day: string): string {
  const [year, month = 0, date] = day.split("-").map(Number);
  return `${date} ${MONTHS[month - 1]} ${year}`;
}

/** `22 Nov 2026, 09:15 KST` */
function englishTime(day: string, clock: string): string {
  return `${englishDay(day)}, ${clock.slice(0, 5)} KST`;
}

/** Nothing that somebody wrote has become an element, or ran. */
async function expectText(page: Page): Promise<void> {
  expect(await page.title()).not.toBe("hit");
  expect(await page.locator("main :is(img, script)").count()).toBe(0);
}

interface Chunk {
  readonly file: string;
  readonly isDynamicEntry?: boolean;
  readonly imports?: readonly string[];
}

/** A chunk and all it brings along. */
function reach(name: string, manifest: Record<string, Chunk>, found: Set<string>): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  for (const other of manifest[name]?.imports ?? []) reach(other, manifest, found);
  return found;
}

const PLACE_OF_FOCUS = `((one) => one.tagName + (one.closest("dialog[open]") === null ? "" : " in it"))(document.activeElement)`;

/** As when somebody comes back to the tab. */
const LOOK_AGAIN = 'document.dispatchEvent(new Event("visibilitychange"))';
