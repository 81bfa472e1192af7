import { consolePages } from "@garim/console";
import type { Garim, GarimOptions } from "@garim/express";
import { FLOW_ITEM_WORDS, FLOW_ITEMS, PRIVACY_SECTIONS } from "@garim/policy";
import type { Express } from "express";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { MARKET, someFlow, USUAL_FLOWS } from "../fixtures/duties.ts";
import { openShop, personOf, type Shop } from "../fixtures/shop.ts";
import { KEEPER } from "../fixtures/tool-shop.ts";
import { totpCode } from "../fixtures/totp.ts";
import { startChromiumOrSkip } from "../services/chromium.ts";
import {
  buildPages,
  closeVisits,
  expectFits,
  IS_PICTURING,
  openVisit,
  picture,
  readTraces,
  type Visit,
} from "./console-visit.ts";

/** A browser on a busy machine takes its time. */
const PATIENCE = { timeout: 300_000 };

const browser = await startChromiumOrSkip("the pages of the registers in a real browser");
afterAll(() => browser?.close());

const MINUTE = 60_000;
const DAY = 86_400_000;
const PAGES = { stepUp: "/privacy/pages/second-factor", logIn: "/log-in", refused: "/privacy/pages/refused" };
const NAUGHTY = `<img src=x onerror="document.title='hit'">{{7*7}}`;

/** What stands among the pictured lists. */
const PROOF = IS_PICTURING ? "(수료증 12)" : NAUGHTY;

/** Each language at one of the widths. */
const READERS = [
  ["ko", 1280],
  ["en", 360],
] as const;

const COURSE = {
  id: "basics",
  title: { ko: "개인정보 기초", en: "Personal data basics" },
  roles: ["*"],
  sellerId: null,
  text: "구매자의 이름과 주소는 배송에만 씁니다.\n내려받은 파일은 7일 안에 파기합니다.",
  link: null,
  months: 12,
};

const LINKED = {
  ...COURSE,
  id: "law",
  title: { ko: "법정 교육", en: "Course on the law" },
  roles: ["owner"],
  text: null,
  link: "https://school.example/law",
};

const NAUGHTY_COURSE = { ...COURSE, id: "claims-basics", roles: ["claims"], text: NAUGHTY };

/** What only whoever keeps the register reads. */
const SAID: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  outsourcing: {
    recipient: "판매자가 연동한 셀러툴",
    tasks: "송장 출력, 주문 관리",
    subProcessors: "없음",
    supervision: NAUGHTY,
  },
};

/** Nobody has said yet where it goes. */
const ABROAD = {
  recipient: "Cloud US Inc.",
  contact: "privacy@cloud-us.example",
  method: "주문이 들어올 때마다 암호화하여 전송",
  purpose: "주문 자료의 보관",
  fields: "이름, 전화번호, 주소",
  period: "계약이 끝날 때까지",
  basis: "계약 이행을 위한 처리위탁",
  refusal: "거부하면 배송 알림을 받을 수 없음",
};

const SCHEDULE = {
  recordType: "orderLine",
  alsoShownAs: [],
  title: { ko: "주문", en: "Orders" },
  endsWith: "구매확정",
  keeps: [],
  apartIn: null,
  method: "행을 지우고 백업은 30일 뒤 덮어씀",
};

/** Tools that were called. */
const called: string[] = [];

/** What the host still has. */
const kept = new Map<string, number>();
/** How many the host gives at once. */
let pageSize = 100;
/** Held by a test that wants a destruction to take a while. */
let gate: Promise<void> = Promise.resolve();

const records: NonNullable<NonNullable<GarimOptions["duties"]>["records"]> = {
  list({ before, after }) {
    const due = [...kept].filter(([id, at]) => at < before && id > (after ?? "")).sort();
    const page = due.slice(0, pageSize).map(([id, purposeEndedAt]) => ({ id, purposeEndedAt, keeps: [] }));
    return { records: page, next: due.length > pageSize ? (page.at(-1)?.id ?? null) : null };
  },
  separate: () => [],
  async destroy({ ids }) {
    await gate;
    return ids.filter((id) => kept.delete(id));
  },
  callTool: ({ toolId }) => void called.push(toolId),
};

function mount(app: Express, garim: Garim): void {
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
  shop = await openShop(mount, { pages: PAGES, duties: { seller: () => ({ name: "상점" }), records } });
  await shop.garim.registers.schedules.put(SCHEDULE, KEEPER);
  port = await shop.listen();
  const { flows, education } = shop.garim.registers;
  for (const flow of USUAL_FLOWS)
    await flows.put({ ...flow, items: { ...flow.items, ...(SAID[flow.kind] ?? {}) } }, KEEPER);
  const abroad = someFlow("overseas", { kind: "seller", id: "S1" }, { kind: "other", id: "cloud-us" });
  await flows.put({ ...abroad, items: ABROAD, evidence: null }, KEEPER);
  await flows.put(someFlow("provision", MARKET, { kind: "seller", id: "S2" }), KEEPER);
  for (const course of [COURSE, LINKED, NAUGHTY_COURSE]) await education.putCourse(course, KEEPER);
}, PATIENCE.timeout);
afterEach(async () => {
  await closeVisits(visits);
}, PATIENCE.timeout);
afterAll(() => shop?.close());

