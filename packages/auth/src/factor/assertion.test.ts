import { MINUTE, resolvePolicy } from "@garim/policy";
import { describe, expect, it, vi } from "vitest";
import { enrolApp, enrolKey, granted, makeFactors, ORIGIN } from "../../test/factors.ts";
import { fromText, openBrowser, type PasskeyBrowser, toText } from "../../test/passkeys.ts";
import { handClock, KEYS, NOON, raised, someSession, someStaff } from "../../test/people.ts";
import { memoryState } from "../state/memory.ts";
import type { StateStore } from "../state/store.ts";
import { readWorker } from "../worker.ts";
import { createFactors } from "./create-factors.ts";
import { checkAssertion } from "./passkey-ceremony.ts";

vi.mock("./passkey-ceremony.ts", { spy: true });

const WRONG = { kind: "refuse", reason: "second-factor-wrong" };
const EXPIRED = { kind: "refuse", reason: "challenge-expired" };
const PROVED = { kind: "proved", method: "passkey" };

/** A worker with a passkey, and what the browser signs for a challenge. */
async function start(browser = openBrowser(ORIGIN)) {
  const clock = handClock();
  const state = memoryState({ clock });
  const factors = makeFactors(state, clock);
  const identity = someStaff();
  const session = someSession(identity);
  await enrolKey(factors, session, browser);
  const challenge = async (asking = session, action: "view" | "manage" = "view") =>
    granted(await factors.challengePasskey(asking, action)).options;
  const prove = (response: unknown, asking = session, action: "view" | "manage" = "view") =>
    factors.prove(asking, action, { method: "passkey", response });
  return { clock, state, factors, identity, session, browser, challenge, prove };
}

/** Lets something happen between what a decision read and what it writes. */
function interfere(state: StateStore, happen: () => Promise<unknown>): void {
  const write = state.write.bind(state);
  vi.spyOn(state, "write").mockImplementationOnce(async (...written) => {
    await happen();
    return await write(...written);
  });
}

describe("prove with a passkey", () => {
  it("proves the use of an enrolled one", async () => {
    const { clock, factors, identity, browser, challenge, prove } = await start();
    clock.now += MINUTE;
    expect(await prove(browser.get(await challenge()))).toEqual({ ...PROVED, at: clock.now });
    expect((await factors.list(readWorker(identity))).factors).toMatchObject([{ usedAt: clock.now }]);
  });

  it("[S9] [V6.7.2] takes a challenge once, also from a passkey that never counts", async () => {
    const browser = openBrowser(ORIGIN, { signCounterIncrement: 0 });
    const { challenge, prove } = await start(browser);
    const use = browser.get(await challenge());
    expect(await prove(use)).toMatchObject(PROVED);
    expect(await prove(use)).toMatchObject(WRONG);
    await challenge();
    expect(await prove(use)).toMatchObject(WRONG);
  });

  it("[S9] uses a challenge up by a wrong answer, too", async () => {
    const { browser, challenge, prove } = await start();
    const use = browser.get(await challenge());
    expect(await prove({})).toMatchObject(WRONG);
    expect(await prove(use)).toMatchObject(WRONG);
  });

  it("[S9] [V6.6.2] takes it in the session it was asked in, for the action it was asked for", async () => {
    const { identity, session, browser, challenge, prove } = await start();
    const other = someSession(identity);
    await challenge(other);
    const use = browser.get(await challenge());
    expect(await prove(use, other)).toMatchObject(WRONG);
    expect(await prove(use, session, "manage")).toMatchObject(WRONG);
    expect(await prove(use)).toMatchObject(PROVED);
  });

  it("[S9] refuses somebody else's passkey, another origin's, and one no longer enrolled", async () => {
    const { clock, factors, session, identity, browser, challenge, prove } = await start();
    const stranger = openBrowser(ORIGIN);
    await enrolKey(factors, someSession(), stranger);
    const options = await challenge();
    expect(await prove(stranger.get({ ...options, allowCredentials: [] }))).toMatchObject(WRONG);
    const there = browser.sign(browser.get(await challenge()), {
      clientData: { origin: "https://evil.example" },
    });
    expect(await prove(there)).toMatchObject(WRONG);
    const use = browser.get(await challenge());
    const proved = raised(session, clock.now);
    await enrolApp(factors, proved, clock);
    const [key] = (await factors.list(readWorker(identity))).factors;
    await factors.remove(proved, key?.id ?? "");
    expect(await prove(use)).toMatchObject(WRONG);
  });

  it("[S9] refuses a counter that went back: the passkey was copied", async () => {
    const { browser, challenge, prove } = await start();
    expect(await prove(browser.get(await challenge()))).toMatchObject(PROVED);
    const copied = browser.sign(browser.get(await challenge()), { counter: 1 });
    expect(await prove(copied)).toMatchObject(WRONG);
    expect(await prove(browser.get(await challenge()))).toMatchObject(PROVED);
  });

  it("is over after ten minutes, and where the clock went far back", async () => {
    const { clock, browser, challenge, prove } = await start();
    const late = browser.get(await challenge());
    clock.now += 10 * MINUTE;
    expect(await prove(late)).toMatchObject(EXPIRED);
    const early = browser.get(await challenge());
    clock.now -= 3 * MINUTE;
    expect(await prove(early)).toMatchObject(EXPIRED);
  });

  it("[T3] checks no signature of who is locked, and does not use up the challenge", async () => {
    const { clock, factors, identity, browser, challenge, prove } = await start();
    const use = browser.get(await challenge());
    for (let i = 0; i < 10; i++) await prove({}, someSession(identity));
    const checks = vi.mocked(checkAssertion).mock.calls.length;
    expect(await prove(use)).toMatchObject({ reason: "account-locked" });
    expect(checkAssertion).toHaveBeenCalledTimes(checks);
    expect(await factors.challengePasskey(someSession(identity), "view")).toMatchObject({
      reason: "account-locked",
    });
    clock.now += 15 * MINUTE;
    expect(await prove(browser.get(await challenge()))).toMatchObject(PROVED);
  });

  it("[T2] checks anew where the account changed while the signature was checked", async () => {
    const { state, browser, challenge, prove } = await start();
    const use = browser.get(await challenge());
    interfere(state, async () => expect(await prove(use)).toMatchObject(PROVED));
    expect(await prove(use)).toMatchObject(WRONG);
    const overtaken = browser.get(await challenge());
    interfere(state, challenge);
    expect(await prove(overtaken)).toMatchObject(WRONG);
    const unharmed = browser.get(await challenge());
    interfere(state, async () => expect(await prove({}, someSession())).toMatchObject({ kind: "refuse" }));
    expect(await prove(unharmed)).toMatchObject(PROVED);
  });
});

