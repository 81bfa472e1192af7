import axe from "axe-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { expect } from "vitest";
import { CANARY } from "../fixtures/canary.ts";
import type { Person } from "../fixtures/shop.ts";
import { totpCode } from "../fixtures/totp.ts";
import { runNode } from "../tool.ts";
import { TOP } from "../workspace.ts";

/** A busy machine takes its time. */
const PATIENCE_MS = 60_000;

/** More than any page here has to go through. */
const MOST_TABS = 60;

const NAME_IN_FOCUS = `(({ ariaLabel, labels, textContent }) =>
  ariaLabel ?? labels?.[0]?.textContent ?? textContent ?? "")(document.activeElement)`;

/** Somebody at a page of the console. */
export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Of the site, e.g. `http://localhost:8080`. */
  readonly origin: string;
  /** Of the authenticator app that was enrolled for this visit. */
  readonly secret: string | undefined;
  /** What the browser complained of: errors of scripts, breaches of the policy. Refusals of the server are none. */
  readonly complaints: string[];
  /** Addresses that were asked for, with their queries. */
  readonly addresses: readonly string[];
  /** What must not be left behind in addresses or storage: {@link closeVisits} looks for it. What is typed is added by itself. */
  readonly hidden: string[];
  /** Opens a page by its path below `pages/`, and waits until it has drawn what it asks for. */
  open(path: string): Promise<void>;
  /** Waits until a text is shown. */
  sees(text: string | RegExp): Promise<void>;
  press(name: string | RegExp): Promise<void>;
  /** Types into the field of a label, and sends its form. */
  enter(label: string, text: string): Promise<void>;
  /** Waits until the browser has come to a page below the mount. */
  isAt(path: string): Promise<void>;
  /** Goes on with the Tab key until something is in focus that is called this, by its text or its label. */
  tabTo(name: string | RegExp): Promise<void>;
  close(): Promise<void>;
}

interface VisitOptions {
  readonly port: number;
  /** Who is logged in at the host. */
  readonly person?: Person;
  /** Has them prove a second factor in this browser first: a session belongs to the browser it was proved in. */
  readonly now?: () => number;
  readonly language?: "ko" | "en";
  readonly width?: number;
  /** Where the browser finds the pages and their endpoints. */
  readonly mount?: string;
  /** Of the browser, e.g. `America/New_York`; this machine's own unless it is said. */
  readonly timezone?: string;
  /** What the browser says it is. */
  readonly agent?: string;
}

/** Builds the pages where their sources are newer. */
export async function buildPages(): Promise<void> {
  const { code, output } = await runNode(`${TOP}/packages/console/build.mjs`, [], TOP);
  if (code !== 0) throw new Error(output);
}

export async function openVisit(
  browser: Browser,
  { port, person, now, language = "ko", width = 1280, mount = "/privacy", timezone, agent }: VisitOptions,
): Promise<Visit> {
  const origin = `http://localhost:${port}`;
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    baseURL: origin,
    locale: language === "ko" ? "ko-KR" : "en-US",
    extraHTTPHeaders: headersOf(person),
    ...(timezone !== undefined && { timezoneId: timezone }),
    ...(agent !== undefined && { userAgent: agent }),
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const secret = now === undefined ? undefined : await enrol(context, now, mount);
  await context.addInitScript(NOTE_BREACHES);
  const complaints: string[] = [];
  const addresses: string[] = [];
  const hidden = [...Object.values(CANARY), ...(secret === undefined ? [] : [secret]), ...idsOf(person)];
  await context.exposeBinding("garimTyped", (_, text: string) => hidden.push(...text.split("\n")));
  await context.addInitScript(TELL_TYPED);
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.text().startsWith("Failed to load resource: the server responded with a status of 4")) return;
    complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => addresses.push(request.url()));
  // What a script writes into the address is asked for by nobody.
  page.on("framenavigated", (frame) => frame.url().startsWith(origin) && addresses.push(frame.url()));
  const settle = async (): Promise<void> => {
    await page.locator("main h1").waitFor();
    await page.locator(".spinner").first().waitFor({ state: "detached" });
  };
  return {
    page,
    context,
    origin,
    secret,
    complaints,
    addresses,
    hidden,
    async open(path) {
      await page.goto(`${mount}/pages/${path}`);
      await settle();
    },
    sees: (text) => page.getByText(text).first().waitFor(),
    press: (name) => page.getByRole("button", { name }).or(page.getByRole("link", { name })).first().click(),
    async enter(label, text) {
      await page.getByLabel(label, { exact: true }).fill(text);
      await page.keyboard.press("Enter");
    },
    isAt: (path) => page.waitForURL((url) => url.pathname === `${mount}/pages/${path}`),
    async tabTo(name) {
      for (let i = 0; i < MOST_TABS; i++) {
        await page.keyboard.press("Tab");
        if ((await page.evaluate<string>(NAME_IN_FOCUS)).match(name) !== null) return;
      }
      throw new Error(`the keyboard does not come to ${name}`);
    },
    close: () => context.close(),
  };
}