/** Somebody who has proved a second factor a moment ago. */
async function visitAs(user: string, language: "ko" | "en", width: number): Promise<Visit> {
  shop.clock.now += 1_000;
  const person = personOf(port, user, shop.clock.now);
  const options = { port, person, now: () => shop.clock.now, language, width };
  const opened = await openVisit(browser as Browser, options);
  visits.push(opened);
  return opened;
}

describe.skipIf(browser === undefined)("pages/education", PATIENCE, () => {
  it.each(READERS)("lets staff read a course and say so, in %s at %i pixels", async (language, width) => {
    const isKorean = language === "ko";
    const visit = await visitAs(`staff/kim-${language}/S1/claims`, language, width);
    await visit.open("education");
    await visit.sees(COURSE.title[language]);
    await visit.sees(isKorean ? "받아야 함" : "To be taken");
    await visit.sees("<img src=x");
    await expectFits(visit);
    expect(await visit.page.getByText(LINKED.title[language]).count()).toBe(0);
    const card = visit.page.locator("li.card").filter({ hasText: "배송에만" });
    await card.getByRole("button", { name: isKorean ? /^읽었습니다/ : /^I have read it/ }).click();
    await card
      .locator(".tag")
      .getByText(isKorean ? "이수함" : "Completed")
      .waitFor();
    await expectFits(visit);
  });

  it.each(READERS)(
    "shows an owner how the staff stand, and takes the word for others, in %s at %i pixels",
    async (language, width) => {
      const isKorean = language === "ko";
      const name = `lee-${language}`;
      const whole = isKorean || IS_PICTURING ? name : `${name} ${NAUGHTY}`;
      const late = await visitAs(`staff/${whole}/S1/shipper`, language, width);
      await late.open("education");
      const visit = await visitAs(`staff/anna-${language}/S1/owner`, language, width);
      await visit.open("education");
      const row = visit.page.locator("tbody tr").filter({ hasText: name });
      await row.getByText(isKorean ? "받아야 함" : "To be taken").waitFor();
      await row.getByText(whole, { exact: true }).waitFor();
      const own = visit.page.locator("tbody tr").filter({ hasText: `anna-${language}` });
      expect(await own.first().getByRole("button").count()).toBe(0);
      await expectFits(visit);
      await picture(visit, `education-${language}`);
      await row.getByRole("button").click();
      await visit.enter(
        isKorean
          ? "수료증 번호 등 마쳤음을 보여 주는 것"
          : "What shows it, such as the number of a certificate",
        "수료증 7",
      );
      await row.getByText("수료증 7").waitFor();
      await visit.press(isKorean ? /^교육을 마쳤습니다/ : /^I completed it/);
      await visit.enter(
        isKorean
          ? "수료증 번호 등 마쳤음을 보여 주는 것"
          : "What shows it, such as the number of a certificate",
        PROOF,
      );
      await visit.page.locator("main dd").getByText(PROOF).first().waitFor();
      expect(await readTraces(visit)).not.toContain(name);
    },
  );
});

describe.skipIf(browser === undefined)("pages/education, kept", PATIENCE, () => {
  it.each(READERS)(
    "takes an owner's own course, and ends it, in %s at %i pixels",
    async (language, width) => {
      const isKorean = language === "ko";
      const [seller, id] = [`S-e-${language}`, `own-${language}`];
      const visit = await visitAs(`staff/eva/${seller}/owner`, language, width);
      const { page } = visit;
      await visit.open("education");
      const courses = page
        .locator("section")
        .filter({ has: page.getByRole("heading", { name: isKorean ? "교육 과정" : "The courses" }) });
      const everybodys = courses.locator("tbody tr").filter({ hasText: NAUGHTY_COURSE.id });
      await everybodys.waitFor();
      // What is asked of everybody is the marketplace's.
      expect(await everybodys.getByRole("button").count()).toBe(0);
      await visit.press(isKorean ? "과정 더하기" : "Add a course");
      const fields = isKorean
        ? ["아이디", "한국어 제목", "영어 제목"]
        : ["Id", "Korean title", "English title"];
      for (const label of fields) await page.getByLabel(label, { exact: true }).fill(id);
      await page.locator("dialog textarea").fill(`배송 뒤에는 지웁니다. ${NAUGHTY}`);
      await expectFits(visit);
      await page.locator("dialog button.main").click();
      const row = courses.locator("tbody tr").filter({ hasText: id });
      await row.waitFor();
      const filed = () => shop.garim.registers.education.courses(seller).find((course) => course.id === id);
      await expect.poll(filed).toMatchObject({ sellerId: seller, roles: ["*"], months: null, link: null });
      await row.getByRole("button", { name: isKorean ? /^고치기/ : /^Change/ }).click();
      await page.getByLabel(isKorean ? "유효 기간(달)" : "Good for (months)", { exact: true }).fill("6");
      await page.locator("dialog button.main").click();
      await row.getByText(isKorean ? "6달" : "6 months").waitFor();
      await row.getByRole("button", { name: isKorean ? /^끝내기/ : /^End/ }).click();
      await page.locator("dialog button.danger").click();
      await row.waitFor({ state: "detached" });
      await expect.poll(filed).toBeUndefined();
    },
  );
});

