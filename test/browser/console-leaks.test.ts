import type { Access } from "@garim/audit";
import { consolePages } from "@garim/console";
import type { LeakHost } from "@garim/duties";
import type { Garim } from "@garim/express";
import {
  ALL_KINDS,
  decideDisclosure,
  LEAK_CHECKS,
  NOTICE_WORDS,
  type NoticeContent,
  resolvePolicy,
  subject,
} from "@garim/policy";
import type { Express } from "express";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { openShop, personOf, type Shop } from "../fixtures/shop.ts";
import { startChromiumOrSkip } from "../services/chromium.ts";
import {
  buildPages,
  closeVisits,
  expectFits,
  openVisit,
  picture,
  readTraces,
  type Visit,
} from "./console-visit.ts";

/** A browser on a busy machine takes its time. */
const PATIENCE = { timeout: 300_000 };

const browser = await startChromiumOrSkip("the breach desk in a real browser");
afterAll(() => browser?.close());

const HOUR = 3_600_000;
const KOREA = 9 * HOUR;
const PAGES = { stepUp: "/privacy/pages/second-factor", logIn: "/log-in", refused: "/privacy/pages/refused" };
const NAUGHTY = `<img src=x onerror="document.title='hit'">{{7*7}}`;

/** Each language at one of the widths. */
const READERS = [
  ["ko", 1280],
  ["en", 360],
] as const;

/** Whom the leaks concern: one cannot be reached, one's channel is out for a while. */
const PEOPLE = Array.from({ length: 120 }, (_, i) => `b-${String(i).padStart(3, "0")}`);
const told: string[] = [];
let handOvers = 0;
let isMailOut = true;
/** Held by a test that wants sending to take a while. */
let gate: Promise<void> = Promise.resolve();

/** Lists that the log filled, by leak; of others everybody is concerned. */
const lists = new Map<string, readonly string[]>();
const channelOf = (id: string): string | null => (id === "b-007" ? null : "email");

const leaks: LeakHost = {
  async recipients({ leakId, after, limit }) {
    await gate;
    const list = lists.get(leakId) ?? PEOPLE;
    const from = after === null ? 0 : list.indexOf(after) + 1;
    const page = list.slice(from, from + limit);
    const recipients = page.map((id) => ({ id, channel: channelOf(id) }));
    return { recipients, next: from + limit < list.length ? (page.at(-1) ?? null) : null };
  },
  async *candidates() {
    for (const id of PEOPLE) {
      await gate;
      yield { subject: subject.buyer(id), contact: { id, channel: channelOf(id) } };
    }
  },
  keep(leakId, recipients) {
    handOvers++;
    lists.set(leakId, [...new Set([...(lists.get(leakId) ?? []), ...recipients.map(({ id }) => id)])]);
  },
  send({ id }, { no }, leakId) {
    if (id === "b-008" && isMailOut) throw new Error("the mail is out");
    told.push(`${leakId} ${no} ${id}`);
  },
};

/** What is known of a leak besides its items. */
const SAID: Readonly<Partial<Record<NoticeContent, string>>> = {
  circumstances: "2026년 11월 20일 밤, 송장 출력 도구의 서명 키가 밖으로 나가 주문을 읽는 데 쓰였습니다.",
  selfProtection: "택배를 사칭한 문자나 전화의 주소를 누르거나 정보를 알려 주지 마세요.",
  response: "키를 폐기하고 도구의 연결을 끊었습니다. 피해가 있으면 아래로 알려 주세요.",
  contact: "가림마켓 개인정보팀 02-123-4567, privacy@garim.example",
  redress: "손해배상을 청구하거나 개인정보 분쟁조정위원회(1833-6972)에 조정을 신청할 수 있습니다.",
  decree: "해당 없음",
};

/** How often a browser hung up on a hand-over. */
let hangUps = 0;

function mount(app: Express, garim: Garim): void {
  app.use((req, res, next) => {
    if (req.path.endsWith("/recipients")) res.once("close", () => (hangUps += res.writableFinished ? 0 : 1));
    next();
  });
  app.use(garim.session());
  app.use("/privacy", consolePages(garim));
  app.use(garim.errors());
}

const visits: Visit[] = [];
let shop: Shop;
let port: number;

beforeAll(async () => {
  if (browser === undefined) return;
  await buildPages();
  shop = await openShop(mount, { pages: PAGES, duties: { company: "가림마켓", leaks } });
  // Clocks run in the browser by its own time.
  shop.clock.now = Date.now();
  port = await shop.listen();
  for (const id of ["b-001", "b-007"]) await shop.garim.log.append(viewOf(id));
}, PATIENCE.timeout);
afterEach(async () => {
  await closeVisits(visits);
}, PATIENCE.timeout);
afterAll(() => shop?.close());

