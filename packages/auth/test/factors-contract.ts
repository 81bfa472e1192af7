import { randomUUID } from "node:crypto";
import { MINUTE } from "@garim/policy";
import { describe, expect, it } from "vitest";
import type { Factors, Session } from "../src/index.ts";
import { readWorker } from "../src/worker.ts";
import { enrolApp, enrolKey, enrolRecovery, granted, makeFactors, makePhone, ORIGIN } from "./factors.ts";
import { openBrowser } from "./passkeys.ts";
import { codeAt, handClock, NOON, race, raised, someSession, someStaff } from "./people.ts";
import type { SharedStore } from "./stores.ts";

type Answer = Awaited<ReturnType<Factors["prove"]>>;

const WRONG = { kind: "refuse", reason: "second-factor-wrong" };
const EXPIRED = { kind: "refuse", reason: "challenge-expired" };
const LOCKED = { kind: "refuse", reason: "account-locked" };
const SKEW = 90_000;

/** What must hold of second factors when two nodes serve one worker, whatever the store. */
export function describeFactors(store: SharedStore): void {
  /** Two nodes, the other's clock ahead by some milliseconds. */
  const open = async (aheadMs = 0) => {
    const clock = handClock();
    const phone = makePhone();
    const identity = someStaff();
    const session = someSession(identity);
    const [first, second] = await store.connect(clock);
    const one = makeFactors(first, clock, { channels: [phone] });
    const other = makeFactors(second, () => clock.now + aheadMs, { channels: [phone] });
    const either = (index: number) => (index % 2 ? one : other);
    return { clock, phone, identity, session, one, other, either };
  };
  const countProved = (answers: readonly Answer[]) => answers.filter(({ kind }) => kind === "proved").length;
  const reasonsOf = (answers: readonly Answer[]) =>
    answers.map((answer) => (answer.kind === "refuse" ? answer.reason : answer.kind));

  describe("prove", () => {
    it("[T2] [V6.5.1] proves one of 60 parallel posts of one TOTP code", async () => {
      const { clock, session, one, either } = await open();
      const secret = await enrolApp(one, session, clock);
      clock.now += MINUTE;
      const offer = { method: "totp", code: codeAt(secret, clock.now) } as const;
      expect(countProved(await race(60, (index) => either(index).prove(session, "view", offer)))).toBe(1);
    });

    it("[T2] [S8] [V6.5.1] proves one of 60 parallel posts of one recovery code", async () => {
      const { clock, identity, session, one, either } = await open();
      const [code] = await enrolRecovery(one, session, clock);
      const offer = { method: "recovery", code } as const;
      expect(countProved(await race(60, (index) => either(index).prove(session, "view", offer)))).toBe(1);
      expect((await one.list(readWorker(identity))).recoveryCodesLeft).toBe(9);
    });

    it("[T2] [V6.5.1] proves one of 60 parallel posts of one code by message", async () => {
      const { phone, session, one, either } = await open();
      granted(await one.sendCode(session, "view", "sms"));
      const offer = { method: "message", code: phone.code() } as const;
      expect(countProved(await race(60, (index) => either(index).prove(session, "view", offer)))).toBe(1);
    });

    it("[T2] [S9] [V6.7.2] proves one of 60 parallel posts of one passkey assertion", async () => {
      const { session, one, either } = await open();
      const browser = await enrolKey(one, session);
      const { options } = granted(await one.challengePasskey(session, "view"));
      const offer = { method: "passkey", response: browser.get(options) } as const;
      expect(countProved(await race(60, (index) => either(index).prove(session, "view", offer)))).toBe(1);
    });

    it("[T1] refuses on the other node and in another session what was used on the first", async () => {
      const { clock, identity, session, one, other } = await open();
      const secret = await enrolApp(one, session, clock);
      const elsewhere = someSession(identity);
      const again = { method: "totp", code: codeAt(secret, clock.now) } as const;
      const refused = await other.prove(elsewhere, "view", again);
      expect(refused).toMatchObject(WRONG);
      expect(refused).toEqual(await other.prove(elsewhere, "view", { method: "totp", code: "000000" }));
      clock.now += 30_000;
      const next = { method: "totp", code: codeAt(secret, clock.now) } as const;
      expect(await one.prove(session, "view", next)).toMatchObject({ kind: "proved" });
      expect(await other.prove(elsewhere, "view", next)).toMatchObject(WRONG);
    });

    it("[T3] [V6.3.1] answers no more than 10 of 60 parallel guesses over nodes, sessions and kinds", async () => {
      const { clock, identity, session, one, either } = await open();
      const [code] = await enrolRecovery(one, session, clock);
      const guess = (index: number) => {
        const offers = [
          { method: "totp", code: "000000" },
          { method: "recovery", code: randomUUID() },
          { method: "message", code: "000000" },
          { method: "passkey", response: {} },
        ] as const;
        return either(index).prove(someSession(identity), "view", offers[index % 4] ?? offers[0]);
      };
      const reasons = reasonsOf(await race(60, guess));
      expect(reasons.filter((reason) => reason === "second-factor-wrong")).toHaveLength(10);
      expect(reasons.filter((reason) => reason === "account-locked")).toHaveLength(50);
      const right = { method: "recovery", code } as const;
      expect(await one.prove(session, "view", right)).toMatchObject(LOCKED);
      clock.now += 15 * MINUTE;
      expect(await one.prove(session, "view", right)).toMatchObject({ kind: "proved" });
    });

    it("[T3] [V6.6.3] answers no more than 5 of 60 parallel guesses of one session's prompt", async () => {
      const { phone, session, one, either } = await open();
      granted(await one.sendCode(session, "view", "sms"));
      const wrong = phone.code() === "000000" ? "000001" : "000000";
      const offer = { method: "message", code: wrong } as const;
      const reasons = reasonsOf(await race(60, (index) => either(index).prove(session, "view", offer)));
      expect(reasons.filter((reason) => reason === "second-factor-wrong")).toHaveLength(5);
      expect(reasons.filter((reason) => reason === "challenge-void")).toHaveLength(55);
    });

    it("[S7] [V6.5.8] replays nothing on a node 90 s ahead, and nothing where a clock goes back", async () => {
      const { clock, session, one, other } = await open(SKEW);
      const secret = await enrolApp(one, session, clock);
      clock.now += 5 * MINUTE;
      const offer = { method: "totp", code: codeAt(secret, clock.now + SKEW) } as const;
      expect(await other.prove(session, "view", offer)).toMatchObject({ kind: "proved" });
      expect(await one.prove(session, "view", offer)).toMatchObject(WRONG);
      clock.now += SKEW;
      expect(await one.prove(session, "view", offer)).toMatchObject(WRONG);
      clock.now -= 10 * MINUTE;
      expect(await one.prove(session, "view", offer)).toMatchObject(WRONG);
    });

    it("[S7] [V6.5.5] takes a code by message on a node 90 s off, once, and never longer than its life", async () => {
      const { clock, phone, session, one, other } = await open(SKEW);
      granted(await other.sendCode(session, "view", "sms"));
      const offer = { method: "message", code: phone.code() } as const;
      expect(await one.prove(session, "view", offer)).toMatchObject({ kind: "proved" });
      expect(await other.prove(session, "view", offer)).toMatchObject(WRONG);
      granted(await other.sendCode(session, "view", "sms"));
      const late = { method: "message", code: phone.code() } as const;
      clock.now += 10 * MINUTE;
      expect(await other.prove(session, "view", late)).toMatchObject(EXPIRED);
      clock.now -= 20 * MINUTE;
      expect(await one.prove(session, "view", late)).toMatchObject(EXPIRED);
    });
  });

  describe("confirmTotp, confirmPasskey", () => {
    it("[T2] takes one of 60 parallel confirmations by one code", async () => {
      const { clock, identity, session, one, either } = await open();
      const { secret } = granted(await one.enrolTotp(session, "kim"));
      const code = codeAt(secret, clock.now);
      expect(countProved(await race(60, (index) => either(index).confirmTotp(session, code)))).toBe(1);
      expect((await one.list(readWorker(identity))).factors).toHaveLength(1);
    });

    it("[T2] [S9] takes one of 60 parallel confirmations by one passkey", async () => {
      const { identity, session, one, either } = await open();
      const { options } = granted(await one.enrolPasskey(session, "kim"));
      const response = openBrowser(ORIGIN).create(options);
      expect(countProved(await race(60, (index) => either(index).confirmPasskey(session, response)))).toBe(1);
      expect((await one.list(readWorker(identity))).factors).toHaveLength(1);
    });

    it("[S6] lets one of two sessions enrol the first factor, whichever comes first", async () => {
      const { clock, identity, session, one, other } = await open();
      const stolen = someSession(identity);
      const { secret } = granted(await one.enrolTotp(session, "kim"));
      const { options } = granted(await other.enrolPasskey(stolen, "kim"));
      const response = openBrowser(ORIGIN).create(options);
      const answers = await Promise.all([
        one.confirmTotp(session, codeAt(secret, clock.now)),
        other.confirmPasskey(stolen, response),
      ]);
      expect(countProved(answers)).toBe(1);
      expect((await one.list(readWorker(identity))).factors).toHaveLength(1);
    });
  });

  describe("sendCode", () => {
    it("sends no more than 5 of 60 codes asked for in parallel, and the newest proves", async () => {
      const { clock, identity, phone, one, either } = await open();
      const sessions = Array.from({ length: 60 }, () => someSession(identity));
      const answers = await race(60, (index) =>
        either(index).sendCode(sessions[index] ?? someSession(), "view", "sms"),
      );
      expect(answers.filter(({ kind }) => kind === "code-sent")).toHaveLength(5);
      expect(phone.inbox).toHaveLength(5);
      clock.now += 15 * MINUTE;
      const [session = someSession()] = sessions;
      granted(await one.sendCode(session, "view", "sms"));
      const offer = { method: "message", code: phone.code() } as const;
      expect(await one.prove(session, "view", offer)).toMatchObject({ kind: "proved" });
    });
  });

  describe("remove", () => {
    it("leaves one of two factors that are removed in parallel", async () => {
      const { clock, identity, session, one, other } = await open();
      await enrolApp(one, session, clock);
      const proved: Session = raised(session, NOON);
      await enrolKey(one, proved);
      const [app, key] = (await one.list(readWorker(identity))).factors.map(({ id }) => id);
      await Promise.all([one.remove(proved, app ?? ""), other.remove(proved, key ?? "")]);
      expect((await one.list(readWorker(identity))).factors).toHaveLength(1);
    });
  });
}