describe.skipIf(browser === undefined)("pages of a seller that an operator names", PATIENCE, () => {
  it.each(READERS)("keep the seller in the address, in %s at %i pixels", async (language, width) => {
    const isKorean = language === "ko";
    const seller = `S-o-${language}`;
    const label = isKorean ? "판매자 아이디" : "Seller's id";
    const visit = await visitAs(`operator/opal-${language}`, language, width);
    const { page } = visit;
    await visit.open("self-check");
    await page.locator("li.card").first().waitFor();
    await visit.enter(label, seller);
    await expect.poll(() => new URL(page.url()).search).toBe(`?seller=${seller}`);
    const open = page
      .locator("li.card")
      .filter({ has: page.getByRole("button") })
      .first();
    await open.getByRole("button", { name: isKorean ? /^아니요/ : /^No/ }).click();
    await visit.enter(isKorean ? "그렇게 답하는 이유나 자료" : "Why, or what shows it", "확인 중");
    await visit.sees(new RegExp(`opal-${language}`));
    const { selfCheck } = shop.garim.registers;
    await expect
      .poll(() => [selfCheck.answers(seller).length, selfCheck.answers(null).length])
      .toEqual([1, 0]);
    await expectFits(visit);
    await visit.open(`rights?seller=${seller}`);
    await visit.sees(isKorean ? "쓰지 않는 권한도" : "No right is unused");
    await expectFits(visit);
    await visit.open(`privacy-policy?seller=${seller}`);
    await visit.sees(isKorean ? "아직 공개한 처리방침이 없습니다" : "You have published none yet");
    expect(await page.getByLabel(label).inputValue()).toBe(seller);
    await page.reload();
    await visit.sees(isKorean ? "아직 공개한 처리방침이 없습니다" : "You have published none yet");
    await expectFits(visit);
  });
});

describe.skipIf(browser === undefined)("pages/privacy-policy", PATIENCE, () => {
  it.each(READERS)(
    "writes, shows and publishes a policy, and what changed in it, in %s at %i pixels",
    async (language, width) => {
      const isKorean = language === "ko";
      const seller = `S-${language}`;
      const visit = await visitAs(`staff/owner/${seller}/owner`, language, width);
      const { page } = visit;
      const publish = page.getByRole("button", { name: isKorean ? "공개하기" : "Publish", exact: true });
      const officer = page.getByLabel(
        isKorean ? "개인정보 보호책임자와 연락처" : "Privacy officer, and how to reach them",
      );
      await visit.open("privacy-policy");
      await visit.sees(isKorean ? "아직 공개한 처리방침이 없습니다" : "You have published none yet");
      await visit.sees(isKorean ? /아직 빈 칸: 개인정보 보호책임자/ : /Still empty: Privacy officer/);
      expect(await publish.first().isDisabled()).toBe(true);
      await expectFits(visit);
      await officer.fill("개인정보팀 02-123-4567");
      await picture(visit, `privacy-policy-${language}`);
      await officer.fill(`개인정보팀 ${NAUGHTY}`);
      await page.getByRole("tab", { name: isKorean ? "미리보기" : "Preview" }).click();
      await page.locator("article").getByText("<img src=x").waitFor();
      await expectFits(visit);
      await publish.click();
      await page.locator("dialog button.main").click();
      await visit.sees(isKorean ? "제1판이 공개되어 있습니다." : "Version 1 is published.");
      // The proof has become too old for a change while somebody wrote: what they wrote is still there.
      shop.clock.now += 10 * MINUTE;
      await page.getByRole("tab", { name: isKorean ? "쓰기" : "Write" }).click();
      await officer.fill("새 개인정보팀");
      await publish.click();
      await page.locator("dialog button.main").click();
      const code = isKorean ? "인증번호 여섯 자리" : "Six-digit code";
      await page.getByLabel(code).waitFor();
      await expectFits(visit);
      await visit.enter(code, totpCode(visit.secret ?? "", shop.clock.now));
      await visit.sees(isKorean ? "제2판이 공개되어 있습니다." : "Version 2 is published.");
      await page.getByRole("tab", { name: isKorean ? "이력" : "Versions" }).click();
      await visit.press(isKorean ? "제1판과 비교" : "Compare with version 1");
      await page.locator("ins").getByText("새 개인정보팀").waitFor();
      await page.locator("del").getByText("<img src=x").waitFor();
      await expectFits(visit);
      const open = await fetch(`http://127.0.0.1:${port}/privacy/published/privacy-policies/${seller}`);
      expect(await open.text()).toContain("새 개인정보팀");
    },
  );

  it("keeps what is written where nobody proves anything, and takes a draft over it when it is told to", async () => {
    const visit = await visitAs("staff/owner/S-kept/owner", "ko", 1280);
    const { page } = visit;
    const sections = Object.fromEntries(PRIVACY_SECTIONS.map((name) => [name, "해당 없음"]));
    await shop.garim.registers.policies.publish({ sellerId: "S-kept", title: "상점", sections }, KEEPER);
    await visit.open("privacy-policy");
    await visit.sees("공개된 판과 같습니다.");
    await visit.press("규칙과 대장으로 초안 다시 채우기");
    await page.locator("dialog button.main").click();
    const purposes = page.getByLabel("개인정보의 처리 목적");
    // As the register has it.
    await expect.poll(() => purposes.inputValue()).toContain("purpose 적음");
    expect(await page.getByLabel("개인정보 보호책임자와 연락처").inputValue()).toBe("해당 없음");
    await purposes.fill("배송");
    shop.clock.now += 10 * MINUTE;
    await visit.press("공개하기");
    await page.locator("dialog button.main").click();
    await page.getByLabel("인증번호 여섯 자리").waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".toast.wrong").waitFor();
    expect(await purposes.inputValue()).toBe("배송");
  });
});

