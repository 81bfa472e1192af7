import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Access, checkBundle, noteVerified } from "@garim/audit";
import { consolePages } from "@garim/console";
import { filePlace, type Garim } from "@garim/express";
import { ALL_KINDS, decideDisclosure, NO_KINDS, resolvePolicy, type Subject, subject } from "@garim/policy";
import type { Express } from "express";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { CANARY } from "../fixtures/canary.ts";
import { freshKeys } from "../fixtures/keys.ts";
import {
  lineOf,
  OWNER,
  openShop,
  orderLine,
  type Person,
  personOf,
  type Shop,
  tidy,
} from "../fixtures/shop.ts";
import { totpCode } from "../fixtures/totp.ts";
import { startChromiumOrSkip } from "../services/chromium.ts";
import {
  buildPages,
  closeVisits,
  expectFits,
  IS_PICTURING,
  openVisit,
  picture,
  pictureDark,
  pictureEnglish,
  type Visit,
} from "./console-visit.ts";
import { openSlowDoor } from "./held-requests.ts";

/** A browser on a busy machine takes its time. */
const PATIENCE = { timeout: 300_000 };

const browser = await startChromiumOrSkip("the auditor's console in a real browser");
afterAll(() => browser?.close());

const ORIGIN = "shop.example/access-log";
const PAGES = { stepUp: "/privacy/pages/second-factor", logIn: "/log-in", refused: "/privacy/pages/refused" };
/** What somebody writes who wants more than to be read. */
const NAUGHTY = `"><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}\u202e`;

const door = openSlowDoor();

/** Its tool acts in the log that is pictured, too. */
const TOOL = IS_PICTURING ? "label-printer" : NAUGHTY;

function mount(app: Express, garim: Garim): void {
  app.use(door.handler);
  app.use(garim.session());
  app.use("/privacy", consolePages(garim));
  const guard = garim.reveal([orderLine], { purpose: "fulfilment" });
  app.get("/lines", guard, (_req, res) => {
    res.json([tidy(lineOf()), tidy(lineOf({ orderNo: "2026112200000002", confirmedAt: null }))]);
  });
  app.use(garim.errors());
}

/** A deed of a tool, as nothing but its own record tells it. */
function toolDeed(id: string, at: number, more: Partial<Access> = {}): Access {
  return {
    at,
    actor: { kind: "tool", id, sellerId: "S1" },
    session: null,
    factor: null,
    origin: { ip: "203.0.113.9", agent: NAUGHTY },
    action: "download",
    outcome: "refused",
    reason: "role-lacks-action",
    route: "POST /exports",
    purpose: null,
    policy: { edition: "kr-2026-10-31", overrides: {} },
    surface: null,
    allowed: NO_KINDS,
    profile: null,
    records: [],
    ...more,
  };
}

const folder = mkdtempSync(join(tmpdir(), "garim-auditor-"));
const keys = freshKeys();
const visits: Visit[] = [];
let shop: Shop;
let port: number;
let owner: Person;

beforeAll(async () => {
  if (browser === undefined) return;
  await buildPages();
  const checkpoints = { origin: ORIGIN, places: [filePlace(join(folder, "checkpoints"))] };
  shop = await openShop(mount, { pages: PAGES, keys, checkpoints });
  // A month that is over for the browser has to be over for the shop.
  shop.clock.now = Date.now();
  port = await shop.listen();
  const blank = await browser.newPage();
  agent = await blank.evaluate("navigator.userAgent");
  await blank.close();
  owner = await enrolled(OWNER);
  for (let i = 0; i < 60; i++) await owner.get("/lines");
  await shop.garim.log.append(toolDeed(TOOL, shop.clock.now, { purpose: TOOL }));
}, PATIENCE.timeout);
afterEach(async () => {
  await closeVisits(visits);
}, PATIENCE.timeout);
afterAll(async () => {
  await shop?.close();
  rmSync(folder, { recursive: true, force: true });
});

