import { describe, expect, it } from "vitest";
import { openBrowser, type PasskeyBrowser } from "../../packages/auth/test/passkeys.ts";
import { enrolPasskey, logInAgain, ORIGIN, PASSKEYS, read, sum } from "../fixtures/factors.ts";
import { stagePair } from "../fixtures/pair-stage.ts";
import type { Person } from "../fixtures/shop.ts";

const PRESENT_ONLY = 0b0000_0001;

describe("[S9 V6.7.2] what a passkey signed, on two nodes", () => {
  const stage = stagePair("key", { passkeys: PASSKEYS });
  const { logIn } = stage;

  /** Somebody with an app and a passkey. */
  async function enter(): Promise<{ readonly person: Person; readonly browser: PasskeyBrowser }> {
    const person = await stage.enter();
    return { person, browser: await enrolPasskey(person) };
  }
  const challenge = async (person: Person, action = "view"): Promise<object> =>
    (await read(await person.post("/privacy/step-up/passkey", { action })))["options"] as unknown as object;
  const offer = async (person: Person, response: unknown, action = "view"): Promise<string> =>
    await sum(await person.post("/privacy/step-up", { method: "passkey", response, action }));

  it("proves where it was asked for, on whichever node", async () => {
    const { person, browser } = await enter();
    const session = logIn(person, 0);
    const response = browser.get(await challenge(session));
    const there = { ...logIn(person, 1) };
    const [, other] = stage.pair.nodes;
    const same = logInAgain(person, other.port, Number(session.headers["x-authenticated-at"]));
    same.headers["cookie"] = session.headers["cookie"] ?? "";
    expect(await offer(same, response)).toBe("200");
    expect(await offer(there, response)).toBe("401 second-factor-wrong");
  });

  it("proves once, though the authenticator counts nothing", async () => {
    const { person, browser } = await enter();
    const session = logIn(person);
    const first = browser.sign(browser.get(await challenge(session)), { counter: 0 });
    await offer(session, first);
    const later = logIn(person);
    await challenge(later);
    expect(await offer(later, first)).toBe("401 second-factor-wrong");
  });

  it("proves nothing in another session, for another action, or once another was asked for", async () => {
    const { person, browser } = await enter();
    const [one, other] = [logIn(person), logIn(person)];
    const response = browser.get(await challenge(one));
    await challenge(other);
    expect(await offer(other, response)).toBe("401 second-factor-wrong");
    expect(await offer(one, response, "manage")).toBe("401 second-factor-wrong");
    await challenge(one);
    expect(await offer(one, response)).toBe("401 second-factor-wrong");
  });

  it("proves nothing of another person", async () => {
    const [{ person }, stranger] = [await enter(), await enter()];
    const session = logIn(person);
    const theirs = logIn(stranger.person);
    const response = stranger.browser.get(await challenge(theirs));
    expect(await offer(session, response)).toBe("401 second-factor-wrong");
    expect(await offer(theirs, response)).toBe("200");
  });

  it.each([
    ["another origin", { clientData: { origin: "https://seller.market.evil.example" } }],
    ["another host of the domain", { clientData: { origin: "https://blog.market.example" } }],
    ["another ceremony", { clientData: { type: "webauthn.create" } }],
    ["another challenge", { clientData: { challenge: "AAAAAAAAAAAAAAAAAAAAAA" } }],
    ["nobody verified", { flags: PRESENT_ONLY }],
  ])("proves nothing with %s, though the signature is right", async (_, change) => {
    const { person, browser } = await enter();
    const session = logIn(person);
    const use = browser.get(await challenge(session));
    expect(await offer(session, browser.sign(use, change))).toBe("401 second-factor-wrong");
  });

  it("proves nothing where its counter went back", async () => {
    const { person, browser } = await enter();
    const session = logIn(person);
    expect(await offer(session, browser.sign(browser.get(await challenge(session)), { counter: 50 }))).toBe(
      "200",
    );
    const later = logIn(person);
    const cloned = browser.sign(browser.get(await challenge(later)), { counter: 49 });
    expect(await offer(later, cloned)).toBe("401 second-factor-wrong");
  });

  it("enrols nothing twice, and nothing made for another origin", async () => {
    const { person } = await enter();
    const begin = async () =>
      (await read(await person.post("/privacy/factors/passkey", {})))["options"] as unknown as object;
    const foreign = openBrowser("https://evil.example").create(await begin(), { rpId: "evil.example" });
    expect(await sum(await person.post("/privacy/factors/passkey/confirmation", { response: foreign }))).toBe(
      "401 second-factor-wrong",
    );
    const made = openBrowser(ORIGIN).create(await begin());
    const confirm = () => person.post("/privacy/factors/passkey/confirmation", { response: made });
    expect(await sum(await confirm())).toBe("200");
    expect(await sum(await confirm())).toBe("401 second-factor-wrong");
  });
});