describe.skipIf(browser === undefined)("the keyboard", PATIENCE, () => {
  it("opens the rest of the menu, and goes through tabs with the arrow keys", async () => {
    const visit = await visitAs("staff/keys/S-keys/owner", "ko", 1280);
    const { page } = visit;
    await visit.open("flows");
    await visit.tabTo("더 보기");
    await page.keyboard.press("Enter");
    await visit.tabTo("처리방침");
    await page.keyboard.press("Enter");
    await visit.isAt("privacy-policy");
    const tab = (name: string) => page.getByRole("tab", { name });
    await tab("쓰기").waitFor();
    await visit.tabTo("쓰기");
    for (const [key, name] of [
      ["ArrowRight", "미리보기"],
      ["ArrowRight", "이력"],
      ["ArrowRight", "쓰기"],
      ["ArrowLeft", "이력"],
      ["ArrowLeft", "미리보기"],
    ] as const) {
      await page.keyboard.press(key);
      expect(await page.evaluate("document.activeElement.textContent")).toBe(name);
      expect(await page.locator('[role="tab"][aria-selected="true"]').allTextContents()).toEqual([name]);
      const panel = page.getByRole("tabpanel", { name });
      await panel.waitFor();
    }
    await page.locator("article").waitFor();
    // One step leads from all the tabs on into what the open one shows.
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.closest('[role=tabpanel]') !== null")).toBe(true);
  });
});