let auditors = 0;
let agent = "";

/** Somebody whose second factor was proved in this very browser: another one would have to prove it again. */
async function enrolled(user: string): Promise<Person> {
  const person = personOf(port, user, shop.clock.now);
  person.headers["user-agent"] = agent;
  const { secret } = (await (await person.post("/privacy/factors/totp", {})).json()) as { secret: string };
  await person.post("/privacy/factors/totp/confirmation", { code: totpCode(secret, shop.clock.now) });
  return person;
}

/** An auditor with a second factor, at a browser. */
async function auditor(
  options: { readonly language?: "ko" | "en"; readonly width?: number } = {},
): Promise<Visit> {
  const person = personOf(port, `auditor/audrey-${auditors++}`, shop.clock.now);
  const opened = await openVisit(browser as Browser, { port, person, now: () => shop.clock.now, ...options });
  opened.page.on("dialog", (dialog) => void opened.complaints.push(dialog.message()));
  visits.push(opened);
  return opened;
}

/** A file that the page hands over. */
async function saved(visit: Visit, deed: () => Promise<unknown>): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([visit.page.waitForEvent("download"), deed()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}

const MONTH_WORDS = {
  ko: {
    begin: "점검 시작",
    none: "13가지 가운데 0가지를 살펴보았습니다.",
    one: "13가지 가운데 1가지를 살펴보았습니다.",
    downloads: "살펴봄: 내려받기와 사유",
    find: "찾은 것 적기",
    what: "무엇을 찾았나",
    who: "누가 조치하나",
    follow: /^조치 적기/,
    done: "무엇을 했나",
    settles: "이것으로 끝",
    put: "적기",
    settled: "끝남",
    sign: "서명",
    asSigned: "지금의 기록이 서명한 내용과 한 글자도 다르지 않습니다.",
    report: "보고서 받기(인쇄용)",
  },
  en: {
    begin: "Begin the check",
    none: "0 of 13 looked at.",
    one: "1 of 13 looked at.",
    downloads: "Looked at: Downloads and their reasons",
    find: "Write a finding down",
    what: "What was found",
    who: "Who sees to it",
    follow: /^Write what was done/,
    done: "What was done",
    settles: "That settles it",
    put: "Write down",
    settled: "settled",
    sign: "Sign",
    asSigned: "What the log says now is, letter for letter, what was signed.",
    report: "Take the report (for print)",
  },
} as const;

const SEARCH_WORDS = {
  search: "Search",
  from: "From",
  to: "To",
  none: "No record is found.",
  fill: "Say whom or what, and press Search.",
  actor: ["What somebody did", "Who: the id"],
  buyer: ["Who saw this buyer", "Buyer's id"],
  order: ["Who saw this order", "Order number"],
  downloads: "Downloads",
  noPurpose: "Downloads without a purpose",
  rights: "How rights changed",
} as const;

describe.skipIf(browser === undefined)("the auditor's console", PATIENCE, () => {
  it.each([
    ["ko", 1280, ["누가 이 전화번호를 보았나", "전화번호", "찾기", "자세히", "증명 파일 받기", /근거: /]],
    [
      "en",
      360,
      ["Who saw this phone number", "Phone number", "Search", "Detail", "Take the proof away", /Rule: /],
    ],
  ] as const)("finds who saw somebody and proves it, in %s at %i pixels", async (language, width, words) => {
    const [question, label, search, detail, proof, rule] = words;
    const visit = await auditor({ language, width });
    const { page } = visit;
    await visit.open("auditor/search?ask=denied");
    await page.locator("tbody tr").first().waitFor();
    await page.locator("select").first().selectOption({ label: question });
    await page.getByLabel(label, { exact: true }).fill(CANARY.phone);
    await page.getByRole("button", { name: search, exact: true }).click();
    const row = page.locator("tbody tr").filter({ hasText: "GET /lines" }).first();
    await row.waitFor();
    await expectFits(visit);
    await picture(visit, `auditor-search-${language}`, false);
    // Its widest: no word is broken, and no column lies outside.
    await page.setViewportSize({ width: 1280, height: 800 });
    expect(
      await page.locator(".table").evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth),
    ).toBe(0);
    await page.setViewportSize({ width, height: 800 });
    await row.getByRole("button", { name: detail }).click();
    await page.locator("dialog").getByText(rule).first().waitFor();
    await expectFits(visit);
    const file = await saved(visit, () => page.getByRole("button", { name: proof }).click());
    const trusted = { keys: keys.signers?.all().map(({ verifierKey }) => verifierKey) ?? [], origin: ORIGIN };
    expect(checkBundle(JSON.parse(file.text), trusted)).toMatchObject({ isProven: true });
    for (const secret of [CANARY.phone, encodeURIComponent(CANARY.phone), CANARY.phone.replaceAll("-", "")])
      expect(visit.addresses.join("\n") + page.url()).not.toContain(secret);
    const kept = await page.evaluate<string>(
      "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])",
    );
    expect(kept).not.toContain(CANARY.phone);
  });

  it("keeps a filter in the address, goes on to older records, and shows naughty strings as they are", async () => {
    const visit = await auditor();
    const { page } = visit;
    await visit.open("auditor/search?ask=actor&value=anna&outcome=disclosed");
    await visit.sees("50건을 보고 있습니다.");
    await visit.press("이전 기록 더 보기");
    await visit.sees("60건을 보고 있습니다.");
    await page.getByLabel("취급자 아이디", { exact: true }).fill("nobody");
    await page.keyboard.press("Enter");
    await visit.sees("찾는 기록이 없습니다.");
    expect(new URL(page.url()).searchParams.get("value")).toBe("nobody");
    await visit.open("auditor/search?ask=tool");
    await page.getByLabel("셀러툴 아이디", { exact: true }).fill(TOOL);
    await page.keyboard.press("Enter");
    await page
      .locator("tbody tr")
      .filter({ hasText: TOOL.slice(0, 20) })
      .first()
      .waitFor();
    await page.getByRole("button", { name: "자세히" }).first().click();
    await page.locator("dialog dl").waitFor();
    expect(await page.locator("img, main script, dialog script").count()).toBe(0);
  });

  it("answers every question there is, of the days that are asked for, and again after a reload, in English", async () => {
    const say = SEARCH_WORDS;
    const at = shop.clock.now;
    const order = "2026-order-9";
    const staff = (id: string) => ({ actor: { kind: "staff", id, sellerId: "S1" } }) as const;
    const done = { outcome: "done", reason: null } as const;
    await shop.garim.log.append(toolDeed("", at, { ...staff("dora"), ...done }));
    await shop.garim.log.append(toolDeed("", at, { ...staff("dean"), ...done, purpose: "shipping" }));
    await shop.garim.log.append(viewOf(staff("olive").actor, subject.order(order)));
    await shop.garim.log.append(viewOf(staff("bella").actor, subject.buyer("b-of-bella")));
    const visit = await auditor({ language: "en" });
    const { page } = visit;
    await visit.open("auditor/search?ask=denied");
    await page.locator("tbody tr").first().waitFor();
    const ask = async (question: string, label?: string, value = ""): Promise<void> => {
      await page.locator("select").first().selectOption({ label: question });
      if (label !== undefined) await page.getByLabel(label, { exact: true }).fill(value);
      await page.getByRole("button", { name: say.search, exact: true }).click();
    };
    const who = async (): Promise<readonly string[]> => {
      const names = await page.locator("tbody tr > td:nth-child(2)").allInnerTexts();
      return [...new Set(names.map((text) => text.trim().split(/\s/)[0] ?? ""))];
    };
    await ask(say.order[0], say.order[1], order);
    await expect.poll(who).toEqual(["olive"]);
    await ask(say.buyer[0], say.buyer[1], "b-of-bella");
    await expect.poll(who).toEqual(["bella"]);
    // Whom it was about is nowhere, so nothing can be asked again by itself.
    await page.reload();
    await visit.sees(say.fill);
    expect(await page.locator("tbody tr").count()).toBe(0);
    await ask(say.noPurpose);
    await expect.poll(who).toContain("dora");
    expect(await who()).not.toContain("dean");
    await ask(say.downloads);
    await expect.poll(who).toEqual(expect.arrayContaining(["dean", "dora"]));
    expect(await who()).not.toContain("anna");
    await ask(say.rights);
    await page.locator("tbody tr").filter({ hasText: "→ anna" }).first().waitFor();
    expect(await page.getByText("GET /lines").count()).toBe(0);
    const [yesterday, today] = [dayOf(at - DAY), dayOf(at)];
    await page.getByLabel(say.from, { exact: true }).fill(yesterday);
    await page.getByLabel(say.to, { exact: true }).fill(yesterday);
    await ask(say.actor[0], say.actor[1], "anna");
    await visit.sees(say.none);
    await page.getByLabel(say.to, { exact: true }).fill(today);
    await page.getByRole("button", { name: say.search, exact: true }).click();
    await expect.poll(who).toEqual(["anna"]);
    await page.reload();
    await expect.poll(who).toEqual(["anna"]);
    expect(await page.getByLabel(say.from, { exact: true }).inputValue()).toBe(yesterday);
    expect(await page.getByLabel(say.to, { exact: true }).inputValue()).toBe(today);
    expect(await page.getByLabel(say.actor[1], { exact: true }).inputValue()).toBe("anna");
    await expectFits(visit);
  });

  it("is worked with the keyboard alone: a question, a record before it, and back to its row", async () => {
    const visit = await auditor();
    const { page } = visit;
    await visit.open("auditor/search");
    await visit.tabTo("질문");
    for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowDown");
    await visit.tabTo("취급자 아이디");
    await page.keyboard.type("anna");
    await page.keyboard.press("Enter");
    await page.locator("tbody tr").first().waitFor();
    const name = /^자세히: \d+번 기록$/;
    await visit.tabTo(name);
    const row = await page.evaluate("document.activeElement.ariaLabel");
    const dialog = page.locator("dialog[open]");
    for (const leave of [() => page.keyboard.press("Escape"), () => closeByKey(visit)]) {
      await page.keyboard.press("Enter");
      await dialog.locator("dl").first().waitFor();
      await leave();
      await dialog.waitFor({ state: "detached" });
      await expect.poll(() => page.evaluate("document.activeElement.ariaLabel")).toBe(row);
    }
  });

  it("exports what is found, and stops when it is told to", async () => {
    const visit = await auditor();
    const { page } = visit;
    await visit.open("auditor/search?ask=denied");
    await page.locator("tbody tr").first().waitFor();
    await page.getByText("파일로 내보내기").click();
    const file = await saved(visit, () => page.getByRole("button", { name: "파일 만들기" }).click());
    expect(file.name).toMatch(/^access-log-denied-[\d-]+\.csv$/);
    expect(file.text).toContain("일련번호");
    await page.route("**/auditor/exports", () => undefined);
    await page.getByRole("button", { name: "파일 만들기" }).click();
    await visit.sees("파일을 만들고 있습니다.");
    await page.getByRole("button", { name: "취소" }).click();
    await visit.sees("취소했습니다. 파일은 나가지 않았습니다.");
  });

  it.each([
    ["ko", 1280, "결과별 기록 수", "표로 보기", "기록 5건, 정보주체 3건"],
    ["en", 360, "Records by outcome", "As a table", "5 records, 3 data subjects in them"],
  ] as const)(
    "draws charts with their numbers beside, in %s at %i pixels",
    async (language, width, title, table, sum) => {
      await fillHours();
      const visit = await auditor({ language, width });
      const { page } = visit;
      await visit.open("auditor/charts");
      await page.getByRole("img", { name: title }).waitFor();
      expect(await page.locator("svg rect").count()).toBeGreaterThan(7 * 24);
      await page.getByText(table).first().click();
      await expectFits(visit);
      await picture(visit, `auditor-charts-${language}`);
      await pictureDark(visit, `auditor-charts-dark-${language}`);
      const carl = { kind: "staff", id: `carl-${language}`, sellerId: "S1" } as const;
      for (let i = 0; i < 3; i++) await shop.garim.log.append(viewOf(carl, subject.buyer(`b-${i}`)));
      for (let i = 0; i < 2; i++) await shop.garim.log.append(toolDeed("", shop.clock.now, { actor: carl }));
      await visit.open(`auditor/charts?of=actor&value=${carl.id}`);
      await page.locator("section .table > table").first().waitFor();
      await visit.sees(sum);
      const figures = page.locator("figure");
      // By outcome: disclosed, done, refused. By weekday: all of them in one cell. At most so many subjects in an hour.
      const sums = await figures.nth(0).locator("tbody tr").evaluateAll(SUM_COLUMNS);
      expect(sums).toEqual([3, 0, 2]);
      const week = await figures.nth(1).locator("tbody tr").evaluateAll(SUM_COLUMNS);
      expect(week.filter((records) => records > 0)).toEqual([5]);
      expect(await figures.nth(2).locator("tbody tr").evaluateAll(SUM_COLUMNS)).toEqual([3]);
      // What is drawn says the same.
      expect(await figures.nth(0).locator("svg title").allTextContents()).toContainEqual(
        expect.stringMatching(/ 3, .* 0, .* 2$/),
      );
      const own = page.locator("section .table > table").first().locator("tbody tr").first();
      expect((await own.locator("td").allInnerTexts()).slice(1).map(Number)).toEqual([5, 3]);
      await expectFits(visit);
    },
  );

  it("says how far the log is signed, and when it was last verified", async () => {
    const visit = await auditor();
    await visit.open("auditor/charts");
    await visit.sees("마지막 서명");
    await visit.sees("전체 검증한 적 없음");
    const proven = { records: 60, until: { place: 60, moment: null } };
    await noteVerified(shop.database, "copy", { isIntact: true, proven });
    await visit.open("auditor/search");
    await visit.sees("마지막 전체 검증");
    await visit.sees("이상 없음");
    // Ages by the server's own clock, late from a moment on.
    for (const [signed, verified, ages, late] of AGES) {
      await visit.page.route("**/auditor/status", async (route) => {
        const { checkpoint, verified: last, ...status } = await (await route.fetch()).json();
        const at = status.now;
        const told = {
          ...status,
          checkpoint: { ...checkpoint, at: at - signed },
          verified: { ...last, at: at - verified },
        };
        await route.fulfill({ json: told });
      });
      await visit.open("auditor/charts");
      const strip = visit.page.locator(".log-status");
      for (const age of ages) await strip.getByText(age).waitFor();
      expect(await strip.locator("span.wrong").count()).toBe(late);
    }
    await visit.page.unroute("**/auditor/status");
    // However far down one is.
    await visit.page.getByRole("img", { name: "결과별 기록 수" }).waitFor();
    await visit.page.evaluate("scrollTo(0, document.body.scrollHeight)");
    expect(await visit.page.evaluate("scrollY")).toBeGreaterThan(0);
    const box = await visit.page.locator(".log-status").boundingBox();
    expect(box?.y).toBe(0);
    // As a replica answers that does not have the newest yet.
    await visit.page.route("**/auditor/denied", async (route) => {
      const answer = await route.fetch();
      const told = await answer.json();
      const [first, ...rest] = told.entries;
      const entries = [{ ...first, records: 12_345, clear: 1_234 }, ...rest];
      await route.fulfill({ response: answer, json: { ...told, entries, behind: 3 } });
    });
    await visit.open("auditor/search?ask=denied");
    await visit.sees("복제본이 3건 뒤처져 있어");
    await visit.sees("1,234 / 11,111");
    await expectFits(visit);
    // Other pages are answered whole, and say how the replica stands all the same.
    await visit.page.route("**/auditor/status", async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: { ...(await answer.json()), behind: 7 } });
    });
    for (const page of ["charts", "record", "review", "leak"]) {
      await visit.open(`auditor/${page}`);
      await visit.sees("복제본이 7건 뒤처져 있습니다");
    }
  });

  it.each([
    ["ko", 1280, undefined, MONTH_WORDS.ko],
    // Any month that is over: each is checked once.
    ["en", 360, "2019-12", MONTH_WORDS.en],
  ] as const)(
    "goes through a month's check, from its beginning to the signature and the report, in %s at %i pixels",
    async (language, width, month, say) => {
      const visit = await auditor({ language, width });
      const { page } = visit;
      await visit.open(`auditor/review${month === undefined ? "" : `?month=${month}`}`);
      await visit.press(say.begin);
      await visit.sees(say.none);
      await page.getByLabel(say.downloads).check();
      await visit.sees(say.one);
      await visit.press(say.find);
      await page
        .getByLabel(say.what, { exact: true })
        .fill(IS_PICTURING ? "휴일 접속" : `휴일 접속 ${NAUGHTY}`);
      await visit.enter(say.who, "owen");
      await visit.press(say.follow);
      await page.getByLabel(say.done, { exact: true }).fill("권한을 줄였습니다");
      await page.getByLabel(say.settles).check();
      await expectFits(visit);
      await page.locator("dialog").getByRole("button", { name: say.put, exact: true }).click();
      await visit.sees(say.settled);
      await expectFits(visit);
      await picture(visit, `auditor-review-${language}`);
      await page.getByRole("button", { name: say.sign, exact: true }).click();
      await page.locator("dialog").getByRole("button", { name: say.sign }).click();
      await visit.sees(say.asSigned);
      const report = await saved(visit, () => visit.press(say.report));
      expect(report.name).toMatch(/^review-\d{4}-\d{2}\.html$/);
      expect(report.text).toContain("휴일 접속");
      expect(report.text).not.toContain("<img");
      await page.emulateMedia({ media: "print" });
      expect(await page.locator("header").isVisible()).toBe(false);
      expect(await page.getByText("권한을 줄였습니다").isVisible()).toBe(true);
    },
  );

  it.each([
    [
      "ko",
      1280,
      [
        "아이디나 값",
        "알게 된 때(한국 시간)",
        "범위 세기",
        "초안 다시 만들기",
        "통지에 들어갈 일곱 가지",
        "남음",
      ],
    ],
    [
      "en",
      360,
      [
        "Id or value",
        "Known since (Korean time)",
        "Count the scope",
        "Make the drafts anew",
        "The seven contents of a notice",
        "left",
      ],
    ],
  ] as const)(
    "counts a leak, runs its clocks and drafts the notice, in %s at %i pixels",
    async (language, width, words) => {
      const [value, knownAt, find, redraft, seven, left] = words;
      const visit = await auditor({ language, width });
      const { page } = visit;
      await visit.open("auditor/leak");
      await page.getByLabel(value, { exact: true }).fill("anna");
      const korea = new Date(shop.clock.now - 3_600_000 + 32_400_000).toISOString().slice(0, 16);
      await page.getByLabel(knownAt).fill(korea);
      await page.getByRole("button", { name: find }).click();
      const clock = page.getByRole("timer").filter({ hasText: left }).first();
      const first = await clock.textContent();
      await expect.poll(() => clock.textContent()).not.toBe(first);
      const doer = page
        .locator("td")
        .filter({ hasText: language === "ko" ? /^담당자 anna$/ : /^staff anna$/ });
      await doer.waitFor();
      await page.getByText(seven).click();
      const contact = language === "ko" ? "신고를 받는 담당 부서와 연락처" : "contact";
      await page.getByLabel(contact, { exact: true }).fill("개인정보팀 02-123-4567");
      await page.getByRole("button", { name: redraft }).click();
      await expect
        .poll(() => page.locator(".draft textarea").inputValue())
        .toContain("개인정보팀 02-123-4567");
      await expectFits(visit);
      await picture(visit, `auditor-leak-${language}`);
      await page.locator(".draft textarea").fill("고친 글");
      const file = await saved(visit, () => page.locator(".draft").getByRole("button").first().click());
      expect([file.name, file.text]).toEqual(["notice-ko.txt", "고친 글"]);
      await page.emulateMedia({ media: "print" });
      expect(await page.locator(".draft pre").isVisible()).toBe(true);
      expect(await page.locator(".draft textarea").isVisible()).toBe(false);
    },
  );

  it("stops what takes long when it is told to, and does it when it is asked again, on a phone", async () => {
    const visit = await auditor({ width: 360 });
    const { page } = visit;
    const stop = page.locator("main").getByRole("button", { name: "취소", exact: true });
    await visit.open("auditor/leak");
    await page.getByLabel("아이디나 값", { exact: true }).fill("anna");
    const scope = door.hold("/auditor/scope");
    await page.getByRole("button", { name: "범위 세기" }).click();
    await stop.click();
    await visit.sees("취소했습니다. 불러오지 않았습니다.");
    await scope.gone;
    await expectFits(visit);
    scope.release();
    await visit.press("다시 시도");
    await visit.sees("사람 수(수취인 포함)");
    // What is older stays on the page meanwhile, and afterwards.
    const other = door.hold("/auditor/scope");
    await page.getByRole("button", { name: "범위 세기" }).click();
    await stop.click();
    await other.gone;
    other.release();
    await stop.waitFor({ state: "detached" });
    await visit.sees("사람 수(수취인 포함)");
    await visit.open("auditor/review?month=2020-01");
    const account = door.hold("/auditor/review/show");
    await visit.press("점검 시작");
    await stop.click();
    await visit.sees("취소했습니다. 불러오지 않았습니다.");
    await account.gone;
    account.release();
    await visit.press("다시 시도");
    await visit.sees("13가지 가운데");
  });

  it("finds out whose a pseudonym is, for a purpose, and only of candidates", async () => {
    const visit = await auditor();
    const { page } = visit;
    const [entry] = (await shop.garim.log.find({ actor: "anna", actions: ["view"], outcome: "disclosed" }))
      .entries;
    await visit.open(`auditor/record?record=${entry?.seq}`);
    await visit.sees("주문 처리와 배송");
    await visit.sees("인증 앱 · ");
    await page.getByText("누구인지 확인하기").click();
    await page.getByLabel("후보(한 줄에 하나)").fill("b-9\nb-1");
    await visit.enter("확인하는 목적", "유출 신고 확인");
    await visit.sees(/…: b-1$/);
    expect((await shop.garim.log.find({}, { limit: 1 })).entries[0]?.access).toMatchObject({
      action: "resolve-subject",
      purpose: "유출 신고 확인",
    });
    await expectFits(visit);
    await picture(visit, "auditor-record-ko");
    await pictureEnglish(visit, "auditor-record-en");
  });

  it("is for auditors alone, and shows nothing after they have left", async () => {
    const person = personOf(port, "staff/oscar/S1/owner", shop.clock.now);
    const staff = await openVisit(browser as Browser, { port, person, now: () => shop.clock.now });
    visits.push(staff);
    await staff.open("auditor/search");
    await staff.sees("볼 수 없습니다");
    expect(await staff.page.locator("main form, tbody").count()).toBe(0);
    const visit = await auditor();
    const { page } = visit;
    await visit.open("auditor/search?ask=actor&value=anna");
    await page.locator("tbody tr").first().waitFor();
    await visit.press(/^로그아웃/);
    await visit.isAt("ended");
    await page.goBack();
    await expect.poll(() => page.locator("tbody tr").count()).toBe(0);
    expect(await page.getByText("GET /lines").count()).toBe(0);
  });
});

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

