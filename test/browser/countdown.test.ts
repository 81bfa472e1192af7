import type { Garim } from "@garim/express";
import type { Express } from "express";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { enrolledPerson, mountPrivacy, openShop, type Person, type Shop } from "../fixtures/shop.ts";
import { startChromiumOrSkip } from "../services/chromium.ts";

const MINUTE = 60_000;

/** A browser on a busy machine takes its time. */
const PATIENCE = { timeout: 180_000 };

const browser = await startChromiumOrSkip("the countdown of a session in a real browser");
afterAll(() => browser?.close());

/** What the strictest host would set: nothing inline, nothing from elsewhere. */
const POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'";

/** Notes what a host's own script would hear. */
const LISTEN = `globalThis.heard = [];
for (const name of ["garim:ending", "garim:ended"])
  document.addEventListener(name, ({ detail }) => heard.push([name, detail.reason]));`;

/** As when somebody comes back to the tab. */
const LOOK_AGAIN = 'document.dispatchEvent(new Event("visibilitychange"))';

const pageOf = (lang: string): string => `<!doctype html><html lang="${lang}"><title>market</title>
<p data-garim-countdown></p><p><span data-garim-countdown></span></p>
<button data-garim-stay><b>stay</b></button>
<script type="module" src="/privacy/session.js"></script>`;

function mount(app: Express, garim: Garim): void {
  mountPrivacy(app, garim);
  app.get("/:lang", (req, res) => {
    res
      .set("Content-Security-Policy", POLICY)
      .type("html")
      .send(pageOf(req.params["lang"] ?? "ko"));
  });
}

/** A person's browser: a context of its own, whose clock the test moves, hours beside the server's. */
interface Visit {
  readonly person: Person;
  readonly context: BrowserContext;
  /** Addresses asked for, method first. */
  readonly asked: string[];
  /** What the browser complained of. */
  readonly complaints: string[];
}

