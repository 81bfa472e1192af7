import { MINUTE, resolvePolicy } from "@garim/policy";
import { describe, expect, it, vi } from "vitest";
import { enrolApp, enrolKey, enrolRecovery, makeFactors, makePhone } from "../../test/factors.ts";
import { codeAt, handClock, NOON, raised, someSession, someStaff } from "../../test/people.ts";
import { memoryState } from "../state/memory.ts";
import { readWorker } from "../worker.ts";
import type { FactorsOptions } from "./factors.ts";
import type { SecretKey } from "./sealed-secret.ts";

const WRONG = { kind: "refuse", reason: "second-factor-wrong" };
const LOCKED = { kind: "refuse", reason: "account-locked" };
const UNENROLLED = { kind: "refuse", reason: "second-factor-unenrolled" };
const PROVED = { kind: "proved" };

function start(more: Partial<FactorsOptions> = {}) {
  const clock = handClock();
  const state = memoryState({ clock });
  const onLock = vi.fn();
  const onNotice = vi.fn();
  const identity = someStaff();
  const factors = makeFactors(state, clock, { onLock, onNotice, ...more });
  const noticed = () => onNotice.mock.calls.map(([notice]) => notice.kind);
  return { clock, state, onLock, onNotice, noticed, factors, identity, session: someSession(identity) };
}

/** A worker who enrolled an app a minute ago. */
async function startEnrolled(more: Partial<FactorsOptions> = {}) {
  const started = start(more);
  const { clock, factors, identity, session } = started;
  const secret = await enrolApp(factors, session, clock);
  clock.now += MINUTE;
  const show = () => ({ method: "totp", code: codeAt(secret, clock.now) }) as const;
  /** Posts wrong codes, each in a session of its own. */
  const guess = async (times: number) => {
    const answers = [];
    for (let i = 0; i < times; i++)
      answers.push(await factors.prove(someSession(identity), "view", { method: "totp", code: "" }));
    return answers;
  };
  return { ...started, secret, show, guess };
}

describe("createFactors", () => {
  it("does not start without usable keys, issuer or domain", () => {
    const codeOf = (code: string) => expect.objectContaining({ code });
    expect(() => start({ keys: { all: () => [] } })).toThrow(codeOf("ERR_GARIM_KEYS_MISSING"));
    expect(() => start({ issuer: "" })).toThrow(codeOf("ERR_GARIM_OPTION_INVALID"));
    const passkeys = { rpId: "", rpName: "Market", origins: [] };
    expect(() => start({ passkeys })).toThrow(codeOf("ERR_GARIM_OPTION_INVALID"));
  });

  it("[V6.3.6] does not start with codes by e-mail, unless the host insists", () => {
    const channels = [makePhone("e-mail")];
    expect(() => start({ channels })).toThrow(/allowEmail: true/);
    expect(() => start({ channels, allowEmail: true })).not.toThrow();
  });

  it("stores nothing readable, and nothing that another worker's account could be swapped with", async () => {
    const { state, factors, session, clock, identity } = start();
    const write = vi.spyOn(state, "write");
    const secret = await enrolApp(factors, session, clock);
    const stored = JSON.stringify(write.mock.calls);
    for (const part of [secret, identity.staffId, session.name, "usedStep"])
      expect(stored).not.toContain(part);
    const [, value = ""] = write.mock.lastCall ?? [];
    const other = someStaff();
    vi.spyOn(state, "read").mockResolvedValueOnce({ value, version: 1 });
    await expect(factors.list(readWorker(other))).rejects.toMatchObject({
      code: "ERR_GARIM_STATE_UNAVAILABLE",
    });
  });

  it("moves an account to the newest key with each use, so that the old one can be retired", async () => {
    const keys: SecretKey[] = [{ id: "old", key: new Uint8Array(32).fill(1) }];
    const { clock, factors, session, show } = await startEnrolled({ keys: { all: () => keys } });
    keys.unshift({ id: "new", key: new Uint8Array(32).fill(2) });
    expect(await factors.prove(session, "view", show())).toMatchObject(PROVED);
    keys.pop();
    clock.now += MINUTE;
    expect(await factors.prove(session, "view", show())).toMatchObject(PROVED);
  });

  it("[T5] proves nothing while the store fails or its value cannot be read", async () => {
    const { state, factors, session, show } = await startEnrolled();
    const read = vi.spyOn(state, "read");
    const unavailable = { code: "ERR_GARIM_STATE_UNAVAILABLE" };
    for (const value of ["{}", "", "null"]) {
      read.mockResolvedValueOnce({ value, version: 1 });
      await expect(factors.prove(session, "view", show())).rejects.toMatchObject(unavailable);
    }
    read.mockRejectedValueOnce(new Error("down"));
    await expect(factors.prove(session, "view", show())).rejects.toThrow("down");
    vi.spyOn(state, "write").mockResolvedValue(false);
    await expect(factors.prove(session, "view", show())).rejects.toMatchObject(unavailable);
  });
});