/** What a record says of somebody who looked at a buyer's data. */
function viewOf(buyerId: string): Access {
  const at = shop.clock.now;
  const policy = resolvePolicy();
  const line = { paidAt: at - HOUR, deliveredAt: null, purposeEndedAt: null, claims: [] };
  const facts = { lines: [line], surface: "view", allowed: ALL_KINDS, secondFactorAt: at } as const;
  return {
    at,
    actor: { kind: "staff", id: "anna", sellerId: "S1" },
    session: null,
    factor: null,
    origin: { ip: "203.0.113.7", agent: null },
    route: "GET /orders",
    purpose: "fulfilment",
    policy: { edition: policy.edition.id, overrides: {} },
    action: "view",
    outcome: "disclosed",
    reason: null,
    surface: "view",
    allowed: ALL_KINDS,
    profile: "pipc",
    records: [
      {
        schema: "orderLine",
        subjects: [subject.buyer(buyerId)],
        lines: [line],
        disclosure: decideDisclosure(facts, at, policy),
      },
    ],
  } as Access;
}

/** Somebody who has proved a second factor a moment ago. */
async function visitAs(user: string, language: "ko" | "en", width: number): Promise<Visit> {
  shop.clock.now += 1_000;
  const person = personOf(port, user, shop.clock.now);
  const options = { port, person, now: () => shop.clock.now, language, width };
  const opened = await openVisit(browser as Browser, options);
  visits.push(opened);
  return opened;
}

async function visitOfBuyer(id: string, language: "ko" | "en", width: number): Promise<Visit> {
  const person = personOf(port, `buyer/${id}`, shop.clock.now);
  const opened = await openVisit(browser as Browser, { port, person, language, width });
  visits.push(opened);
  return opened;
}

/** As a field of moments takes it. */
function minuteOf(at: number): string {
  return new Date(at + KOREA).toISOString().slice(0, 16);
}

const WORDS = {
  ko: {
    open: "유출 적기",
    name: "제목",
    kind: "어떻게 유출되었나",
    knownAt: "알게 된 때(한국 시간)",
    left: "남음",
    notify: /^정보주체 통지/,
    intrusion: /^침해사고 신고/,
    finish: /^했음으로 표시/,
    done: "했음",
    by: "운영자 oscar-ko",
    subjects: "사람 수(수취인 포함)",
    save: /^저장: 알려진 사실/,
    soft: "유출을 작게 보이게 하는 말",
    write: "저장하고 통지문 만들기",
    partial: "1차 안내(빠진 것 있음)",
    full: "전체",
    send: /^보내기/,
    cancel: "취소",
    stopping: "지금 묶음까지만",
    stopped: "멈췄습니다",
    resend: /^안 보낸 사람에게/,
    tally: "알림 119명, 실패 0명, 연락처 없음 1명",
    post: /^홈페이지에 게시/,
    posted: "제2차 통지문이 게시되어 있습니다.",
    close: "대응 끝내기",
    note: "맺음말",
    closed: "끝남",
    scope: "접속기록으로 범위부터 세기",
    handed: "2명을 마켓의 명단에 넘김(연락처 없음 1명)",
    gather: "다시 세고 대상자를 명단에 넘기기",
    cancelled: "취소했습니다.",
    gathered: "다시 세고 명단에 넘겼습니다.",
    draft: "신고서 초안 만들기",
    count: "접속기록으로 범위 세기",
    value: "아이디나 값",
    find: "범위 세기",
    put: "이 범위로 유출 적기",
    attach: "이 범위를 붙이기",
    hash: "접속기록에 남은 범위의 지문",
    report: "신고서 초안",
    concerned: "내 정보가 있었음",
    notConcerned: "내 정보는 없었음",
  },
  en: {
    open: "Put a leak on file",
    name: "Title",
    kind: "How it came about",
    knownAt: "Known since (Korean time)",
    left: "left",
    notify: /^Tell the data subjects/,
    intrusion: /^Report the intrusion/,
    finish: /^Mark as done/,
    done: "Done",
    by: "operator oscar-en",
    subjects: "People, recipients counted",
    save: /^Save: What is known/,
    soft: "Words that play it down",
    write: "Save, and write a notice",
    partial: "First notice: something is missing",
    full: "Full",
    send: /^Send:/,
    cancel: "Cancel",
    stopping: "Stops after this page",
    stopped: "Stopped after",
    resend: /^Send to who was not told/,
    tally: "119 told, 0 failed, 1 without contact",
    post: /^Post it on the site/,
    posted: "Notice 2 stands posted.",
    close: "Close it",
    note: "Closing note",
    closed: "Closed",
    scope: "Count its scope by the log first",
    handed: "2 on the marketplace's list, 1 of them without contact",
    gather: "Count again, and hand those concerned to the list",
    cancelled: "Cancelled.",
    gathered: "Counted again, and handed to the list.",
    draft: "Draft the report",
    count: "Count its scope by the log",
    value: "Id or value",
    find: "Count the scope",
    put: "Put it on file with this scope",
    attach: "Put this scope to it",
    hash: "Hash of the scope",
    report: "Drafts of the report",
    concerned: "Your data was in it",
    notConcerned: "Your data was not in it",
  },
} as const;