describe.skipIf(browser === undefined)("pages/flows", PATIENCE, () => {
  it.each([
    ["ko", 1280, ["나갈 수 있음", "나가지 않음", "빠진 것: 이전되는 국가, 판단 근거 자료", "모든 판매자"]],
    [
      "en",
      360,
      ["Data may go", "No data goes", "Lacking: country, what shows that it is of this kind", "every seller"],
    ],
  ] as const)(
    "shows what is on file and what is lacking, in %s at %i pixels",
    async (language, width, words) => {
      const visit = await visitAs(`staff/flora-${language}/S1/owner`, language, width);
      await visit.open("flows");
      for (const text of words) await visit.sees(text);
      // Another seller's is none of theirs.
      expect(await visit.page.locator("main").textContent()).not.toContain("S2");
      await visit.page.locator("main summary").first().click();
      await visit.sees("Cloud US Inc.");
      await expectFits(visit);
      await picture(visit, `flows-${language}`);
      await visit.page.locator("main summary").last().click();
      await visit.sees("<img src=x");
    },
  );

  it.each(READERS)(
    "lets an owner write down where the own shop's data goes, and end it, in %s at %i pixels",
    async (language, width) => {
      const isKorean = language === "ko";
      const seller = `S-f-${language}`;
      const visit = await visitAs(`staff/fran/${seller}/owner`, language, width);
      const { page } = visit;
      await visit.open("flows");
      // What the marketplace hands on is not theirs to change.
      expect(await page.locator("li.card").getByRole("button").count()).toBe(0);
      await visit.press(isKorean ? "항목 더하기" : "Add an entry");
      const dialog = page.locator("dialog");
      await dialog.getByLabel(isKorean ? "받는 쪽 아이디" : "Recipient's id").fill("label-printer");
      await dialog.getByLabel(isKorean ? "시작하는 날" : "First day").fill("2026-11-01");
      for (const item of FLOW_ITEMS.outsourcing)
        await dialog.getByLabel(FLOW_ITEM_WORDS[item][language], { exact: true }).fill(`${item} ${NAUGHTY}`);
      await expectFits(visit);
      await dialog.locator("button.main").click();
      const card = page.locator("li.card").filter({ hasText: "label-printer" });
      await card.getByText(isKorean ? /빠진 것: 판단 근거/ : /Lacking: what shows/).waitFor();
      await card.getByRole("button", { name: isKorean ? /^고치기/ : /^Change/ }).click();
      await dialog.getByLabel(isKorean ? "자료가 있는 곳" : "Where the papers are").fill("계약 7호");
      await dialog.locator("button.main").click();
      await card.getByText(isKorean ? "나갈 수 있음" : "Data may go").waitFor();
      const name = {
        from: { kind: "seller", id: seller },
        to: { kind: "tool", id: "label-printer" },
      } as const;
      const find = () => shop.garim.registers.flows.find({ ...name, isOverseas: false });
      await expect.poll(() => find()?.evidence).toMatchObject({ business: "sender", document: "계약 7호" });
      await expectFits(visit);
      await card.getByRole("button", { name: isKorean ? /^끝내기/ : /^End/ }).click();
      await page.locator("dialog button.danger").click();
      await card.getByText(isKorean ? "나가지 않음" : "No data goes").waitFor();
      await expect.poll(() => find()?.endedAt).toBe(shop.clock.now);
    },
  );

  it.each(READERS)(
    "keeps what was signed with tools: an owner's contracts, an operator's agreements, in %s at %i pixels",
    async (language, width) => {
      const isKorean = language === "ko";
      const [seller, tool] = [`S-k-${language}`, `tool-${language}`];
      const { register } = shop.garim.registers;
      const owner = await visitAs(`staff/kate/${seller}/owner`, language, width);
      const { page } = owner;
      await owner.open("flows");
      // What the marketplace signed is none of theirs.
      expect(await page.getByRole("tab").count()).toBe(2);
      await page.getByRole("tab", { name: isKorean ? "위탁 계약" : "Contracts" }).click();
      await owner.sees(isKorean ? "적힌 위탁 계약이 없습니다." : "No contract is on file.");
      await owner.press(isKorean ? "위탁 계약 더하기" : "Add a contract");
      const dialog = page.locator("dialog");
      await dialog.getByLabel(isKorean ? "셀러툴 아이디" : "seller tool's id").fill(tool);
      await dialog.getByLabel(isKorean ? "위탁 업무" : "Tasks").fill(`송장 출력\n${NAUGHTY}`);
      await dialog.getByLabel(isKorean ? "재위탁" : "Passed on to").fill("클라우드 / 보관");
      await dialog.getByLabel(isKorean ? "맺은 날" : "Signed on").fill("2026-01-02");
      await dialog.getByLabel(isKorean ? "자료가 있는 곳" : "Where the papers are").fill("계약 9호");
      await expectFits(owner);
      await dialog.locator("button.main").click();
      // Without a country it is not taken, and what was typed is still there.
      await owner.sees(/ISO 3166-1/);
      await dialog.getByLabel(isKorean ? "재위탁" : "Passed on to").fill("클라우드 / 보관 / kr");
      await dialog.locator("button.main").click();
      const row = page.locator("tbody tr").filter({ hasText: tool });
      await row.getByText(isKorean ? "유효" : "In force", { exact: true }).waitFor();
      expect(register.contract(seller, tool)).toMatchObject({
        subProcessors: [{ name: "클라우드", task: "보관", country: "KR" }],
        document: "계약 9호",
        endsAt: null,
      });
      await expectFits(owner);
      await row.getByRole("button", { name: isKorean ? /^끝내기/ : /^End/ }).click();
      await page.locator("dialog button.danger").click();
      await row.getByText(isKorean ? "유효하지 않음" : "Not in force").waitFor();
      await expect.poll(() => register.contract(seller, tool)?.endedAt).toBe(shop.clock.now);
      const operator = await visitAs(`operator/otto-${language}`, language, width);
      await operator.open("flows");
      await operator.page.getByRole("tab", { name: isKorean ? "API 이용 계약" : "API agreements" }).click();
      await operator.press(isKorean ? "API 이용 계약 더하기" : "Add an agreement");
      const paper = operator.page.locator("dialog");
      await paper.getByLabel(isKorean ? "셀러툴 아이디" : "seller tool's id").fill(tool);
      await paper.getByLabel(isKorean ? "계약서 판" : "Version").fill("2026-11");
      await paper.getByLabel(isKorean ? "자료가 있는 곳" : "Where the papers are").fill("협약 3호");
      await paper.locator("button.main").click();
      await operator.page.locator("tbody tr").filter({ hasText: tool }).getByText("협약 3호").waitFor();
      expect(register.agreement(tool)).toMatchObject({ version: "2026-11", endedAt: null });
      await expectFits(operator);
    },
  );

  it("is not for those who only ship", async () => {
    const visit = await visitAs("staff/kim/S1/shipper", "ko", 1280);
    await visit.open("flows");
    await visit.sees("볼 수 없습니다");
    const menu = visit.page.getByRole("navigation");
    await menu.getByText("더 보기").click();
    expect(await menu.getByRole("link", { name: "제공·위탁" }).count()).toBe(0);
    expect(await menu.getByRole("link", { name: "교육" }).count()).toBe(1);
  });
});