describe("list", () => {
  it("tells what a worker has, and nothing one could prove with", async () => {
    const { clock, factors, identity, session } = start({ channels: [makePhone()] });
    const nothing = { factors: [], recoveryCodesLeft: 0, lockedUntil: null, isDisabled: false };
    expect(await factors.list(readWorker(identity))).toEqual({ ...nothing, channels: ["sms"] });
    await enrolApp(factors, session, clock);
    const proved = raised(session, clock.now);
    await enrolKey(factors, proved);
    await factors.makeRecoveryCodes(proved);
    const base = { id: expect.stringMatching(/^[0-9a-f]{16}$/), addedAt: NOON, usedAt: NOON };
    expect(await factors.list(readWorker(identity))).toEqual({
      ...nothing,
      factors: [
        { ...base, kind: "totp", name: "TOTP" },
        { ...base, kind: "passkey", name: "Passkey" },
      ],
      recoveryCodesLeft: 10,
      channels: ["sms"],
    });
  });
});

describe("prove with an app's code", () => {
  it("proves a right one, at the moment it came, for any action", async () => {
    const { clock, factors, identity, session, show } = await startEnrolled();
    const proved = await factors.prove(session, "manage", show());
    expect(proved).toEqual({ kind: "proved", method: "totp", at: clock.now });
    expect((await factors.list(readWorker(identity))).factors).toMatchObject([{ usedAt: clock.now }]);
  });

  it("takes the code of any of several apps, each once", async () => {
    const { clock, factors, session, show } = await startEnrolled();
    const second = await enrolApp(factors, raised(session, clock.now), clock);
    expect(await factors.prove(session, "view", show())).toMatchObject(PROVED);
    clock.now += MINUTE;
    const other = { method: "totp", code: codeAt(second, clock.now) } as const;
    expect(await factors.prove(session, "view", other)).toMatchObject(PROVED);
    expect(await factors.prove(session, "view", other)).toMatchObject(WRONG);
    expect(await factors.prove(session, "view", show())).toMatchObject(PROVED);
  });

  it("[T1] refuses a used one as it refuses a wrong one, the enrolment's included", async () => {
    const { clock, factors, session, secret, show, guess } = await startEnrolled();
    clock.now = NOON + 1_000;
    const enrolled = { method: "totp", code: codeAt(secret, NOON) } as const;
    expect(await factors.prove(session, "view", enrolled)).toMatchObject(WRONG);
    expect(await factors.confirmTotp(session, enrolled.code)).toMatchObject(WRONG);
    clock.now = NOON + MINUTE;
    expect(await factors.prove(session, "view", show())).toMatchObject(PROVED);
    expect([await factors.prove(session, "view", show())]).toEqual(await guess(1));
  });

  it("[T1] refuses a used one also in the next period, and one older than the used one", async () => {
    const { clock, factors, session, secret, show } = await startEnrolled();
    const used = show();
    const older = { method: "totp", code: codeAt(secret, clock.now - 30_000) } as const;
    expect(await factors.prove(session, "view", used)).toMatchObject(PROVED);
    expect(await factors.prove(session, "view", older)).toMatchObject(WRONG);
    clock.now += 30_000;
    expect(await factors.prove(session, "view", used)).toMatchObject(WRONG);
    clock.now += 30_000;
    const late = { method: "totp", code: codeAt(secret, clock.now - 30_000) } as const;
    expect(await factors.prove(session, "view", late)).toMatchObject(PROVED);
  });

  it("[B1] refuses somebody else's code, the same id at another seller included", async () => {
    const { clock, factors, identity, show } = await startEnrolled();
    const other = someSession({ ...identity, sellerId: "seller-2" });
    expect(await factors.prove(other, "view", show())).toMatchObject(UNENROLLED);
    await enrolApp(factors, other, clock);
    expect(await factors.prove(other, "view", show())).toMatchObject(WRONG);
  });

  it.each([undefined, null, 123_456, "", "12345", "abcdef", ["123456"], "1".repeat(1_000_000)])(
    "[T3] counts malformed input %# as a failed try, with the answer of a wrong code",
    async (code) => {
      const { factors, identity, session, show } = await startEnrolled();
      for (let i = 0; i < 10; i++)
        expect(await factors.prove(someSession(identity), "view", { method: "totp", code })).toMatchObject(
          WRONG,
        );
      expect(await factors.prove(session, "view", show())).toMatchObject(LOCKED);
    },
  );

  it.each([
    { method: "sms", code: "1" },
    {},
    { method: "__proto__" },
    { method: "passkey" },
    { method: "recovery" },
  ])("[S4] counts the offer %j as a failed try", async (offer) => {
    const { factors, identity, show } = await startEnrolled();
    for (let i = 0; i < 10; i++)
      expect(await factors.prove(someSession(identity), "view", offer as never)).toMatchObject(WRONG);
    expect(await factors.prove(someSession(identity), "view", show())).toMatchObject(LOCKED);
  });

  it("[S4] [V6.3.4] proves nothing for who enrolled nothing, by no kind", async () => {
    const { factors, session } = start();
    for (const method of ["totp", "recovery", "message"] as const)
      expect(await factors.prove(session, "view", { method, code: "000000" })).toMatchObject(UNENROLLED);
    expect(await factors.prove(session, "view", { method: "passkey", response: {} })).toMatchObject(
      UNENROLLED,
    );
    expect(await factors.challengePasskey(session, "view")).toMatchObject(UNENROLLED);
    expect(await factors.confirmTotp(session, "000000")).toMatchObject(UNENROLLED);
    expect(await factors.confirmPasskey(session, {})).toMatchObject(UNENROLLED);
    expect(await factors.makeRecoveryCodes(session)).toMatchObject(UNENROLLED);
  });
});

