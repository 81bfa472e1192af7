import { DEMO_PASSWORD, type Marketplace } from "@garim/example-marketplace";
import jsQR from "jsqr";
import type { Browser, Page } from "playwright-core";
import { totpCode } from "../fixtures/totp.ts";

/** A marketplace whose clock the test moves. */
export interface Stage {
  readonly browser: Browser;
  readonly market: Marketplace;
  readonly clock: { now: number };
}

/** Somebody at a browser of their own, in Korean unless said otherwise, with a screen lock that makes passkeys. */
export interface Person {
  readonly page: Page;
  /** What the browser complained of. */
  readonly complaints: readonly string[];
  /** Logs in with the marketplace's own log-in, and goes on from there. */
  logIn(user: string): Promise<void>;
  /** Presses a button, or follows a link, by what it says. */
  press(name: string): Promise<void>;
  /** Types into the field of a label, and sends its form. */
  enter(label: string, text: string): Promise<void>;
  /** Goes with the Tab key to a button or link that says this, and presses it with the Enter key. */
  tabTo(name: string): Promise<void>;
  /** Waits until a text is shown. */
  sees(text: string): Promise<void>;
  /** Waits until the browser has come to a page. */
  isAt(path: string): Promise<void>;
  close(): Promise<void>;
}

/** Its types speak of a module with a default, and Node hands out the function itself. */
const decode = jsQR as unknown as typeof jsQR.default;

/** A busy machine takes its time. */
const PATIENCE_MS = 180_000;

/** More than any page here has to go through. */
const MOST_TABS = 40;

/** A screen lock which its owner opens whenever it asks. */
const AUTHENTICATOR = {
  protocol: "ctap2",
  transport: "internal",
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const;

export async function openPerson({ browser, market, clock }: Stage, width = 1280): Promise<Person> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    baseURL: market.url,
    locale: "ko-KR",
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", { options: AUTHENTICATOR });
  const complaints: string[] = [];
  // A refusal is an answer like any other, though Chromium notes it as an error.
  page.on(
    "console",
    (message) =>
      message.type() === "error" && !/status of 4/.test(message.text()) && complaints.push(message.text()),
  );
  page.on("pageerror", (error) => complaints.push(String(error)));
  const enter: Person["enter"] = async (label, text) => {
    await page.getByLabel(label, { exact: true }).fill(text);
    await page.keyboard.press("Enter");
  };
  return {
    page,
    complaints,
    enter,
    async logIn(user) {
      // Two log-ins never fall into one millisecond.
      clock.now += 1_000;
      await page.goto("/log-in");
      await page.getByLabel("아이디").fill(user);
      await enter("비밀번호", DEMO_PASSWORD);
    },
    press: (name) => page.getByRole("button", { name }).or(page.getByRole("link", { name })).click(),
    async tabTo(name) {
      for (let i = 0; i < MOST_TABS; i++) {
        await page.keyboard.press("Tab");
        if ((await page.evaluate("document.activeElement.textContent")) === name)
          return await page.keyboard.press("Enter");
      }
      throw new Error(`the keyboard does not come to ${name}`);
    },
    sees: (text) => page.getByText(text).first().waitFor(),
    isAt: (path) => page.waitForURL((url) => url.pathname === path),
    close: () => context.close(),
  };
}

/** The secret in the QR code a page shows, read off the screen as a phone does. */
export async function scanSecret(page: Page): Promise<string> {
  const picture = await page.locator("svg.qr").screenshot();
  const { dots, width, height } = await page.evaluate<Picture>(
    `(${READ_PICTURE})(${JSON.stringify(picture.toString("base64"))})`,
  );
  const pixels = Uint8ClampedArray.from({ length: dots.length * 4 }, (_, i) =>
    dots[i >> 2] === "1" ? 0 : 255,
  );
  const scanned = decode(pixels, width, height)?.data ?? "";
  return new URL(scanned).searchParams.get("secret") ?? "";
}

/** What an authenticator app with a secret shows: a minute later, as no code is taken twice. */
export function nextCode({ clock }: Stage, secret: string): string {
  clock.now += 60_000;
  return totpCode(secret, clock.now);
}

interface Picture {
  /** Pixel by pixel, `1` for a dark one. */
  readonly dots: string;
  readonly width: number;
  readonly height: number;
}

/** Has the browser read a PNG. From its bytes: pages of the marketplace load no pictures from elsewhere. */
const READ_PICTURE = `async (png) => {
  const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const { width, height } = image;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  let dots = "";
  for (let i = 0; i < data.length; i += 4) dots += data[i] < 128 ? "1" : "0";
  return { dots, width, height };
}`;