/**
 * Ends visits, and looks at what each left behind: no complaint of the browser, nothing that ran of what somebody wrote, nothing asked
 * for anywhere but at the site itself, and nothing of a person, no secret and nothing that was typed in addresses, storage or complaints.
 */
export async function closeVisits(visits: Visit[]): Promise<void> {
  for (const visit of visits.splice(0)) {
    const { page, origin, complaints, addresses, hidden, close } = visit;
    expect(complaints).toEqual([]);
    expect(addresses.filter((address) => !address.startsWith(`${origin}/`))).toEqual([]);
    expect(await page.title()).not.toBe("hit");
    const traces = await readTraces(visit);
    expect(hidden.filter((text) => isIn(traces, text))).toEqual([]);
    await close();
  }
}

/** Whether a text stands somewhere by itself: a short one may be part of the name of a script. */
function isIn(traces: string, text: string): boolean {
  const shown = JSON.stringify(text.trim()).slice(1, -1);
  if (shown.length < 3) return false;
  const place = `(?<![\\w-])${shown.replace(/[^\w\s가-힣]/g, "\\$&")}(?![\\w-])`;
  return new RegExp(place).test(traces);
}

/**
 * Tells what is typed. Not the days and kinds one chooses, and not the ids of actors, tools, sellers and kinds of records: a filter by
 * them stands in the address, to be kept and sent on.
 */
const TELL_TYPED = `addEventListener("change", ({ target }) => {
  const isText = target.matches("textarea, input:is([type=text], [type=password], [type=search])");
  if (isText && !/^[A-Za-z][\\w-]*$/.test(target.value) && target.labels[0]?.textContent !== "셀러툴 아이디") garimTyped(target.value);
}, true);`;

/** Who it is: nobody's own id is of any use in an address, but that of people of the marketplace. */
function idsOf(person: Person | undefined): readonly string[] {
  const [kind, id = ""] = person?.headers["x-user"]?.split("/") ?? [];
  return (kind === "staff" || kind === "buyer") && id !== "" ? [id] : [];
}

/** A breach of the page's policy is an error like any other. */
const NOTE_BREACHES = `addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
  console.error("policy: " + violatedDirective + " " + blockedURI));`;

/** Enrols an authenticator app as the pages do, without them. */
async function enrol({ request }: BrowserContext, now: () => number, mount: string): Promise<string> {
  const begun = await request.post(`${mount}/factors/totp`, { data: {} });
  const { secret } = (await begun.json()) as { readonly secret: string };
  const code = totpCode(secret, now());
  const confirmed = await request.post(`${mount}/factors/totp/confirmation`, { data: { code } });
  if (!confirmed.ok()) throw new Error(`enrolment failed: ${confirmed.status()} ${await confirmed.text()}`);
  return secret;
}

/** How the test's shop is told who is asking. */
function headersOf(person: Person | undefined): Record<string, string> {
  const { "x-user": user, "x-authenticated-at": at } = person?.headers ?? {};
  return user === undefined || at === undefined ? {} : { "x-user": user, "x-authenticated-at": at };
}