describe.skipIf(browser === undefined)("pages/my-requests and pages/requests", PATIENCE, () => {
  it.each(READERS)(
    "take a buyer's request, and the owner's answer back to the buyer, in %s at %i pixels",
    async (language, width) => {
      const isKorean = language === "ko";
      const person = personOf(port, `buyer/b-${language}`, shop.clock.now);
      const buyer = await openVisit(browser as Browser, { port, person, language, width });
      visits.push(buyer);
      await buyer.open("my-requests");
      const send = buyer.page.getByRole("button", { name: isKorean ? "요구하기" : "Send the request" });
      expect(await send.isDisabled()).toBe(true);
      await buyer.page.locator("select").selectOption("deletion");
      const asked = isKorean || IS_PICTURING ? "탈퇴하니 예전 주소를 지워 주세요." : NAUGHTY;
      await buyer.page.locator("textarea").fill(asked);
      await send.click();
      await buyer.sees(isKorean ? "답을 기다림" : "Waiting");
      await expectFits(buyer);
      const visit = await visitAs(`operator/oscar-${language}`, language, width);
      await visit.open("requests");
      const open = visit.page.getByRole("button", { name: isKorean ? /^열어 보기/ : /^Open/ });
      await open.first().waitFor();
      await expectFits(visit);
      await picture(visit, `requests-${language}`);
      await open.first().click();
      const dialog = visit.page.locator("dialog");
      await dialog.getByText(asked).waitFor();
      await dialog.locator("select").selectOption("partly");
      await dialog.locator("textarea").fill("배송 기록은 법에 따라 남기고 나머지는 지웠습니다.");
      await expectFits(visit);
      await dialog.getByRole("button", { name: isKorean ? "답하기" : "Send the answer" }).click();
      await visit.sees(isKorean ? "답을 기다리는 요구가 없습니다." : "No request waits for an answer.");
      await buyer.open("my-requests");
      await buyer.sees("나머지는 지웠습니다.");
      await buyer.sees(isKorean ? "일부 들어줌" : "Granted in part");
      await picture(buyer, `my-requests-${language}`);
      expect(await readTraces(visit)).not.toContain(`b-${language}`);
    },
  );
});

describe.skipIf(browser === undefined)("pages/rights", PATIENCE, () => {
  it.each(READERS)("lends a role once another agrees, in %s at %i pixels", async (language, width) => {
    const isKorean = language === "ko";
    const name = `vera-${language}`;
    const viewer = await visitAs(`staff/${name}/S-r-${language}/viewer`, language, width);
    await viewer.open("rights");
    const why = isKorean || IS_PICTURING ? "연말 물량 발송" : NAUGHTY;
    await viewer.page.getByLabel(isKorean ? "이유" : "What for").fill(why);
    await expectFits(viewer);
    await viewer.press(isKorean ? "허락 요청" : "Ask for it");
    await viewer.sees(isKorean ? "허락을 기다림" : "Waiting");
    expect(
      await viewer.page.getByRole("heading", { name: isKorean ? "빌린 권한" : "Borrowed roles" }).count(),
    ).toBe(0);
    const owner = await visitAs(`staff/olga-${language}/S-r-${language}/owner`, language, width);
    await owner.open("rights");
    const row = owner.page.locator("tbody tr").filter({ hasText: why });
    await row.getByRole("button").first().waitFor();
    await expectFits(owner);
    await picture(owner, `rights-${language}`);
    await row.getByRole("button", { name: isKorean ? /^허락/ : /^Agree/ }).click();
    await row.getByText(isKorean ? "쓰는 중" : "In use").waitFor();
    await viewer.open("rights");
    await viewer.sees(isKorean ? "쓰는 중" : "In use");
    await viewer.press(isKorean ? "그만두기" : "Give it up");
    await viewer.sees(isKorean ? "빌릴 권한" : "Hours");
  });
});