describe("challengePasskey, enrolPasskey", () => {
  it("are not offered without the option passkeys", async () => {
    const clock = handClock();
    const options = { state: memoryState({ clock }), policy: resolvePolicy(), keys: KEYS, issuer: "Market" };
    const factors = createFactors({ ...options, clock });
    const notOffered = { kind: "refuse", reason: "factor-not-offered" };
    expect(await factors.challengePasskey(someSession(), "view")).toMatchObject(notOffered);
    expect(await factors.enrolPasskey(someSession(), "kim")).toMatchObject(notOffered);
    expect(await factors.confirmPasskey(someSession(), {})).toMatchObject(notOffered);
  });

  it("give all passkeys of an account one handle, which names nobody", async () => {
    const { session, factors, identity } = await start();
    const enrol = async () => granted(await factors.enrolPasskey(raised(session, NOON), "kim")).options;
    const handles = [await enrol(), await enrol()].map(
      (options) => (options as { user: { id: string } }).user.id,
    );
    expect(new Set(handles).size).toBe(1);
    expect(Buffer.from(handles[0] ?? "", "base64url").toString()).not.toContain(identity.staffId);
  });
});

describe("confirmPasskey", () => {
  const begin = () => {
    const clock = handClock();
    const identity = someStaff();
    const factors = makeFactors(memoryState({ clock }), clock);
    return { clock, identity, session: someSession(identity), factors, browser: openBrowser(ORIGIN) };
  };

  it("[S9] takes a registration once, in the session that started it, while it lives", async () => {
    const { clock, identity, session, factors, browser } = begin();
    const { options } = granted(await factors.enrolPasskey(session, "kim", "열쇠"));
    const response = browser.create(options);
    expect(await factors.confirmPasskey(someSession(identity), response)).toMatchObject({
      reason: "second-factor-unenrolled",
    });
    clock.now += 10 * MINUTE - 1;
    expect(await factors.confirmPasskey(session, response)).toMatchObject(PROVED);
    expect((await factors.list(readWorker(identity))).factors).toMatchObject([
      { kind: "passkey", name: "열쇠" },
    ]);
    expect(await factors.confirmPasskey(session, response)).toMatchObject(WRONG);
  });

  it("is void by a wrong answer, and after ten minutes", async () => {
    const { clock, session, factors, browser } = begin();
    const first = browser.create(granted(await factors.enrolPasskey(session, "kim")).options);
    expect(await factors.confirmPasskey(session, {})).toMatchObject(WRONG);
    expect(await factors.confirmPasskey(session, first)).toMatchObject({
      reason: "second-factor-unenrolled",
    });
    const second = browser.create(granted(await factors.enrolPasskey(session, "kim")).options);
    clock.now += 10 * MINUTE;
    expect(await factors.confirmPasskey(session, second)).toMatchObject(EXPIRED);
  });

  it("takes no passkey twice, also where a browser does not look at what it is told to leave out", async () => {
    const { identity, session, factors, browser } = begin();
    const { options } = granted(await factors.enrolPasskey(session, "kim"));
    const made = browser.create(options);
    granted(await factors.confirmPasskey(session, made));
    const proved = raised(session, NOON);
    const again = granted(await factors.enrolPasskey(proved, "kim")).options;
    expect(again).toMatchObject({ excludeCredentials: [{ id: made.id }] });
    const { challenge } = again as { challenge: string };
    expect(await factors.confirmPasskey(proved, answerAnew(made, challenge))).toMatchObject({
      reason: "second-factor-enrolled",
    });
    expect((await factors.list(readWorker(identity))).factors).toHaveLength(1);
  });
});

/** The same passkey as answer to another question: without attestation nothing of it is signed. */
function answerAnew(made: ReturnType<PasskeyBrowser["create"]>, challenge: string): object {
  const said = JSON.parse(fromText(made.response.clientDataJSON).toString());
  const clientDataJSON = toText(Buffer.from(JSON.stringify({ ...said, challenge })));
  return { ...made, response: { ...made.response, clientDataJSON } };
}
