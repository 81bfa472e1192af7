import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { startChromiumOrSkip } from "../services/chromium.ts";
import { openPasskeyPage, type PasskeyPage } from "./passkey-page.ts";

const browser = await startChromiumOrSkip("passkeys in a real browser");
afterAll(() => browser?.close());

/** A browser on a busy machine takes its time. */
const PATIENCE = { timeout: 180_000 };

/** The person is there, and verified unless the authenticator is told otherwise. */
const AUTHENTICATOR = {
  protocol: "ctap2",
  transport: "internal",
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const;

/** What an authenticator gets wrong. */
interface Fault {
  readonly isBogusSignature?: boolean;
  readonly isBadUV?: boolean;
  readonly isBadUP?: boolean;
}

interface Person {
  readonly page: Page;
  /** From now on the authenticator cannot verify the person: a wrong finger, a PIN not known. */
  failVerification(): Promise<unknown>;
  /** From now on the authenticator answers with a fault. */
  breakAuthenticator(fault: Fault): Promise<unknown>;
}

async function openPerson(chromium: Browser): Promise<Person> {
  const page = await chromium.newPage();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const added = await devtools.send("WebAuthn.addVirtualAuthenticator", { options: AUTHENTICATOR });
  const { authenticatorId } = added;
  return {
    page,
    failVerification: () =>
      devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false }),
    breakAuthenticator: (fault) =>
      devtools.send("WebAuthn.setResponseOverrideBits", { authenticatorId, ...fault }),
  };
}

describe.skipIf(browser === undefined)("a passkey in Chromium", PATIENCE, () => {
  let site: PasskeyPage;
  let person: Person;

  beforeEach(async () => {
    if (browser === undefined) throw new Error("left out");
    [site, person] = await Promise.all([openPasskeyPage(), openPerson(browser)]);
    await person.page.goto(site.origin);
  }, PATIENCE.timeout);

  afterEach(async () => {
    await person.page.close();
    await site.close();
  }, PATIENCE.timeout);

  it("[V6.3.3] is made, and then proves its person as often as asked", async () => {
    expect(await person.page.evaluate("makePasskey()")).toEqual({ isTaken: true });
    expect(site.passkeys).toMatchObject([{ transports: ["internal"] }]);
    expect(await person.page.evaluate("usePasskey()")).toEqual({ isTaken: true });
    expect(await person.page.evaluate("usePasskey()")).toEqual({ isTaken: true });
  });

  it("[S9] is not made twice for one account by one authenticator", async () => {
    await person.page.evaluate("makePasskey()");
    await expect(person.page.evaluate("makePasskey()")).rejects.toThrow("InvalidStateError");
    expect(site.passkeys).toHaveLength(1);
  });

  it("[S9] proves nothing when its response comes again", async () => {
    await person.page.evaluate("makePasskey()");
    await person.page.evaluate("usePasskey()");
    expect(await site.replay(site.lastResponse)).toBe(false);
  });

  it.each([
    ["the person verified", { isBadUV: true }],
    ["the person there", { isBadUP: true }],
  ])("[S9] is not made without %s", async (_, fault) => {
    await person.breakAuthenticator(fault);
    expect(await person.page.evaluate("makePasskey()")).toEqual({ isTaken: false });
    expect(site.passkeys).toEqual([]);
  });

  it.each([
    ["the person verified", { isBadUV: true }],
    ["the person there", { isBadUP: true }],
    ["a right signature", { isBogusSignature: true }],
  ])("[S9] proves nothing without %s", async (_, fault) => {
    await person.page.evaluate("makePasskey()");
    await person.breakAuthenticator(fault);
    expect(await person.page.evaluate("usePasskey()")).toEqual({ isTaken: false });
    await person.breakAuthenticator({});
    expect(await person.page.evaluate("usePasskey()")).toEqual({ isTaken: true });
  });

  it("[S4 S9] proves nothing without the person verified where a page asks for less than it was told", async () => {
    await person.page.evaluate("makePasskey()");
    await person.failVerification();
    expect(await person.page.evaluate('usePasskey("discouraged")')).toEqual({ isTaken: false });
    expect(site.lastResponse).toMatchObject({ id: site.passkeys[0]?.credentialId });
  });

  it("gives no response at all where the page asks as it was told", async () => {
    await person.page.evaluate("makePasskey()");
    await person.failVerification();
    await expect(person.page.evaluate("usePasskey()")).rejects.toThrow("NotAllowedError");
  });

  it("[S9] proves nothing for another origin of its domain", async () => {
    await person.page.evaluate("makePasskey()");
    await person.page.goto(site.otherOrigin);
    expect(await person.page.evaluate("usePasskey()")).toEqual({ isTaken: false });
    await person.page.goto(site.origin);
    expect(await person.page.evaluate("usePasskey()")).toEqual({ isTaken: true });
  });
});
