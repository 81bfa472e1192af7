import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hash,
  hkdfSync,
  pbkdf2,
  pbkdf2Sync,
  scrypt,
  scryptSync,
  timingSafeEqual,
  verify,
} from "node:crypto";
import { MINUTE, type Reason } from "@garim/policy";
import { describe, expect, it, vi } from "vitest";
import { enrolApp, enrolKey, granted, makeFactors, makePhone, ORIGIN } from "../../test/factors.ts";
import { openBrowser } from "../../test/passkeys.ts";
import { codeAt, handClock, raised, someSession, someStaff } from "../../test/people.ts";
import { memoryState } from "../state/memory.ts";
import type { StateStore } from "../state/store.ts";
import type { Offer } from "./factors.ts";

vi.mock("node:crypto", { spy: true });

/** What of a try takes time besides the store: whatever hashes, encrypts and compares. */
const FAST = {
  hash,
  createHash,
  createHmac,
  hkdfSync,
  createCipheriv,
  createDecipheriv,
  timingSafeEqual,
  verify,
};
const SLOW = { scrypt, scryptSync, pbkdf2, pbkdf2Sync };

type Work = Readonly<Record<string, unknown>>;

/** A store that says what it was asked. */
function countingStore(state: StateStore): { readonly counted: StateStore; readonly asked: string[] } {
  const asked: string[] = [];
  const counted: StateStore = {
    read(key) {
      asked.push("read");
      return state.read(key);
    },
    write(...written) {
      asked.push("write");
      return state.write(...written);
    },
    remove(...removed) {
      asked.push("remove");
      return state.remove(...removed);
    },
  };
  return { counted, asked };
}

/** A worker with an app, a passkey and recovery codes, or without what a case leaves out. */
async function start({ hasApp = true, hasCodes = true, hasPasskey = true } = {}) {
  const clock = handClock();
  const { counted, asked } = countingStore(memoryState({ clock }));
  const phone = makePhone();
  const factors = makeFactors(counted, clock, { channels: [phone] });
  const identity = someStaff();
  const session = someSession(identity);
  const browser = hasPasskey ? await enrolKey(factors, session) : openBrowser(ORIGIN);
  const proved = raised(session, clock.now);
  const secret = hasApp ? await enrolApp(factors, proved, clock) : "";
  const codes = hasCodes ? granted(await factors.makeRecoveryCodes(proved)).codes : [];
  clock.now += MINUTE;
  const prove = (offer: Offer, asking = someSession(identity)) => factors.prove(asking, "view", offer);

  /** Tries, and tells what that took. */
  async function measure(
    offer: Offer,
    asking?: ReturnType<typeof someSession>,
    reason: Reason = "second-factor-wrong",
  ): Promise<Work> {
    vi.clearAllMocks();
    asked.length = 0;
    expect(await prove(offer, asking)).toMatchObject({ reason });
    const calls = Object.entries({ ...FAST, ...SLOW }).map(
      ([name, work]) => [name, vi.mocked(work).mock.calls.length] as const,
    );
    return { ...Object.fromEntries(calls), store: asked.join(" ") };
  }

  async function lock(): Promise<void> {
    for (let i = 0; i < 10; i++) await prove({ method: "totp", code: "" });
  }

  const send = async (asking = someSession(identity)) => {
    granted(await factors.sendCode(asking, "view", "sms"));
    return asking;
  };
  return { clock, phone, factors, identity, browser, secret, codes, prove, measure, lock, send };
}

const totp = (code: unknown): Offer => ({ method: "totp", code });
const recovery = (code: unknown): Offer => ({ method: "recovery", code });
const message = (code: unknown): Offer => ({ method: "message", code });
const NO_CODE = [null, "", "12345", "000 000", 123_456, {}, ["000000"], "1".repeat(100_000)];