/** What axe is asked: everything of WCAG 2.2 A and AA, or only what colours can break. */
const EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const COLOURS = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

/** Breaches on the page as it stands that axe finds serious. */
async function findBarriers(page: Page, runOnly: unknown): Promise<readonly string[]> {
  // By evaluation: the page's policy lets in no script of ours, and evaluation asks no policy.
  if ((await page.evaluate("typeof axe")) === "undefined") await page.evaluate(axe.source);
  return await page.evaluate<
    string[]
  >(`axe.run(document, { runOnly: ${JSON.stringify(runOnly)}, resultTypes: ["violations"] }).then(({ violations }) => violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => id + ": " + nodes.map(({ html, target }) => target + " " + html.slice(0, 120)).join(" | ")))`);
}

/** Whether the page asks for sideways scrolling, in each language and width, and what axe finds: in light, and of colours in dark. */
export async function expectFits({
  page,
  complaints,
}: {
  readonly page: Page;
  readonly complaints: readonly string[];
}): Promise<void> {
  expect(await findBarriers(page, EVERYTHING)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await findBarriers(page, COLOURS)).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
  await expectNarrowAndWide(page);
  expect(complaints).toEqual([]);
}

/** Each language is read on a phone and at a desk, though axe is asked at one of the two only. */
async function expectNarrowAndWide(page: Page): Promise<void> {
  const own = page.viewportSize() ?? { width: 1280, height: 800 };
  for (const width of [360, 1280]) {
    await page.setViewportSize({ ...own, width });
    const over = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
    expect([width, over]).toEqual([width, expect.toSatisfy((px: number) => px <= 0)]);
  }
  await page.setViewportSize(own);
}

/** Whether pictures are taken: what would not be nice to look at stays out of them. */
export const IS_PICTURING: boolean = process.env["GARIM_SCREENSHOTS"] !== undefined;

/** Keeps a picture of a page under the package's `docs`, where `GARIM_SCREENSHOTS` asks for it. */
export async function picture(
  { page }: { readonly page: Page },
  name: string,
  fullPage = true,
): Promise<void> {
  if (!IS_PICTURING) return;
  // What stays in sight would stand in the middle of the picture.
  await page.evaluate("scrollTo(0, 0)");
  await page.screenshot({
    path: `${TOP}/packages/console/docs/${name}.png`,
    fullPage,
    animations: "disabled",
  });
}

/** Keeps another of the page as it is in English, and comes back: of what one language alone goes through. */
export async function pictureEnglish({ page, context, origin }: Visit, name: string): Promise<void> {
  if (!IS_PICTURING) return;
  await context.addCookies([{ name: "garim-language", value: "en", url: origin }]);
  await page.reload();
  await page.locator("html[lang=en] main :is(dl, table, .card)").first().waitFor();
  await picture({ page }, name);
  await context.clearCookies({ name: "garim-language" });
  await page.reload();
  await page.locator("html[lang=ko] main :is(dl, table, .card)").first().waitFor();
}

/** Keeps a picture of a page as who reads in the dark sees it. */
export async function pictureDark({ page }: Visit, name: string): Promise<void> {
  if (!IS_PICTURING) return;
  await page.emulateMedia({ colorScheme: "dark" });
  await picture({ page }, name);
  await page.emulateMedia({ colorScheme: "light" });
}

/** Everything the browser keeps, and every address it asked for, as one text. */
export async function readTraces({ page, origin, context, addresses }: Visit): Promise<string> {
  const { cookies, origins } = await context.storageState();
  // A page that is none of the site's, such as the empty one a browser begins with, lets nobody at a store.
  const kept = page.url().startsWith(origin)
    ? await page.evaluate("JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])")
    : "";
  const names = cookies.map(({ name, value }) => (name.includes("garim-language") ? value : name));
  const seen = [...addresses, page.url()].map((address) => decodeURIComponent(address.replaceAll("+", " ")));
  return JSON.stringify([seen, names, origins, kept]);
}
