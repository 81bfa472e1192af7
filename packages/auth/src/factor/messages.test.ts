import { MINUTE } from "@garim/policy";
import { describe, expect, it, vi } from "vitest";
import { enrolApp, granted, makeFactors, makePhone } from "../../test/factors.ts";
import { codeAt, handClock, KEYS, NOON, someSession, someStaff } from "../../test/people.ts";
import { memoryState } from "../state/memory.ts";
import { readWorker } from "../worker.ts";
import type { Channel } from "./channel.ts";
import type { FactorsOptions } from "./factors.ts";

const WRONG = { kind: "refuse", reason: "second-factor-wrong" };
const EXPIRED = { kind: "refuse", reason: "challenge-expired" };
const PROVED = { kind: "proved", method: "message" };

function start(more: Partial<FactorsOptions> = {}) {
  const clock = handClock();
  const state = memoryState({ clock });
  const phone = makePhone();
  const kakao = makePhone("kakao");
  const identity = someStaff();
  const session = someSession(identity);
  const factors = makeFactors(state, clock, { channels: [phone, kakao], ...more });
  const prove = (code: unknown, asking = session, action: "view" | "download" = "view") =>
    factors.prove(asking, action, { method: "message", code });
  const send = async (asking = session, channel = "sms") =>
    granted(await factors.sendCode(asking, "view", channel));
  return { clock, state, phone, kakao, identity, session, factors, prove, send };
}

describe("sendCode", () => {
  it("hands the channel a code with what it is for", async () => {
    const { session, phone, send } = start();
    const expiresAt = NOON + 10 * MINUTE;
    expect(await send()).toEqual({ kind: "code-sent", channel: "sms", expiresAt });
    const code = expect.stringMatching(/^\d{6}$/);
    expect(phone.inbox).toEqual([{ worker: session.worker, action: "view", code, expiresAt }]);
  });

  it("stores the code before it is sent", async () => {
    const { state, phone, factors, session } = start();
    const order: string[] = [];
    const write = vi.spyOn(state, "write");
    write.mockImplementationOnce(async () => order.push("stored") > 0);
    vi.spyOn(phone, "send").mockImplementationOnce(async () => void order.push("sent"));
    await factors.sendCode(session, "view", "sms");
    expect(order).toEqual(["stored", "sent"]);
  });

  it("sends nothing by a channel nobody gave", async () => {
    const { factors, session } = start();
    for (const channel of ["fax", "", "__proto__", undefined as never])
      expect(await factors.sendCode(session, "view", channel)).toMatchObject({
        reason: "factor-not-offered",
      });
  });

  it("[V6.6.4] sends at most 5 in a quarter of an hour, by all channels and sessions together", async () => {
    const { clock, identity, factors, session, send } = start();
    for (let i = 0; i < 5; i++) await send(someSession(identity), i % 2 ? "sms" : "kakao");
    expect(await factors.sendCode(session, "view", "sms")).toMatchObject({ reason: "message-limit" });
    clock.now += 15 * MINUTE - 1;
    expect(await factors.sendCode(session, "view", "sms")).toMatchObject({ reason: "message-limit" });
    clock.now += 1;
    await send();
    clock.now -= 60 * MINUTE;
    for (let i = 0; i < 4; i++) await send();
    expect(await factors.sendCode(session, "view", "sms")).toMatchObject({ reason: "message-limit" });
  });

  it("[T3] sends nothing while the account is locked", async () => {
    const { identity, phone, factors, session, prove } = start();
    for (let i = 0; i < 10; i++) await prove("", someSession(identity));
    expect(await factors.sendCode(session, "view", "sms")).toMatchObject({ reason: "account-locked" });
    expect(phone.inbox).toEqual([]);
  });

  it("[T5] tells of a channel that throws, and loses nothing else", async () => {
    const { clock, factors, session, phone, prove, send } = start();
    const secret = await enrolApp(factors, session, clock);
    clock.now += MINUTE;
    vi.spyOn(phone, "send").mockRejectedValueOnce(new Error("gateway"));
    await expect(factors.sendCode(session, "view", "sms")).rejects.toMatchObject({
      code: "ERR_GARIM_CHANNEL",
      cause: new Error("gateway"),
    });
    await send();
    expect(await prove(phone.code())).toMatchObject(PROVED);
    const offer = { method: "totp", code: codeAt(secret, clock.now) } as const;
    expect(await factors.prove(session, "view", offer)).toMatchObject({ kind: "proved" });
  });
});