/** How long ago it was signed and verified, in milliseconds; what the strip says of it; how much of it is late. */
const AGES = [
  [0, 59 * MINUTE, ["(0분 전)", "(59분 전)"], 0],
  [5 * MINUTE, 47 * HOUR, ["(5분 전)", "(47시간 전)"], 0],
  [6 * MINUTE, 31 * DAY, ["(6분 전)", "(31일 전)"], 1],
  [3 * HOUR, 32 * DAY, ["(3시간 전)", "(32일 전)"], 2],
] as const;

/** What a record says of somebody who looked at a subject's data. */
function viewOf(actor: Access["actor"], seen: Subject): Access {
  const at = shop.clock.now;
  const policy = resolvePolicy();
  const line = { paidAt: at - DAY, deliveredAt: null, purposeEndedAt: null, claims: [] };
  const facts = { lines: [line], surface: "view", allowed: ALL_KINDS, secondFactorAt: at } as const;
  const disclosure = decideDisclosure(facts, at, policy);
  return {
    ...toolDeed("", at, { actor, route: "GET /orders", purpose: "fulfilment" }),
    ...({ action: "view", outcome: "disclosed", reason: null, surface: "view" } as const),
    ...({ allowed: ALL_KINDS, profile: "pipc" } as const),
    policy: { edition: policy.edition.id, overrides: {} },
    records: [{ schema: "orderLine", subjects: [seen], lines: [line], disclosure }],
  };
}