describe("the count of tries", () => {
  it("[T3] [V6.3.1] locks the account after 10, and does not use up a right code meanwhile", async () => {
    const { clock, factors, identity, session, onLock, noticed, show, guess } = await startEnrolled();
    for (const answer of await guess(10)) expect(answer).toMatchObject(WRONG);
    const until = clock.now + 15 * MINUTE;
    expect(onLock.mock.calls).toEqual([[session.worker, until]]);
    expect(noticed()).toEqual(["factor-added", "account-locked"]);
    clock.now = until - 1;
    const right = show();
    expect(await factors.prove(session, "view", right)).toMatchObject(LOCKED);
    expect((await factors.list(readWorker(identity))).lockedUntil).toBe(until);
    clock.now = until;
    expect((await factors.list(readWorker(identity))).lockedUntil).toBeNull();
    expect(await factors.prove(session, "view", right)).toMatchObject(PROVED);
  });

  it("[T3] locks again after ten more, for twice as long, and disables after a hundred", async () => {
    const { clock, factors, identity, session, onLock, noticed, show, guess } = await startEnrolled();
    for (let lock = 0; lock < 10; lock++) {
      for (const answer of await guess(10)) expect(answer).toMatchObject(WRONG);
      expect(await factors.prove(session, "view", show())).toMatchObject({ kind: "refuse" });
      clock.now = onLock.mock.lastCall?.[1];
    }
    expect(onLock.mock.calls[1]?.[1] - onLock.mock.calls[0]?.[1]).toBe(30 * MINUTE);
    expect(onLock).toHaveBeenCalledTimes(10);
    expect(noticed().slice(-2)).toEqual(["account-locked", "factor-disabled"]);
    expect(await factors.prove(session, "view", show())).toMatchObject({ reason: "factor-disabled" });
    expect(await factors.enrolTotp(raised(session, clock.now), "kim")).toMatchObject({
      reason: "factor-disabled",
    });
    expect((await factors.list(readWorker(identity))).isDisabled).toBe(true);
  });

  it("[T3] starts anew after a right code, and not after anything else", async () => {
    const { clock, factors, identity, session, show, guess } = await startEnrolled({
      channels: [makePhone()],
    });
    await guess(9);
    await factors.prove(session, "view", show());
    await guess(9);
    await factors.list(readWorker(identity));
    await factors.challengePasskey(session, "view");
    await factors.sendCode(session, "view", "sms");
    await factors.enrolTotp(raised(session, clock.now), "kim");
    expect(await guess(2)).toMatchObject([WRONG, LOCKED]);
  });

  it("[T3] [V6.6.3] voids the prompt of a session and action after 5, for no other session and action", async () => {
    const { clock, factors, identity, session, show } = await startEnrolled();
    for (let i = 0; i < 5; i++)
      expect(await factors.prove(session, "view", { method: "totp", code: "" })).toMatchObject(WRONG);
    const right = show();
    expect(await factors.prove(session, "view", right)).toMatchObject({ reason: "challenge-void" });
    expect(await factors.prove(session, "download", { method: "totp", code: "" })).toMatchObject(WRONG);
    expect(await factors.prove(someSession(identity), "view", right)).toMatchObject(PROVED);
    expect(await factors.prove(session, "view", right)).toMatchObject({ reason: "challenge-void" });
    clock.now += 10 * MINUTE;
    expect(await factors.prove(session, "view", show())).toMatchObject(PROVED);
  });

  it("[T4] [V6.1.1] locks nobody else, and not for longer by trying on", async () => {
    const { clock, factors, session, onLock, show, guess } = await startEnrolled();
    const other = someSession();
    const secret = await enrolApp(factors, other, clock);
    clock.now += MINUTE;
    await guess(10);
    expect(
      await factors.prove(other, "view", { method: "totp", code: codeAt(secret, clock.now) }),
    ).toMatchObject(PROVED);
    const until = onLock.mock.lastCall?.[1];
    clock.now = until - 1;
    await guess(20);
    clock.now = until;
    expect(await factors.prove(session, "view", show())).toMatchObject(PROVED);
  });

  it("[T3] is shared by recovery codes and apps: a right one of either kind is refused as locked", async () => {
    const { clock, factors, identity, session } = start();
    const [code] = await enrolRecovery(factors, session, clock);
    for (let i = 0; i < 10; i++)
      await factors.prove(someSession(identity), "view", { method: i % 2 ? "totp" : "recovery", code: "x" });
    expect(await factors.prove(session, "view", { method: "recovery", code })).toMatchObject(LOCKED);
    expect((await factors.list(readWorker(identity))).recoveryCodesLeft).toBe(10);
  });

  it("is lifted by an owner, also where everything was disabled, and leaves the factors", async () => {
    const strict = resolvePolicy({ triesPerFactor: 1 });
    const { factors, identity, session, show, guess } = await startEnrolled({ policy: strict });
    await guess(1);
    expect(await factors.prove(session, "view", show())).toMatchObject({ reason: "factor-disabled" });
    await factors.unlock(session.worker);
    expect(await factors.list(readWorker(identity))).toMatchObject({
      isDisabled: false,
      factors: [{ kind: "totp" }],
    });
    expect(await factors.prove(session, "view", show())).toMatchObject(PROVED);
  });
});

describe("reset", () => {
  it("[V6.4.4] leaves nothing that proves, and tells", async () => {
    const { clock, factors, identity, session, onNotice } = start();
    const [code] = await enrolRecovery(factors, session, clock);
    await factors.reset(session.worker);
    expect(await factors.list(readWorker(identity))).toMatchObject({ factors: [], recoveryCodesLeft: 0 });
    expect(await factors.prove(session, "view", { method: "recovery", code })).toMatchObject(UNENROLLED);
    expect(onNotice).toHaveBeenLastCalledWith({ kind: "factors-reset", worker: session.worker, at: NOON });
  });

  it("works where the account cannot be read any more", async () => {
    const keys: SecretKey[] = [{ id: "lost", key: new Uint8Array(32).fill(1) }];
    const { factors, identity, session } = await startEnrolled({ keys: { all: () => keys } });
    keys[0] = { id: "new", key: new Uint8Array(32).fill(2) };
    await expect(factors.list(readWorker(identity))).rejects.toMatchObject({
      code: "ERR_GARIM_KEYS_MISSING",
    });
    await factors.reset(session.worker);
    expect((await factors.list(readWorker(identity))).factors).toEqual([]);
  });
});
