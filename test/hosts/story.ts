import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { totpCode } from "../fixtures/totp.ts";
import { type Browser, openBrowser } from "./browser.ts";
import { type Host, USER } from "./host.ts";

const MINUTE = 60_000;
const IDLE = 30 * MINUTE;

/** What a chapter of a host's own has to work with. */
export interface Story<H extends Host> {
  /** The host, within a test. */
  host(): H;
  /** Logs in and proves the second factor. */
  enter(): Promise<Browser>;
  /** Why buyers' data are refused, or the status where they are not. */
  refusalOf(browser: Browser): Promise<unknown>;
  isLoggedInAtHost(browser: Browser): Promise<boolean>;
}

/**
 * Tells the one story of every host: whatever its log-in is made of, Garim's session stands beside it.
 *
 * @param tellMore - what happens at this host only
 */
export function tellStory<H extends Host>(
  name: string,
  openHost: () => Promise<H>,
  tellMore: (story: Story<H>) => void = () => undefined,
): void {
  describe(`${name}, bringing its own log-in`, () => {
    let host: H;
    let secret = "";

    beforeAll(async () => {
      host = await openHost();
    });
    afterAll(() => host?.close());

    const logIn = async (browser = openBrowser(host.origin)): Promise<Browser> => {
      // Two log-ins never fall into one millisecond.
      host.clock.now += 1_000;
      const { name: user, password } = USER;
      expect((await browser.post("/login", { user, password })).status).toBe(204);
      return browser;
    };

    // The first test here enrols it.
    const enter = async (): Promise<Browser> => {
      const browser = await logIn();
      host.clock.now += MINUTE;
      const code = totpCode(secret, host.clock.now);
      expect((await browser.post("/privacy/step-up", { method: "totp", code })).status).toBe(200);
      expect((await browser.get("/line")).status).toBe(200);
      return browser;
    };

    const refusalOf = async (browser: Browser): Promise<unknown> => {
      const answer = await browser.get("/line");
      return answer.status === 401 ? ((await answer.json()) as { reason: unknown }).reason : answer.status;
    };

    const isLoggedInAtHost = async (browser: Browser): Promise<boolean> =>
      (await browser.get("/me")).status === 200;

    it("[V6.3.3 V7.5.3] asks for the log-in, then for a second factor, then shows buyers' data", async () => {
      const browser = openBrowser(host.origin);
      expect(await refusalOf(browser)).toBe("not-logged-in");
      await logIn(browser);
      expect(await refusalOf(browser)).toBe("second-factor-unenrolled");
      const enrolment = await browser.post("/privacy/factors/totp", {});
      ({ secret } = (await enrolment.json()) as { secret: string });
      const code = totpCode(secret, host.clock.now);
      await browser.post("/privacy/factors/totp/confirmation", { code });
      expect((await browser.get("/line")).status).toBe(200);
    });

    it("[S2 V7.3.1 V7.6.1] ends the host's log-in with the idle session", async () => {
      const browser = await enter();
      host.clock.now += IDLE;
      expect(await refusalOf(browser)).toBe("session-idle");
      expect(await isLoggedInAtHost(browser)).toBe(false);
    });

    it("[S1] shows nothing to the host's cookie alone, while the session lives and after", async () => {
      const browser = await enter();
      const hostsOnly = [...browser.cookies].filter(([cookie]) => cookie !== "garim");
      const held = [...browser.cookies];
      host.clock.now += IDLE;
      expect(await refusalOf(openBrowser(host.origin, hostsOnly))).not.toBe(200);
      expect(await refusalOf(openBrowser(host.origin, held))).not.toBe(200);

      const other = await enter();
      const stolen = [...other.cookies].filter(([cookie]) => cookie !== "garim");
      expect(await refusalOf(openBrowser(host.origin, stolen))).toBe("log-in-again");
    });

    it("[S3 V7.4.1 V7.6.1] signs out of both, for good", async () => {
      const browser = await enter();
      const held = [...browser.cookies];
      expect((await browser.post("/privacy/sign-out", {})).status).toBe(204);
      expect(await isLoggedInAtHost(browser)).toBe(false);
      const again = openBrowser(host.origin, held);
      expect(["not-logged-in", "log-in-again"]).toContain(await refusalOf(again));
      expect(await isLoggedInAtHost(again)).toBe(false);
    });

    it("[V7.6.1] opens another session for a newer log-in, which proves the factor anew", async () => {
      const browser = await enter();
      host.clock.now += IDLE;
      await refusalOf(browser);
      await logIn(browser);
      expect(await refusalOf(browser)).toBe("second-factor-missing");
      host.clock.now += MINUTE;
      const code = totpCode(secret, host.clock.now);
      await browser.post("/privacy/step-up", { method: "totp", code });
      expect((await browser.get("/line")).status).toBe(200);
    });

    tellMore({ host: () => host, enter, refusalOf, isLoggedInAtHost });
  });
}