/** The day of Korea a moment is in. */
function dayOf(at: number): string {
  return new Date(at + 9 * 3_600_000).toISOString().slice(0, 10);
}

/** Leaves a record by the button below it. */
async function closeByKey({ page, tabTo }: Visit): Promise<void> {
  await tabTo("닫기");
  await page.keyboard.press("Enter");
}

/** In the page: the sums of a table's columns of numbers. */
const SUM_COLUMNS = (
  rows: readonly { readonly children: Iterable<{ readonly textContent: string | null }> }[],
): number[] => {
  const numbers = rows.map(({ children }) =>
    [...children].slice(1).map(({ textContent }) => Number(textContent?.replaceAll(",", ""))),
  );
  return (numbers[0] ?? []).map((_, i) => numbers.reduce((sum, row) => sum + (row[i] ?? 0), 0));
};

/** A month of counts, as a market of some size has them: what charts are drawn from. */
async function fillHours(): Promise<void> {
  await shop.database.query(`insert into garim.log_hour (hour, kind, action, outcome, records, subjects)
    select h, 'staff', 'view', o.outcome, greatest(1, (n * w / 10)::bigint), (n * w / 3)::bigint
    from generate_series(date_trunc('hour', now() - interval '29 days', 'UTC'), now() - interval '1 day', interval '1 hour') h
    cross join (values ('disclosed', 10), ('done', 3), ('refused', 1)) o (outcome, w)
    cross join lateral (select case when extract(hour from h) between 0 and 9 and extract(isodow from h) < 6
      then 40 + (hashtext(h::text) & 31) else 2 end as n) r
    on conflict do nothing`);
  await shop.database.query(`insert into garim.log_tool_day (day, tool, action, outcome, records, subjects)
    values (now()::date - 2, 'label-printer', 'view', 'disclosed', 5210, 9000), (now()::date - 2, 'ship-easy', 'view', 'disclosed', 812, 1010)
    on conflict do nothing`);
}