describe.skipIf(browser === undefined)("the countdown of a page", PATIENCE, () => {
  let shop: Shop;
  let port: number;
  let count = 0;
  const visits: Visit[] = [];

  beforeAll(async () => {
    shop = await openShop(mount);
    port = await shop.listen();
  }, PATIENCE.timeout);
  afterEach(async () => {
    for (const { context } of visits.splice(0)) await context.close();
  }, PATIENCE.timeout);
  afterAll(() => shop.close());

  async function visit(): Promise<Visit> {
    const person = await enrolledPerson(shop, port, `staff/tab-${count++}/S1/owner`);
    const context = await (browser as Browser).newContext({ extraHTTPHeaders: identityOf(person) });
    for (const pair of (person.headers["cookie"] ?? "").split("; ")) {
      const [name = "", value = ""] = pair.split("=");
      await context.addCookies([{ name, value, url: `http://127.0.0.1:${port}` }]);
    }
    const time = shop.clock.now - 3 * 60 * MINUTE;
    await context.clock.install({ time });
    // From here on no time passes but what the test lets pass, however busy the machine is.
    await context.clock.pauseAt(time + 1_000);
    const opened: Visit = { person, context, asked: [], complaints: [] };
    context.on("request", (request) =>
      opened.asked.push(`${request.method()} ${new URL(request.url()).pathname}`),
    );
    context.on("console", (message) => message.type() === "error" && opened.complaints.push(message.text()));
    context.on("weberror", (error) => opened.complaints.push(String(error.error())));
    visits.push(opened);
    return opened;
  }

  async function openPage({ context }: Visit, lang = "ko"): Promise<Page> {
    const page = await context.newPage();
    await page.addInitScript(LISTEN);
    await page.goto(`http://127.0.0.1:${port}/${lang}`);
    return page;
  }

  /** Lets time pass for everybody, the page's timers included. */
  async function pass(ms: number, { context }: Visit): Promise<void> {
    shop.clock.now += ms;
    await context.clock.fastForward(ms);
  }

  const textOf = (page: Page): Promise<string | null> => page.textContent("p[data-garim-countdown]");
  const heardBy = (page: Page): Promise<unknown> => page.evaluate("heard");

  async function shows(page: Page, text: string): Promise<void> {
    await vi.waitFor(async () => expect(await textOf(page)).toBe(text), { timeout: 60_000 });
  }

  it("shows the server's time in every element, under a strict policy and a wrong clock", async () => {
    const visited = await visit();
    const page = await openPage(visited);
    await shows(page, "남은 시간 30:00");
    expect(await page.textContent("span[data-garim-countdown]")).toBe("남은 시간 30:00");
    expect(await page.getAttribute("span[data-garim-countdown]", "data-garim-state")).toBe("live");
    await pass(10_000, visited);
    await shows(page, "남은 시간 29:50");
    expect(visited.complaints).toEqual([]);
  });

  it("speaks the language of the document", async () => {
    const visited = await visit();
    await shows(await openPage(visited, "en-GB"), "30:00 left");
  });

  it('warns two minutes before the end, once, and again after "stay signed in"', async () => {
    const visited = await visit();
    const page = await openPage(visited);
    await shows(page, "남은 시간 30:00");
    await pass(28 * MINUTE - 1_000, visited);
    await shows(page, "남은 시간 2:01");
    expect(await heardBy(page)).toEqual([]);
    await pass(1_000, visited);
    await shows(page, "남은 시간 2:00");
    await pass(5_000, visited);
    await shows(page, "남은 시간 1:55");
    expect(await heardBy(page)).toEqual([["garim:ending", undefined]]);
    await page.click("b");
    await shows(page, "남은 시간 30:00");
    expect(visited.asked.filter((one) => one === "POST /privacy/session")).toHaveLength(1);
    await pass(29 * MINUTE, visited);
    await shows(page, "남은 시간 1:00");
    expect(await heardBy(page)).toHaveLength(2);
  });

  it("says that the session has ended when the server says so, and why", async () => {
    const visited = await visit();
    const page = await openPage(visited);
    await shows(page, "남은 시간 30:00");
    await pass(30 * MINUTE, visited);
    await shows(page, "접속이 끝났습니다");
    expect(await page.getAttribute("p[data-garim-countdown]", "data-garim-state")).toBe("none");
    expect(await heardBy(page)).toContainEqual(["garim:ended", "session-idle"]);
  });

  it("does not end what somebody's deed elsewhere keeps alive, though its own time is up", async () => {
    const visited = await visit();
    const page = await openPage(visited);
    await shows(page, "남은 시간 30:00");
    await pass(29 * MINUTE + 30_000, visited);
    await shows(page, "남은 시간 0:30");
    await visited.person.post("/privacy/session", {});
    await pass(30_000, visited);
    await shows(page, "남은 시간 29:30");
    expect(await heardBy(page)).toEqual([["garim:ending", undefined]]);
  });

  it("does not end what nobody can ask about", async () => {
    const visited = await visit();
    const page = await openPage(visited);
    await shows(page, "남은 시간 30:00");
    await page.route("**/privacy/session", (route) => route.abort());
    await pass(31 * MINUTE, visited);
    await shows(page, "남은 시간 0:00");
    expect(await heardBy(page)).not.toContainEqual(expect.arrayContaining(["garim:ended"]));
    await page.unroute("**/privacy/session");
    await pass(MINUTE, visited);
    await shows(page, "접속이 끝났습니다");
  });

  it("asks at most once a minute, and when the page is looked at again", async () => {
    const visited = await visit();
    const page = await openPage(visited);
    const asks = (): number => visited.asked.filter((one) => one === "GET /privacy/session").length;
    await shows(page, "남은 시간 30:00");
    for (let i = 1; i <= 12; i++) {
      await pass(10_000, visited);
      await shows(page, `남은 시간 ${30 - Math.ceil(i / 6)}:${String((360 - i * 10) % 60).padStart(2, "0")}`);
    }
    await vi.waitFor(() => expect(asks()).toBe(3), { timeout: 60_000 });
    await page.evaluate(LOOK_AGAIN);
    await vi.waitFor(() => expect(asks()).toBe(4), { timeout: 60_000 });
  });

  it.each([
    ["at once", false],
    ["within a minute, where the browser has no channel between tabs", true],
  ])("agrees with other tabs %s", async (_, isWithoutChannel) => {
    const visited = await visit();
    if (isWithoutChannel) await visited.context.addInitScript("delete globalThis.BroadcastChannel");
    const [one, other] = [await openPage(visited), await openPage(visited)];
    for (const page of [one, other]) await shows(page, "남은 시간 30:00");
    await pass(20 * MINUTE, visited);
    for (const page of [one, other]) await shows(page, "남은 시간 10:00");
    await one.click("button");
    await shows(one, "남은 시간 30:00");
    if (isWithoutChannel) await pass(MINUTE, visited);
    await shows(other, isWithoutChannel ? "남은 시간 29:00" : "남은 시간 30:00");
    await visited.person.post("/privacy/sign-out", {});
    if (isWithoutChannel) await pass(MINUTE, visited);
    else await one.evaluate(LOOK_AGAIN);
    for (const page of [one, other]) {
      await shows(page, "접속이 끝났습니다");
      expect(await heardBy(page)).toContainEqual(["garim:ended", expect.any(String)]);
    }
  });

  it("keeps quiet on a page of somebody who is not logged in", async () => {
    const context = await (browser as Browser).newContext();
    const page = await context.newPage();
    const answered = page.waitForResponse("**/privacy/session");
    await page.goto(`http://127.0.0.1:${port}/ko`);
    await (await answered).finished();
    expect(await textOf(page)).toBe("");
    await context.close();
  });
});

/** How this shop is told who is asking. */
function identityOf({ headers }: Person): Record<string, string> {
  const { "x-user": user = "", "x-authenticated-at": at = "" } = headers;
  return { "x-user": user, "x-authenticated-at": at };
}