describe.skipIf(browser === undefined)("pages/retention", PATIENCE, () => {
  it.each(READERS)(
    "lists what is due, destroys it, and has another person confirm it, in %s at %i pixels",
    async (language, width) => {
      const isKorean = language === "ko";
      const id = isKorean || IS_PICTURING ? `line-${language}` : `line-en ${NAUGHTY}`;
      kept.set(id, shop.clock.now - 400 * DAY);
      const operator = await visitAs(`operator/rita-${language}`, language, width);
      await operator.open("retention");
      const due = operator.page.locator("tbody tr").filter({ hasText: id });
      await due.getByText(isKorean ? "기한이 지남" : "Overdue").waitFor();
      await expectFits(operator);
      await operator.press(isKorean ? "지금 처리하기" : "Do it now");
      await operator.page.locator("dialog button.danger").click();
      await operator.sees(isKorean ? "1건을 처리했습니다." : "1 done;");
      await due.waitFor({ state: "detached" });
      expect(kept.has(id)).toBe(false);
      expect(
        await operator.page.getByRole("button", { name: isKorean ? /^확인하기/ : /^Confirm/ }).count(),
      ).toBe(0);
      const auditor = await visitAs(`auditor/adam-${language}`, language, width);
      await auditor.open("retention");
      await auditor.page.getByRole("button", { name: isKorean ? /^확인하기/ : /^Confirm/ }).waitFor();
      await expectFits(auditor);
      await picture(auditor, `retention-${language}`);
      await auditor.press(isKorean ? /^확인하기/ : /^Confirm/);
      await auditor.enter(isKorean ? "확인한 내용" : "What you looked at", `목록과 백업을 봄 ${PROOF}`);
      await auditor.sees(`목록과 백업을 봄 ${PROOF}`);
      await expectFits(auditor);
    },
  );

  it("stops destroying before the next page when it is told to", async () => {
    const ids = ["1", "2", "3"].map((no) => `stop-${no}`);
    for (const id of ids) kept.set(id, shop.clock.now - 400 * DAY);
    pageSize = 1;
    let release: () => void = () => undefined;
    gate = new Promise((resolve) => {
      release = resolve;
    });
    onTestFinished(() => {
      release();
      pageSize = 100;
      for (const id of ids) kept.delete(id);
    });
    const visit = await visitAs("operator/stan", "en", 1280);
    const { page } = visit;
    await visit.open("retention");
    await visit.press("Do it now");
    await page.locator("dialog button.danger").click();
    const progress = page.locator(".progress");
    await progress.waitFor();
    expect(await page.getByRole("button", { name: "Do it now" }).isDisabled()).toBe(true);
    await expectFits(visit);
    await progress.getByRole("button", { name: "Cancel" }).click();
    await progress.getByText("It is being stopped.").waitFor();
    release();
    await visit.sees("Cancelled. 1 were done before that");
    expect([...kept.keys()].filter((id) => ids.includes(id))).toEqual(ids.slice(1));
    await progress.waitFor({ state: "detached" });
  });

  it.each(READERS)(
    "holds records and releases them, and keeps schedules, in %s at %i pixels",
    async (language, width) => {
      const isKorean = language === "ko";
      const id = `held-${language}`;
      const visit = await visitAs(`operator/hana-${language}`, language, width);
      const { page } = visit;
      await visit.open("retention");
      await visit.press(isKorean ? "보존 명령 걸기" : "Place a hold");
      await page.locator("dialog select").selectOption("orderLine");
      await page.locator("dialog textarea").fill(`${id}\nline-other`);
      await expectFits(visit);
      await visit.enter(isKorean ? "까닭" : "Why", `소송 7 ${NAUGHTY}`);
      const row = page.locator("tbody tr").filter({ hasText: id });
      await row.getByText("소송 7 <img").waitFor();
      const [held] = (await shop.garim.registers.retention.holds(true)).slice(-1);
      expect(held?.recordIds).toEqual([id, "line-other"]);
      await row.getByRole("button").click();
      await visit.enter(isKorean ? "까닭" : "Why", "판결이 남");
      await row.waitFor({ state: "detached" });
      await visit.press(isKorean ? "종류 더하기" : "Add a kind");
      const fields = isKorean
        ? ["기록 종류의 이름", "한국어 이름", "영어 이름", "목적이 끝나는 때", "파기 방법(백업 포함)"]
        : [
            "Name of the kind of record",
            "Korean name",
            "English name",
            "What ends its purpose",
            "How it is destroyed, backups included",
          ];
      for (const [i, label] of fields.entries())
        await page.getByLabel(label, { exact: true }).fill(`review-${language}-${i}`);
      await page.locator("dialog .check").first().click();
      await page
        .getByLabel(isKorean ? "따로 보관하는 곳" : "Where that lies apart", { exact: true })
        .fill("거래기록 DB");
      await expectFits(visit);
      await page.locator("dialog button.main").click();
      const filed = page.locator("tbody tr").filter({ hasText: `review-${language}-0` });
      await filed.getByText("거래기록 DB").waitFor();
      const { schedules } = shop.garim.registers;
      await expect.poll(() => schedules.find(`review-${language}-0`)?.keeps).toEqual(["contract"]);
      await filed.getByRole("button", { name: isKorean ? /^끝내기/ : /^End/ }).click();
      await page.locator("dialog button.danger").click();
      await filed.waitFor({ state: "detached" });
    },
  );

  it("is not for sellers", async () => {
    const visit = await visitAs("staff/sella/S1/viewer", "ko", 1280);
    await visit.open("retention");
    await visit.sees("볼 수 없습니다");
  });
});

