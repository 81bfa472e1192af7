import { MINUTE } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { enrolApp, granted, makeFactors, ORIGIN } from "../../test/factors.ts";
import { openBrowser } from "../../test/passkeys.ts";
import { codeAt, handClock, NOON, raised, someSession, someStaff } from "../../test/people.ts";
import { memoryState } from "../state/memory.ts";
import { readWorker } from "../worker.ts";

const WRONG = { kind: "refuse", reason: "second-factor-wrong" };
const EXPIRED = { kind: "refuse", reason: "challenge-expired" };
const UNENROLLED = { kind: "refuse", reason: "second-factor-unenrolled" };

function start() {
  const clock = handClock();
  const identity = someStaff();
  const factors = makeFactors(memoryState({ clock }), clock);
  const listed = async () => (await factors.list(readWorker(identity))).factors;
  return { clock, identity, session: someSession(identity), factors, listed };
}

describe("enrolTotp", () => {
  it("gives a secret, its address and its picture", async () => {
    const { session, factors } = start();
    const enrolment = granted(await factors.enrolTotp(session, "kim:1"));
    expect(enrolment.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(enrolment.uri).toContain(`secret=${enrolment.secret}`);
    expect(decodeURIComponent(enrolment.uri)).toContain("Market:kim-1?");
    expect(enrolment.svg).toMatch(/^<svg /);
  });

  it("[S4] enrols nothing until a code proves that the app has the secret", async () => {
    const { clock, session, factors, listed } = start();
    const { secret } = granted(await factors.enrolTotp(session, "kim", "전화"));
    const code = codeAt(secret, clock.now);
    expect(await listed()).toEqual([]);
    expect(await factors.prove(session, "view", { method: "totp", code })).toMatchObject(UNENROLLED);
    expect(await factors.confirmTotp(session, code)).toEqual({ kind: "proved", method: "totp", at: NOON });
    expect(await listed()).toMatchObject([{ kind: "totp", name: "전화" }]);
  });

  it("makes an earlier pending secret void", async () => {
    const { clock, session, factors } = start();
    const first = granted(await factors.enrolTotp(session, "kim"));
    granted(await factors.enrolTotp(session, "kim"));
    expect(await factors.confirmTotp(session, codeAt(first.secret, clock.now))).toMatchObject(WRONG);
  });

  it("does not take a label nobody could show", async () => {
    const { session, factors } = start();
    const invalid = { code: "ERR_GARIM_OPTION_INVALID" };
    await expect(factors.enrolTotp(session, "")).rejects.toMatchObject(invalid);
    await expect(factors.enrolPasskey(session, "")).rejects.toMatchObject(invalid);
  });

  it("takes ten factors and no eleventh", async () => {
    const { clock, session, factors, listed } = start();
    for (let i = 0; i < 10; i++) await enrolApp(factors, raised(session, NOON), clock);
    const full = { reason: "factor-limit" };
    expect(await factors.enrolTotp(raised(session, NOON), "kim")).toMatchObject(full);
    expect(await factors.enrolPasskey(raised(session, NOON), "kim")).toMatchObject(full);
    expect(await listed()).toHaveLength(10);
  });
});

describe("confirmTotp", () => {
  it.each([
    ["the last millisecond of its life", 10 * MINUTE - 1, { kind: "proved" }],
    ["the millisecond after", 10 * MINUTE, EXPIRED],
    ["a clock far behind", -3 * MINUTE, EXPIRED],
  ])("[S7] confirms until %s", async (_, later, expected) => {
    const { clock, session, factors } = start();
    const { secret } = granted(await factors.enrolTotp(session, "kim"));
    clock.now += later;
    expect(await factors.confirmTotp(session, codeAt(secret, clock.now))).toMatchObject(expected);
  });

  it("[S4] confirms in the session that enrolled, and in no other", async () => {
    const { clock, identity, session, factors } = start();
    const { secret } = granted(await factors.enrolTotp(session, "kim"));
    const code = codeAt(secret, clock.now);
    expect(await factors.confirmTotp(someSession(identity), code)).toMatchObject(UNENROLLED);
    expect(await factors.confirmTotp(session, code)).toMatchObject({ kind: "proved" });
  });

  it("[S6] voids what another session had begun while no factor was asked for", async () => {
    const { clock, identity, session, factors, listed } = start();
    const stolen = someSession(identity);
    const { options } = granted(await factors.enrolPasskey(stolen, "kim"));
    await enrolApp(factors, session, clock);
    const made = openBrowser(ORIGIN).create(options);
    expect(await factors.confirmPasskey(stolen, made)).toMatchObject(WRONG);
    expect(await listed()).toHaveLength(1);
  });

  it("[T3] counts wrong codes, and enrolling anew buys no tries of the account", async () => {
    const { clock, session, factors } = start();
    granted(await factors.enrolTotp(session, "kim"));
    for (let i = 0; i < 5; i++) expect(await factors.confirmTotp(session, "")).toMatchObject(WRONG);
    expect(await factors.confirmTotp(session, "")).toMatchObject({ reason: "challenge-void" });
    const { secret } = granted(await factors.enrolTotp(session, "kim"));
    for (let i = 0; i < 5; i++) expect(await factors.confirmTotp(session, "")).toMatchObject(WRONG);
    expect(await factors.confirmTotp(session, codeAt(secret, clock.now))).toMatchObject({
      reason: "account-locked",
    });
    expect(await factors.enrolTotp(session, "kim")).toMatchObject({ reason: "account-locked" });
  });
});