const QUESTIONS = {
  ko: {
    isIntrusion: "정보통신망 침해사고인가",
    isOutsideAccess: "외부의 불법 접근인가",
    hasUniqueIds: "고유식별정보가 있나",
    hasSensitive: "민감정보가 있나",
  },
  en: {
    isIntrusion: "An intrusion by the network act?",
    isOutsideAccess: "Illegal access from outside?",
    hasUniqueIds: "Unique identifiers among it?",
    hasSensitive: "Sensitive data among it?",
  },
} as const;

/** What is left: the step, the check list, the note; then nothing can be changed any more. */
async function closeIt(visit: Visit, id: string, language: "ko" | "en"): Promise<void> {
  const say = WORDS[language];
  const { page } = visit;
  const close = page.getByRole("button", { name: say.close });
  expect(await close.isDisabled()).toBe(true);
  const step = page.locator("li.card").filter({ has: page.getByRole("heading", { name: say.notify }) });
  await step.getByRole("button", { name: say.finish }).click();
  await page.locator("dialog button.main").click();
  await step.locator(".tag").waitFor();
  const [first, ...rest] = LEAK_CHECKS.insider;
  for (const check of rest) await post(visit, `leaks/${id}/checks`, { check: check.id, note: "했음" });
  await page.reload();
  await page
    .locator("tbody tr")
    .filter({ hasText: first?.words[language] ?? "" })
    .getByRole("button")
    .click();
  await page.locator("dialog input").fill(`보류함 ${NAUGHTY}`);
  await page.keyboard.press("Enter");
  await page.locator("tbody").getByText("보류함 <img").waitFor();
  await close.click();
  await page.locator("dialog input").fill("키를 바꾸고 끝냄");
  await page.keyboard.press("Enter");
  await page.locator(".note").getByText("키를 바꾸고 끝냄").waitFor();
  expect(await page.locator("main textarea, main select, main button.main").count()).toBe(0);
  await page.emulateMedia({ media: "print" });
  expect(await page.locator("header, .no-print").filter({ visible: true }).count()).toBe(0);
  expect(await page.locator(".paper-text").first().isVisible()).toBe(true);
  await page.emulateMedia({ media: "screen" });
  await visit.open("leaks");
  await page.locator("li.card .tag").getByText(say.closed).first().waitFor();
}

/** Asks an endpoint as the page would. */
async function post({ context }: Visit, path: string, data: object): Promise<{ readonly id: string }> {
  const answer = await context.request.post(`/privacy/duties/${path}`, { data });
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as { readonly id: string };
}

/** A leak that concerns all of the list, posted. */
async function postOne(name: string, more: string): Promise<void> {
  const visit = await visitAs(`operator/olga-${name}`, "ko", 1280);
  const facts = { isPossibleOnly: false, subjects: null };
  const knownAt = shop.clock.now - HOUR;
  const opened = { title: `주문 정보 유출 ${more}`, kind: "exposed", knownAt, facts, scope: null };
  const { id } = await post(visit, "leaks", opened);
  await visit.context.request.patch(`/privacy/duties/leaks/${id}`, {
    data: { contents: { items: `이름 ${more}` } },
  });
  await post(visit, `leaks/${id}/notices`, {});
  await post(visit, `leaks/${id}/notices/1/sending`, {});
  await post(visit, `leaks/${id}/post`, { notice: 1 });
}

describe.skipIf(browser === undefined)("pages/leaks and pages/my-leaks", PATIENCE, () => {
  it("say so where there is none", async () => {
    const visit = await visitAs("operator/nora", "ko", 1280);
    await visit.open("leaks");
    await visit.sees("적힌 유출이 없습니다.");
    await expectFits(visit);
    const buyer = await visitOfBuyer("b-001", "en", 360);
    await buyer.open("my-leaks");
    await buyer.sees("No notice of a leak stands posted.");
    await expectFits(buyer);
  });
});

