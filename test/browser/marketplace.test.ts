import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMarketplace } from "@garim/example-marketplace";
import { openWorkbook } from "@garim/workbook";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startChromiumOrSkip } from "../services/chromium.ts";
import { buildPages, expectFits } from "./console-visit.ts";
import { nextCode, openPerson, type Person, type Stage, scanSecret } from "./staff-person.ts";

/** A browser on a busy machine takes its time. */
const PATIENCE = { timeout: 300_000 };

const browser = await startChromiumOrSkip("the marketplace's pages in a real browser");
afterAll(() => browser?.close());

const MINUTE = 60_000;
const DIGITS = "인증번호 여섯 자리";

describe.skipIf(browser === undefined)("the marketplace's pages, in Korean", PATIENCE, () => {
  const dataDir = mkdtempSync(join(tmpdir(), "garim-pages-"));
  const clock = { now: Date.parse("2026-11-20T10:00:00+09:00") };
  const people: Person[] = [];
  /** Of whoever has enrolled an authenticator app, by the log-in. */
  const secrets = new Map<string, string>();
  let stage: Stage;

  beforeAll(async () => {
    if (browser === undefined) throw new Error("left out");
    await buildPages();
    const market = await startMarketplace({ port: 0, dataDir, orders: 50, clock: () => clock.now });
    stage = { browser, market, clock };
  }, PATIENCE.timeout);
  afterEach(async () => {
    for (const person of people.splice(0)) {
      expect(person.complaints).toEqual([]);
      await person.close();
    }
  }, PATIENCE.timeout);
  afterAll(async () => {
    await stage?.market.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function open(width?: number): Promise<Person> {
    const person = await openPerson(stage, width);
    people.push(person);
    return person;
  }

  /** Logs in for the first time and enrols an authenticator app. */
  async function enrol(person: Person, user: string): Promise<Enrolled> {
    await person.logIn(user);
    await person.isAt("/privacy/pages/second-factor");
    await person.press("인증 앱 등록하기");
    const secret = await scanSecret(person.page);
    await person.enter(DIGITS, nextCode(stage, secret));
    secrets.set(user, secret);
    const codes = person.page.locator(".codes code");
    await codes.first().waitFor();
    return { secret, codes: await codes.allTextContents() };
  }

  /** As {@link enrol}, and goes on to the page one came for. */
  async function enterFirst(person: Person, user: string): Promise<Enrolled> {
    const enrolled = await enrol(person, user);
    await person.press("보관했습니다, 계속");
    await person.isAt("/orders");
    return enrolled;
  }

  async function enterAgain(person: Person, user: string, secret: string): Promise<void> {
    await person.logIn(user);
    await person.isAt("/privacy/pages/second-factor");
    await person.enter(DIGITS, nextCode(stage, secret));
    await person.isAt("/orders");
  }

  it("downloads orders: purpose, password, progress, the file once, the history, and that it is destroyed", async () => {
    const staff = await open();
    await staff.page.goto("/log-in");
    await enterFirst(staff, "onnuri-downloader");
    await staff.press("내려받기");
    await staff.isAt("/downloads");
    await staff.page.getByLabel("사유(구체적으로)").fill("오늘 발송분 송장 출력");
    await staff.page.getByLabel("파일 비밀번호").fill("1234");
    await staff.press("파일 만들기");
    await staff.sees("파일 비밀번호가 너무 약합니다.");
    await staff.page.getByLabel("파일 비밀번호").fill("Tangerine-orchard 7 on Jeju");
    await staff.sees("매우 강함");
    await staff.press("파일 만들기");
    const [file] = await Promise.all([
      staff.page.waitForEvent("download"),
      staff.press("파일 받기(한 번만)"),
    ]);
    expect(file.suggestedFilename()).toBe("주문-2026-11-20.xlsx");
    const book = await openWorkbook(await file.path(), "Tangerine-orchard 7 on Jeju");
    expect([...(book.sheets[1]?.rows() ?? [])][0]?.slice(0, 2)).toEqual(["주문번호", "상품"]);
    await staff.press("파기했습니다");
    await staff.page.locator("dialog button.main").click();
    await staff.sees("파기 확인");
  });

  it("[V6.3.3] sends staff to enrolment, shows the QR code and recovery codes, and then the orders", async () => {
    const staff = await open();
    await staff.page.goto("/order?no=1");
    await staff.isAt("/log-in");
    await staff.sees("로그인이 필요합니다.");
    const { secret, codes } = await enrol(staff, "hanbit-shipper");
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(new Set(codes).size).toBe(10);
    await staff.press("보관했습니다, 계속");
    await staff.isAt("/orders");
    await staff.page.locator(".lines > li dl").first().waitFor();
  });

  it("comes back to the page that was asked for, and never to another site", async () => {
    const staff = await open();
    await staff.logIn("hanbit-claims");
    await staff.isAt("/privacy/pages/second-factor");
    await staff.page.goto("/claims?type=exchange");
    await staff.isAt("/privacy/pages/second-factor");
    await staff.press("인증 앱 등록하기");
    const secret = await scanSecret(staff.page);
    await staff.enter(DIGITS, nextCode(stage, secret));
    await staff.press("보관했습니다, 계속");
    await staff.page.waitForURL("**/claims?type=exchange");
    for (const elsewhere of ["https://evil.example", "//evil.example", "/\\evil.example"]) {
      await staff.page.goto(`/continue?${new URLSearchParams({ return: elsewhere })}`);
      await staff.isAt("/orders");
    }
  });

  it("says what is wrong where the keyboard is, and takes the next code", async () => {
    const staff = await open();
    await staff.logIn("hanbit-downloader");
    await staff.press("인증 앱 등록하기");
    const secret = await scanSecret(staff.page);
    await staff.enter(DIGITS, "abc");
    await staff.sees("인증번호가 맞지 않습니다.");
    expect(await staff.page.evaluate("document.activeElement.autocomplete")).toBe("one-time-code");
    await staff.enter(DIGITS, nextCode(stage, secret));
    await staff.press("보관했습니다, 계속");
    await staff.isAt("/orders");
  });

  it.each([
    ["dasom-owner", "as browsers do today", ""],
    ["maru-owner", "in a browser that does not read WebAuthn's JSON", WITHOUT_JSON],
  ])("[V6.3.3] adds a passkey and proves with it: %s, %s", async (user, _, script) => {
    const staff = await open();
    await staff.page.addInitScript(script);
    await enterFirst(staff, user);
    await staff.press("보안 설정");
    await staff.press("패스키 추가");
    await staff.enter("이름", "지문");
    await staff.sees("지문");
    await staff.press("로그아웃");
    await staff.isAt("/privacy/pages/ended");
    await staff.logIn(user);
    await staff.isAt("/privacy/pages/second-factor");
    await staff.press("패스키로 인증하기");
    await staff.isAt("/orders");
  });

  it("[V6.3.3] takes a passkey as the first factor, with recovery codes beside it, and lets in by it alone", async () => {
    const staff = await open();
    await staff.logIn("maru-viewer");
    await staff.isAt("/privacy/pages/second-factor");
    await staff.press("패스키 등록하기");
    const codes = staff.page.locator(".codes code");
    await codes.first().waitFor();
    expect(new Set(await codes.allTextContents()).size).toBe(10);
    await staff.press("보관했습니다, 계속");
    await staff.isAt("/orders");
    await staff.page.locator(".lines > li dl").first().waitFor();
    await staff.press("로그아웃");
    await staff.isAt("/");
    await staff.logIn("maru-viewer");
    await staff.isAt("/privacy/pages/second-factor");
    await staff.page.getByText("복구 코드로 인증하기").waitFor();
    expect(await staff.page.getByLabel(DIGITS, { exact: true }).count()).toBe(0);
    await staff.press("패스키로 인증하기");
    await staff.isAt("/orders");
  });

  it("[pipa/29] shows what buyers wrote with nobody's data in it, and holds a reply that names the buyer", async () => {
    const buyer = await open(390);
    await buyer.logIn("buyer-1");
    await buyer.isAt("/my");
    const lines = await buyer.page.evaluate<readonly OwnLine[]>(OWN_LINES);
    const { line, orderNo, name, seller } = lines.find(isToReview) ?? lines[0] ?? NO_LINE;
    const card = buyer.page.locator(".lines > li").filter({ hasText: orderNo }).first();
    const form = card.locator("form").filter({ has: buyer.page.getByLabel("내용(누구나 봅니다)") });
    expect(line).not.toBe("");
    await form.getByLabel("내용(누구나 봅니다)").fill(`포장이 꼼꼼해요 <img src=x> ${name} 010-1234-5678`);
    await form.getByRole("button", { name: "올리기" }).click();
    await expect.poll(() => form.getByLabel("내용(누구나 봅니다)").inputValue()).toBe("");
    await buyer.page.goto("/reviews");
    const review = (page: Page) => page.locator("li.card").filter({ hasText: "포장이 꼼꼼해요 <img" });
    await review(buyer.page).waitFor();
    expect(await review(buyer.page).textContent()).not.toMatch(new RegExp(`${name}|1234-5678`));
    // What others may do is not offered.
    expect(await review(buyer.page).locator("form").count()).toBe(0);
    await expectFits(buyer);
    const staff = await open();
    await enterAs(staff, `${seller}-claims`);
    await staff.page.goto("/reviews");
    const reply = review(staff.page).getByLabel("판매자 답변");
    await reply.fill(`${name}님, 감사합니다`);
    await staff.page.keyboard.press("Tab");
    await staff.page.keyboard.press("Enter");
    await staff.sees("이렇게 올릴 수 있습니다: 고객님, 감사합니다");
    await expectFits(staff);
    await reply.fill("고객님, 감사합니다");
    await review(staff.page).getByRole("button", { name: "답변하기" }).click();
    await review(staff.page)
      .getByText(/: 고객님, 감사합니다$/)
      .waitFor();
    const anybody = await open(360);
    await anybody.page.goto("/reviews");
    await review(anybody.page)
      .getByText(/: 고객님, 감사합니다$/)
      .waitFor();
    await expectFits(anybody);
  });

  it("[V7.5.2] ends another session from the list", async () => {
    const [desk, phone] = [await open(), await open(390)];
    const { secret } = await enterFirst(desk, "dasom-shipper");
    await enterAgain(phone, "dasom-shipper", secret);
    await desk.page.goto("/privacy/pages/security");
    await desk.sees("이 접속");
    await desk.page.getByRole("button", { name: /^접속 끝내기/ }).click();
    await desk.page.getByRole("button", { name: /^접속 끝내기/ }).waitFor({ state: "detached" });
    clock.now += 1_000;
    await phone.page.goto("/orders");
    await phone.isAt("/log-in");
    await phone.sees("접속 목록에서 이 접속을 끝냈습니다.");
    await desk.page.goto("/orders");
    await desk.page.locator(".lines > li dl").first().waitFor();
  });

  it("[S2 V7.3.1] warns before the session ends, stays when asked to, and leaves once it has ended", async () => {
    const staff = await open();
    await enterFirst(staff, "onnuri-viewer");
    const stay = staff.page.getByRole("button", { name: "로그인 유지" });
    expect(await stay.isVisible()).toBe(false);
    clock.now += 29 * MINUTE;
    await staff.page.evaluate(LOOK_AGAIN);
    await stay.click();
    await staff.sees("남은 시간 30:00");
    await stay.waitFor({ state: "hidden" });
    clock.now += 30 * MINUTE;
    await staff.page.evaluate(LOOK_AGAIN);
    await staff.isAt("/log-in");
    await staff.sees("일정 시간 사용하지 않아 접속이 끊겼습니다.");
  });

  it("[V6.5.1] lets in by a recovery code, once", async () => {
    const staff = await open();
    const { codes } = await enterFirst(staff, "dasom-claims");
    const [code = ""] = codes;
    await staff.press("로그아웃");
    await staff.isAt("/");
    await staff.logIn("dasom-claims");
    await staff.page.getByText("복구 코드로 인증하기").click();
    await staff.enter("복구 코드", code.toLowerCase());
    await staff.isAt("/orders");
    await staff.page.goto("/privacy/pages/second-factor");
    await staff.page.getByText("복구 코드로 인증하기").click();
    await staff.enter("복구 코드", code);
    await staff.sees("인증번호가 맞지 않습니다.");
  });

  it("[V6.4.4 V7.4.5] lets an owner reset a member of the staff, who enrols anew", async () => {
    const [owner, viewer] = [await open(), await open()];
    await enterFirst(viewer, "hanbit-viewer");
    const { secret } = await enterFirst(owner, "hanbit-owner");
    await owner.press("담당자 관리");
    await owner.page.getByText("hanbit-owner", { exact: true }).click();
    await owner.sees("본인 계정은 여기서 바꿀 수 없습니다.");
    await owner.page.getByText("hanbit-viewer").click();
    await owner.page.getByRole("button", { name: "접속 끝내기" }).waitFor();
    clock.now += 6 * MINUTE;
    await owner.press("인증 수단 초기화: hanbit-viewer");
    await owner.sees("본인이 맞는지 먼저 확인하세요.");
    await owner.press("취소");
    await owner.press("인증 수단 초기화: hanbit-viewer");
    await owner.page.getByRole("dialog").getByRole("button", { name: "인증 수단 초기화" }).click();
    await owner.isAt("/privacy/pages/second-factor");
    await owner.sees("추가 인증을 한 지 오래되었습니다.");
    await owner.enter(DIGITS, nextCode(stage, secret));
    await owner.isAt("/privacy/pages/staff");
    await owner.page.getByText("hanbit-viewer").click();
    await owner.press("인증 수단 초기화: hanbit-viewer");
    await owner.page.getByRole("dialog").getByRole("button", { name: "인증 수단 초기화" }).click();
    await owner.sees("hanbit-viewer: 인증 수단 초기화 · 처리했습니다.");

    clock.now += 1_000;
    await viewer.page.goto("/orders");
    await viewer.isAt("/log-in");
    await viewer.sees("추가 인증 수단이 바뀌어 접속을 끝냈습니다.");
    await enterFirst(viewer, "hanbit-viewer");
  });

  it("[V7.4.2] lets the operator dismiss somebody, and shows the auditor who did what to whom", async () => {
    const [operator, viewer, auditor] = [await open(), await open(), await open()];
    await viewer.logIn("dasom-viewer");
    await viewer.isAt("/privacy/pages/second-factor");
    await enrol(operator, "operator");
    await operator.page.goto("/privacy/pages/staff");
    await operator.enter("판매자 아이디", "dasom");
    await operator.page.getByText("dasom-viewer").click();
    await operator.press("담당자 제외: dasom-viewer");
    await operator.page.getByRole("dialog").getByRole("button", { name: "담당자 제외" }).click();
    await operator.sees("dasom-viewer: 담당자 제외 · 처리했습니다.");

    await viewer.logIn("dasom-viewer");
    await viewer.sees("업무에서 제외되어 접속할 수 없습니다.");
    await viewer.page.goto("/orders");
    await viewer.isAt("/log-in");

    await enrol(auditor, "auditor");
    await auditor.press("보관했습니다, 계속");
    const row = auditor.page.getByRole("row").filter({ hasText: "담당자 제외" });
    await row.filter({ hasText: "dasom-viewer" }).filter({ hasText: "operator" }).waitFor();
  });

  it("[A4] answers the auditor question by question, and shows a damaged record in its place", async () => {
    const [staff, auditor] = [await open(), await open(390)];
    await enterFirst(staff, "maru-shipper");
    await staff.page.locator(".lines > li dl").first().waitFor();
    await enterAs(auditor, "auditor");
    const { page } = auditor;
    const ask = (value: string) =>
      page.goto(`/privacy/pages/auditor/search?${new URLSearchParams({ ask: "actor", value })}`);
    await ask("nobody");
    await auditor.sees("찾는 기록이 없습니다.");
    await ask("maru-shipper");
    await page.getByRole("row").filter({ hasText: "GET /api/orders" }).first().waitFor();
    await staff.page.evaluate(READ_ORDERS);
    await ask("maru-shipper");
    await auditor.sees("50건을 보고 있습니다.");
    await auditor.press("이전 기록 더 보기");
    await page.getByRole("row").filter({ hasText: "인증 수단 등록" }).first().waitFor();
    const change = (purpose: string) =>
      `update garim.log_record set purpose = '${purpose}' where actor = 'maru-shipper' and purpose is not null`;
    await stage.market.database.query(change("something else"));
    await ask("maru-shipper");
    await auditor.sees("훼손된 기록이 있습니다.");
    await page.getByRole("row").filter({ hasText: "검색 열 변조 (purpose)" }).first().waitFor();
    await stage.market.database.query(change("fulfilment"));
  });

  it("can be used with the keyboard alone", async () => {
    const staff = await open();
    await staff.logIn("maru-claims");
    await staff.isAt("/privacy/pages/second-factor");
    await staff.page.locator("main button").first().waitFor();
    await staff.tabTo("인증 앱 등록하기");
    const secret = await scanSecret(staff.page);
    await staff.page.locator("input:focus").waitFor();
    await staff.page.keyboard.type(nextCode(stage, secret));
    await staff.page.keyboard.press("Enter");
    await staff.page.locator(".codes").waitFor();
    await staff.tabTo("보관했습니다, 계속");
    await staff.isAt("/orders");
    await staff.page.locator(".lines > li dl").first().waitFor();
    await staff.tabTo("보안 설정");
    await staff.isAt("/privacy/pages/security");
    await staff.page.locator("main button").first().waitFor();
    await staff.tabTo("이름 바꾸기");
    await staff.page.locator("input:focus").waitFor();
    await staff.page.keyboard.type("새 이름");
    await staff.page.keyboard.press("Enter");
    await staff.sees("새 이름");
  });

  it.each<[string, readonly string[]]>([
    [
      "onnuri-owner",
      [
        "/",
        "/log-in",
        "/privacy/pages/second-factor",
        "/orders",
        "/claims?type=return",
        "/reviews",
        "/privacy/pages/security",
        "/downloads",
        "/privacy/pages/staff",
      ],
    ],
    ["operator", ["/operator", "/privacy/pages/staff"]],
    ["auditor", ["/privacy/pages/auditor/search"]],
    ["buyer-1", ["/my", "/reviews"]],
  ])("fits on a narrow screen of %s, in both languages", async (user, paths) => {
    const person = await open(360);
    await enterAs(person, user);
    const order = paths.includes("/orders") ? [await firstOrder(person)] : [];
    for (const language of ["en", "ko"]) {
      await person.page
        .context()
        .addCookies([{ name: "garim-language", value: language, url: stage.market.url }]);
      for (const path of [...paths, ...order]) {
        await person.page.goto(path);
        await person.page.locator("main :is(form, .card)").first().waitFor();
        await person.page.locator("header nav").waitFor();
        const width = await person.page.evaluate("document.documentElement.scrollWidth");
        // As it was chosen, whatever the browser prefers: on the market's own pages and on ours.
        const shown = await person.page.evaluate("document.documentElement.lang");
        expect([path, shown, width]).toEqual([path, language, 360]);
      }
    }
  });

  /** Comes in, for the first time or again. */
  async function enterAs(person: Person, user: string): Promise<void> {
    const secret = secrets.get(user);
    const isBuyer = user.startsWith("buyer");
    if (!isBuyer && secret === undefined) return void (await enrol(person, user));
    await person.logIn(user);
    if (secret !== undefined) {
      await person.isAt("/privacy/pages/second-factor");
      // A request with the id from before the proof would be taken for somebody else's.
      await person.page.waitForLoadState("networkidle");
      await person.enter(DIGITS, nextCode(stage, secret));
    }
    await person.page.waitForURL(
      (url) => !["/log-in", "/privacy/pages/second-factor"].includes(url.pathname),
    );
  }

  /** The address of the first order on a list. */
  async function firstOrder({ page }: Person): Promise<string> {
    await page.goto("/orders");
    return (await page.locator('a[href^="/order?"]').first().getAttribute("href")) ?? "";
  }
});

/** A line of the buyer who is logged in, as far as a review needs it. */
interface OwnLine {
  readonly line: string;
  readonly orderNo: string;
  readonly name: string;
  readonly seller: string;
}

const NO_LINE: OwnLine = { line: "", orderNo: "", name: "", seller: "" };

/** Of a seller whose staff for claims no other test enrols by hand. */
const isToReview = ({ seller }: OwnLine): boolean => ["dasom", "maru", "onnuri"].includes(seller);

const OWN_LINES = `fetch("/api/my/orders").then((answer) => answer.json()).then(({ lines }) => lines
  .filter(({ state }) => state !== "unpaid")
  .map(({ id, orderNo, seller, buyer }) => ({ line: id, orderNo, seller, name: buyer.name })))`;

interface Enrolled {
  readonly secret: string;
  readonly codes: readonly string[];
}

/** More often than a page of the access log has records. */
const READ_ORDERS = `Promise.all(Array.from({ length: 50 }, () => fetch("/api/orders")))`;

/** As when somebody comes back to the tab. */
const LOOK_AGAIN = 'document.dispatchEvent(new Event("visibilitychange"))';

/** What browsers of before 2025 lack. */
const WITHOUT_JSON = `delete PublicKeyCredential.parseCreationOptionsFromJSON;
delete PublicKeyCredential.parseRequestOptionsFromJSON;
delete PublicKeyCredential.prototype.toJSON;`;