describe("prove with a code by message", () => {
  it("[V6.5.1] proves the code that was sent, once", async () => {
    const { clock, phone, prove, send } = start();
    await send();
    expect(await prove(phone.code())).toEqual({ ...PROVED, at: clock.now });
    expect(await prove(phone.code())).toMatchObject(WRONG);
  });

  it("[V6.6.2] takes it in the session it was sent for, and for its action", async () => {
    const { identity, session, phone, prove, send } = start();
    await send();
    expect(await prove(phone.code(), someSession(identity))).toMatchObject(WRONG);
    expect(await prove(phone.code(), session, "download")).toMatchObject(WRONG);
    expect(await prove(phone.code())).toMatchObject(PROVED);
  });

  it("takes only the newest, whatever channel and session the one before was for", async () => {
    const { identity, phone, kakao, prove, send } = start();
    const other = someSession(identity);
    await send();
    await send(other, "kakao");
    expect(await prove(phone.code())).toMatchObject(WRONG);
    expect(await prove(kakao.code(), other)).toMatchObject(PROVED);
  });

  it.each([
    ["the last millisecond of its life", 10 * MINUTE - 1, PROVED],
    ["the millisecond after", 10 * MINUTE, EXPIRED],
    ["a clock a little behind", -MINUTE, PROVED],
    ["a clock far behind", -3 * MINUTE, EXPIRED],
  ])("[V6.5.5] [S7] takes it until %s", async (_, later, expected) => {
    const { clock, phone, prove, send } = start();
    await send();
    clock.now += later;
    expect(await prove(phone.code())).toMatchObject(expected);
  });

  it("says that it is over whatever was typed, to the session that asked and to no other", async () => {
    const { clock, identity, phone, prove, send } = start();
    await send();
    expect(await prove("------")).toMatchObject(WRONG);
    clock.now += 10 * MINUTE;
    for (const code of [phone.code(), "------", undefined]) expect(await prove(code)).toMatchObject(EXPIRED);
    expect(await prove(phone.code(), someSession(identity))).toMatchObject(WRONG);
    await send();
    expect(await prove("------")).toMatchObject(WRONG);
  });

  it("[V6.6.3] voids it after 5 wrong ones, and a new one is a new challenge", async () => {
    const { phone, prove, send } = start();
    await send();
    for (let i = 0; i < 5; i++) expect(await prove("12345")).toMatchObject(WRONG);
    expect(await prove(phone.code())).toMatchObject({ reason: "challenge-void" });
    await send();
    expect(await prove(phone.code())).toMatchObject(PROVED);
  });

  it("takes it also where a new key came into force meanwhile", async () => {
    const keys = [...KEYS.all()];
    const { phone, prove, send } = start({ keys: { all: () => keys } });
    await send();
    keys.unshift({ id: "new", key: new Uint8Array(32).fill(9) });
    expect(await prove(phone.code())).toMatchObject(PROVED);
  });

  it("[S4] is no factor where the host gives no channel", async () => {
    const { clock, factors, session, prove } = start({ channels: [] });
    expect(await prove("000000")).toMatchObject({ reason: "second-factor-unenrolled" });
    await enrolApp(factors, session, clock);
    expect(await prove("000000")).toMatchObject(WRONG);
  });
});

describe("prove by a channel that checks itself", () => {
  const startPass = () => {
    const check = vi.fn<NonNullable<Channel["check"]>>(async (_, answer) => answer === "signed");
    const pass = { ...makePhone("pass"), check };
    return { ...start({ channels: [pass] }), pass, check };
  };

  it("asks the channel about its transaction, and proves once", async () => {
    const { session, pass, check, factors, prove } = startPass();
    granted(await factors.sendCode(session, "view", "pass"));
    expect(pass.code()).toMatch(/^[\w-]{22}$/);
    expect(await prove(pass.code())).toMatchObject(WRONG);
    expect(await prove("signed")).toMatchObject(PROVED);
    expect(check).toHaveBeenLastCalledWith(pass.inbox[0], "signed");
    expect(await prove("signed")).toMatchObject(WRONG);
    expect(check).toHaveBeenCalledTimes(2);
  });

  it("[T5] does not count a try whose check throws", async () => {
    const { identity, session, check, factors, prove } = startPass();
    granted(await factors.sendCode(session, "view", "pass"));
    for (let i = 0; i < 10; i++) {
      check.mockRejectedValueOnce(new Error("provider"));
      await expect(prove("signed")).rejects.toMatchObject({ code: "ERR_GARIM_CHANNEL" });
    }
    expect((await factors.list(readWorker(identity))).lockedUntil).toBeNull();
    expect(await prove("signed")).toMatchObject(PROVED);
  });

  it("[T3] is not asked for who is locked", async () => {
    const { clock, identity, session, check, factors, prove } = startPass();
    await enrolApp(factors, session, clock);
    granted(await factors.sendCode(session, "view", "pass"));
    for (let i = 0; i < 10; i++)
      await factors.prove(someSession(identity), "view", { method: "totp", code: "" });
    expect(await prove("signed")).toMatchObject({ reason: "account-locked" });
    expect(check).not.toHaveBeenCalled();
  });

  it("takes nothing but true for a yes", async () => {
    const { session, check, factors, prove } = startPass();
    granted(await factors.sendCode(session, "view", "pass"));
    check.mockResolvedValueOnce("yes" as never);
    expect(await prove("signed")).toMatchObject(WRONG);
  });
});