describe.skipIf(browser === undefined)("pages/leaks", PATIENCE, () => {
  it.each(READERS)(
    "leads from knowing of a leak to telling, posting and closing it, in %s at %i pixels",
    async (language, width) => {
      const say = WORDS[language];
      const visit = await visitAs(`operator/oscar-${language}`, language, width);
      const { page } = visit;
      await visit.open("leaks");
      await visit.press(say.open);
      await page.getByLabel(say.name, { exact: true }).fill(`송장 도구의 키 유출 ${language}`);
      await page.getByLabel(say.kind).selectOption("insider");
      await page.getByLabel(say.knownAt, { exact: true }).fill(minuteOf(shop.clock.now - HOUR));
      await expectFits(visit);
      await page.locator("dialog button.main").click();
      await page.getByRole("heading", { name: `송장 도구의 키 유출 ${language}` }).waitFor();
      await visit.sees(say.by);
      expect(await page.locator(".log-status").count()).toBe(0);
      const id = new URL(page.url()).searchParams.get("leak") ?? "";
      const clock = page.getByRole("timer").filter({ hasText: say.left }).first();
      const first = await clock.textContent();
      await expect.poll(() => clock.textContent()).not.toBe(first);
      // What is known takes clocks away.
      await page.getByRole("heading", { name: say.intrusion }).waitFor();
      await page.getByLabel(say.subjects).fill("120");
      for (const name of ["isIntrusion", "isOutsideAccess", "hasUniqueIds", "hasSensitive"] as const)
        await page.getByLabel(QUESTIONS[language][name]).selectOption("no");
      await visit.press(say.save);
      await page.getByRole("heading", { name: say.intrusion }).waitFor({ state: "detached" });
      // A notice of what is known first.
      const items = page.getByLabel(NOTICE_WORDS.items[language], { exact: true });
      await items.fill("이름이 노출");
      await visit.sees(say.soft);
      await items.fill("이름, 전화번호");
      await visit.press(say.write);
      await page.locator(".tag").getByText(say.partial).waitFor();
      await page.locator(".paper-text").getByText("이름, 전화번호").waitFor();
      await expectFits(visit);
      // Everybody is told once; sending stops after a page when it is told to, and goes on later.
      let release: () => void = () => undefined;
      gate = new Promise((resolve) => {
        release = resolve;
      });
      isMailOut = true;
      await visit.press(say.send);
      await page.locator("dialog button.main").click();
      await page.locator(".progress").getByRole("button", { name: say.cancel }).click();
      await page.locator(".progress").getByText(say.stopping).waitFor();
      release();
      await visit.sees(say.stopped);
      expect(told.filter((one) => one.startsWith(`${id} 1 `))).toHaveLength(48);
      isMailOut = false;
      await visit.press(say.resend);
      await page.locator("dialog button.main").click();
      await page.locator("main").getByText(say.tally).waitFor();
      expect(told.filter((one) => one.startsWith(`${id} 1 `))).toEqual(
        expect.arrayContaining([`${id} 1 b-008`, `${id} 1 b-119`]),
      );
      expect(told.filter((one) => one.startsWith(`${id} 1 `))).toHaveLength(119);
      // Then all of it, posted for those who cannot be reached.
      for (const [content, text] of Object.entries(SAID))
        await page.getByLabel(NOTICE_WORDS[content as NoticeContent][language], { exact: true }).fill(text);
      await visit.press(say.write);
      await page.locator(".tag").getByText(say.full, { exact: true }).waitFor();
      await visit.press(say.post);
      await page.locator("dialog button.main").click();
      await visit.sees(say.posted);
      const published = await fetch(`http://127.0.0.1:${port}/privacy/published/leaks`);
      expect(await published.text()).toContain("이름, 전화번호");
      await expectFits(visit);
      await page.reload();
      await visit.sees(say.posted);
      await picture(visit, `leak-${language}`);
      await page.getByLabel(NOTICE_WORDS.decree[language], { exact: true }).fill(NAUGHTY);
      await visit.press(say.write);
      await page.locator(".paper-text").getByText("<img src=x").first().waitFor();
      await closeIt(visit, id, language);
      expect(await readTraces(visit)).not.toContain("송장");
    },
  );

  it.each(READERS)(
    "leads from a scope of the log to a leak on file, and back for its report, in %s at %i pixels",
    async (language, width) => {
      const say = WORDS[language];
      const visit = await visitAs(`auditor/audrey-${language}`, language, width);
      const { page } = visit;
      await visit.open("leaks");
      await page.locator("section.log-status").waitFor();
      await visit.press(say.scope);
      await page.getByLabel(say.value, { exact: true }).fill("anna");
      await page.getByLabel(say.knownAt).fill(minuteOf(shop.clock.now - 2 * HOUR));
      await page.getByRole("button", { name: say.find }).click();
      await page.getByRole("button", { name: say.put }).waitFor();
      // The notice is written on the desk, not here.
      expect(await page.locator(".draft").count()).toBe(0);
      await expectFits(visit);
      await visit.press(say.put);
      await page.getByLabel(say.name, { exact: true }).fill("담당자의 열람");
      await page.locator("dialog button.main").click();
      // What the log knows is filled in, and those concerned are on the marketplace's list.
      await visit.sees(say.handed);
      const items = page.getByLabel(NOTICE_WORDS.items[language], { exact: true });
      expect(await items.inputValue()).toContain("전화번호");
      const id = new URL(page.url()).searchParams.get("leak") ?? "";
      expect(lists.get(id)).toEqual(["b-001", "b-007"]);
      await expectFits(visit);
      lists.delete(id);
      await visit.press(say.gather);
      await expect.poll(() => lists.get(id)).toEqual(["b-001", "b-007"]);
      // Whoever stops it leaves the list as it is.
      const [handed, gone] = [handOvers, hangUps];
      let release: () => void = () => undefined;
      gate = new Promise((resolve) => {
        release = resolve;
      });
      onTestFinished(() => release());
      await visit.press(say.gather);
      await page.locator(".progress").getByRole("button", { name: say.cancel }).click();
      await page.locator(".toast").getByText(say.cancelled, { exact: true }).waitFor();
      await expect.poll(() => hangUps).toBe(gone + 1);
      release();
      await visit.press(say.gather);
      await expect.poll(() => handOvers).toBe(handed + 1);
      await page.locator(".toast").getByText(say.gathered).waitFor();
      expect(handOvers).toBe(handed + 1);
      await visit.press(say.draft);
      await page.getByRole("heading", { name: say.report }).waitFor();
      expect(await page.locator(".draft textarea").inputValue()).not.toBe("");
      const others = page
        .getByRole("button", { name: say.put })
        .or(page.getByRole("button", { name: say.attach }));
      expect(await others.count()).toBe(0);
      await expectFits(visit);
      // One that was put on file without the log is given its scope later.
      const knownAt = shop.clock.now - HOUR;
      const blank = { title: "신고로 안 유출", kind: "exposed", knownAt, facts: {}, scope: null };
      const other = await post(visit, "leaks", blank);
      await visit.open(`leaks?leak=${other.id}`);
      await visit.press(say.count);
      await page.getByLabel(say.value, { exact: true }).fill("anna");
      await page.getByRole("button", { name: say.find }).click();
      await visit.press(say.attach);
      await visit.sees(say.hash);
      await visit.open("leaks");
      await page.getByRole("timer").first().waitFor();
      await expectFits(visit);
      await picture(visit, `leaks-${language}`);
    },
  );

  it.each(["staff/sella/S1/owner", "auditor/ann/S1"])("is not for %s", async (user) => {
    const visit = await visitAs(user, "ko", 1280);
    await visit.open("leaks");
    await visit.sees("볼 수 없습니다");
    expect(await visit.page.getByRole("navigation").getByRole("link", { name: "유출 대응" }).count()).toBe(0);
  });
});

describe.skipIf(browser === undefined)("pages/my-leaks", PATIENCE, () => {
  it.each(READERS)(
    "tells a buyer alone whether own data was among it, in %s at %i pixels",
    async (language, width) => {
      const say = WORDS[language];
      const visit = await visitOfBuyer("b-003", language, width);
      await visit.open("my-leaks");
      await picture(visit, `my-leaks-${language}`);
      await postOne(language, language === "en" ? NAUGHTY : "");
      await visit.open("my-leaks");
      await visit.sees(say.concerned);
      await visit.sees("가림마켓");
      if (language === "en") await visit.sees("<img src=x");
      await expectFits(visit);
      const other = await visitOfBuyer("somebody-else", language, width);
      await other.open("my-leaks");
      await other.sees(say.notConcerned);
      expect(await other.page.getByText(say.concerned, { exact: true }).count()).toBe(0);
      await expectFits(other);
    },
  );
});