describe.skipIf(browser === undefined)("pages/waiting", PATIENCE, () => {
  it.each(READERS)(
    "shows what waits and what nobody does, leads to where it is done, and to the plan, in %s at %i pixels",
    async (language, width) => {
      const isKorean = language === "ko";
      const [toolId, gone] = [`late-${language}`, `gone-${language}`];
      const { purges, retention } = shop.garim.registers;
      const debt = { sellerId: "S1", orderId: "o-1", purgeBy: shop.clock.now - DAY, isClear: true };
      await purges.owe(toolId, [debt, { ...debt, orderId: "o-2" }], shop.clock.now - 2 * DAY);
      const receipt = { toolId, sellerId: "S1", orderIds: ["o-2"], destroyedAt: shop.clock.now };
      await purges.confirm({ ...receipt, method: NAUGHTY }, KEEPER);
      kept.set(gone, shop.clock.now - 400 * DAY);
      await retention.run({ recordType: SCHEDULE.recordType }, KEEPER);
      const visit = await visitAs(`operator/wanda-${language}`, language, width);
      const { page } = visit;
      await visit.open("waiting");
      await visit.sees("duties.onDuties");
      const row = page.locator("tbody tr").filter({ hasText: toolId });
      await row.getByText(isKorean ? "기한이 지남" : "Overdue").waitFor();
      await expectFits(visit);
      await picture(visit, `waiting-${language}`);
      const plan = await page.getByRole("link", { name: isKorean ? /내부 관리계획/ : /management plan/ });
      const written = await page.request.get(
        new URL((await plan.getAttribute("href")) ?? "", page.url()).href,
      );
      expect(await written.text()).toContain("개인정보 내부 관리계획");
      await row.getByRole("link").click();
      const owed = page.locator("tbody tr").filter({ hasText: toolId });
      await owed.getByText(isKorean ? "기한이 지난 주문 1건" : "1 of them late").waitFor();
      await visit.press(isKorean ? "셀러툴에 파기 요청하기" : "Call the tools");
      await page.locator("dialog button.main").click();
      await visit.sees(isKorean ? /주문 \d+건의 파기를 요청했습니다/ : /Called for \d+ orders/);
      expect(called).toContain(toolId);
      await page.getByLabel(isKorean ? "받은 파기 확인 보기" : "Show receipts").check();
      await owed.getByText("1", { exact: true }).waitFor();
      await page.getByLabel(isKorean ? "기록" : "Record", { exact: true }).fill(gone);
      await visit.press(isKorean ? "찾기" : "Find");
      await visit.sees(isKorean ? "확인을 기다림" : "waits to be confirmed");
      await page.getByLabel(isKorean ? "기록" : "Record", { exact: true }).fill("nothing");
      await visit.press(isKorean ? "찾기" : "Find");
      await visit.sees(isKorean ? "확인서가 없습니다." : "There is no certificate");
      await expectFits(visit);
      await visit.open("held-texts");
      await visit.sees(isKorean ? "막은 답글이 없습니다." : "No reply was held.");
      await expectFits(visit);
      expect(await readTraces(visit)).not.toContain(toolId);
    },
  );
});

describe.skipIf(browser === undefined)("pages/self-check", PATIENCE, () => {
  it.each(READERS)(
    "tells what is known, and takes an answer to what is not, in %s at %i pixels",
    async (language, width) => {
      const isKorean = language === "ko";
      const visit = await visitAs(`staff/sara-${language}/S-c-${language}/owner`, language, width);
      const { page } = visit;
      await visit.open("self-check");
      await visit.sees(isKorean ? "설정과 기록으로 앎" : "Known from configuration and log");
      await expectFits(visit);
      await picture(visit, `self-check-${language}`);
      const open = page
        .locator("li.card")
        .filter({ has: page.getByRole("button") })
        .first();
      const question = (await open.locator("h2").textContent()) ?? "";
      const counts = page.locator("p.row strong");
      const before = await counts.textContent();
      await open.getByRole("button", { name: isKorean ? /^예/ : /^Yes/ }).click();
      await visit.enter(
        isKorean ? "그렇게 답하는 이유나 자료" : "Why, or what shows it",
        `문서함 7 ${NAUGHTY}`,
      );
      await expect.poll(() => counts.textContent()).not.toBe(before);
      expect(question).not.toBe("");
      await visit.sees(new RegExp(`sara-${language}`));
      await expectFits(visit);
    },
  );
});