describe("the work of a try that proves nothing", () => {
  it("[S8 V6.3.8] is one read, one write and a hash for each code an app might show, whatever was typed", async () => {
    const { measure } = await start();
    const wrong = await measure(totp("000000"));
    expect(wrong).toMatchObject({
      createHmac: 2,
      store: "read write",
      createDecipheriv: 1,
      createCipheriv: 1,
    });
    for (const code of NO_CODE) expect(await measure(totp(code))).toEqual(wrong);
    expect(await measure({ method: "nothing", code: "000000" } as never)).toEqual(wrong);
  });

  it("[T1 V6.3.8] is the same for a code that was used as for one that never was right", async () => {
    const { clock, secret, prove, measure } = await start();
    const used = totp(codeAt(secret, clock.now));
    await prove(used);
    const wrong = await measure(totp("000000"));
    expect(await measure(used)).toEqual(wrong);
    clock.now += 30_000;
    expect(await measure(used)).toEqual(wrong);
    expect(await measure(totp(codeAt(secret, clock.now + 600_000)))).toEqual(wrong);
  });

  it.each([
    ["an app's code", totp("000000"), { hasApp: false }],
    ["a recovery code", recovery("0000-0000-0000-0000-0000-0000"), { hasCodes: false }],
    ["a message's code", message("000000"), {}],
  ] as const)("[V6.3.8] is the same for %s from who has none", async (_, offer, without) => {
    const [{ measure, send }, none] = [await start(), await start(without)];
    const asking = offer.method === "message" ? await send() : undefined;
    expect(await none.measure(offer)).toEqual(await measure(offer, asking));
  });

  it("[S8 V6.3.8] is ten fast hashes for a recovery code, of whatever shape, used or however many are left", async () => {
    const { codes, prove, measure } = await start();
    const wrong = await measure(recovery("0000-0000-0000-0000-0000-0000"));
    for (const code of NO_CODE) expect(await measure(recovery(code))).toEqual(wrong);
    for (const code of codes.slice(0, 9)) {
      await prove(recovery(code));
      expect(await measure(recovery(code))).toEqual(wrong);
    }
  });

  it("[V6.3.8] is the same for a message's code that is wrong, malformed, another session's, over or used", async () => {
    const { clock, phone, prove, measure, send } = await start();
    const asking = await send();
    const wrong = await measure(message("------"), asking);
    expect(wrong).toMatchObject({ createHmac: 1, hkdfSync: 1, store: "read read write" });
    for (const code of [null, "", "12345", {}]) expect(await measure(message(code), asking)).toEqual(wrong);
    expect(await measure(message(phone.code()))).toEqual(wrong);
    const next = await send();
    await prove(message(phone.code()), next);
    expect(await measure(message(phone.code()), next)).toEqual(wrong);
    const late = await send();
    clock.now += 10 * MINUTE;
    expect(await measure(message(phone.code()), late, "challenge-expired")).toEqual(wrong);
  });

  it("[T3 V6.3.8] is the same while locked, whether what was typed is right or wrong", async () => {
    const { clock, phone, secret, codes, measure, lock, send } = await start();
    const asking = await send();
    const offers = {
      totp: [totp("000000"), totp(codeAt(secret, clock.now)), totp("")],
      recovery: [recovery("0000-0000-0000-0000-0000-0000"), recovery(codes[0]), recovery("")],
      message: [message("------"), message(phone.code()), message("")],
    };
    const wrong = {
      totp: await measure(totp("000000")),
      recovery: await measure(recovery("")),
      message: await measure(message("------"), await send()),
    };
    await send(asking);
    await lock();
    for (const kind of ["totp", "recovery", "message"] as const)
      for (const offer of offers[kind])
        expect(await measure(offer, asking, "account-locked")).toEqual(wrong[kind]);
  });

  it("[V6.3.8] is the same where a prompt is void, and where everything is disabled", async () => {
    const { clock, identity, prove, measure } = await start();
    const wrong = await measure(totp("000000"));
    const asking = someSession(identity);
    for (let i = 0; i < 5; i++) await prove(totp(""), asking);
    expect(await measure(totp("000000"), asking, "challenge-void")).toEqual(wrong);
    for (let i = 0; i < 100; i++) {
      await prove(totp(""));
      clock.now += 24 * 60 * MINUTE;
    }
    expect(await measure(totp("000000"), undefined, "factor-disabled")).toEqual(wrong);
  });

  it("[S9 V6.3.8] asks the store the same of a passkey's answer, and checks signatures of the person's own only", async () => {
    const { factors, identity, browser, measure, lock } = await start();
    const asking = someSession(identity);
    const challenge = async () => granted(await factors.challengePasskey(asking, "view")).options;
    const offer = (response: unknown): Offer => ({ method: "passkey", response });
    const there = { clientData: { origin: "https://evil.example" } };
    const wrong = browser.sign(browser.get(await challenge()), there);
    const answers = [await measure(offer(wrong), asking)];
    answers.push(await measure(offer(wrong), asking));
    await challenge();
    for (const response of [{}, null, { ...wrong, id: "AAAA", rawId: "AAAA" }])
      answers.push(await measure(offer(response)));
    await lock();
    answers.push(await measure(offer(wrong), asking, "account-locked"));
    expect(new Set(answers.map(({ store }) => store))).toEqual(new Set(["read read write"]));
  });

  it("[S8] never has a slow hash in it, not even once a try", async () => {
    const { phone, codes, prove, measure, send } = await start();
    const asking = await send();
    await prove(recovery(codes[0]));
    for (const offer of [totp("000000"), recovery("x"), recovery(codes[0]), message(`${phone.code()}0`)]) {
      const work = await measure(offer, asking);
      for (const name of Object.keys(SLOW)) expect([name, work[name]]).toEqual([name, 0]);
    }
  });
});

describe("a try while locked", () => {
  it("[T4] writes once, whatever others write meanwhile: nobody turns it into a flood", async () => {
    const clock = handClock();
    const state = memoryState({ clock });
    const { counted, asked } = countingStore(state);
    const factors = makeFactors(counted, clock);
    const identity = someStaff();
    const session = someSession(identity);
    await enrolApp(factors, session, clock);
    for (let i = 0; i < 10; i++) await factors.prove(someSession(identity), "view", totp(""));
    asked.length = 0;
    const tries = Array.from({ length: 60 }, () => factors.prove(someSession(identity), "view", totp("")));
    for (const answer of await Promise.all(tries)) expect(answer).toMatchObject({ reason: "account-locked" });
    expect(asked.filter((one) => one === "write")).toHaveLength(60);
    expect(asked).toHaveLength(120);
  });

  it.each([
    ["unlock", { factors: [{}], lockedUntil: null }],
    ["reset", { factors: [], lockedUntil: null }],
  ] as const)("[T4] undoes no %s of the same moment", async (deed, left) => {
    const clock = handClock();
    const state = memoryState({ clock });
    const factors = makeFactors(state, clock);
    const identity = someStaff();
    const session = someSession(identity);
    await enrolApp(factors, session, clock);
    for (let i = 0; i < 10; i++) await factors.prove(someSession(identity), "view", totp(""));
    const write = state.write.bind(state);
    vi.spyOn(state, "write").mockImplementationOnce(async (...written) => {
      await factors[deed](session.worker);
      return await write(...written);
    });
    await factors.prove(someSession(identity), "view", totp(""));
    expect(await factors.list(session.worker)).toMatchObject(left);
  });
});
