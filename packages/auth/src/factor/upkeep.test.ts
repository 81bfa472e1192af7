import { MINUTE } from "@garim/policy";
import { describe, expect, it, vi } from "vitest";
import { enrolApp, enrolKey, granted, makeFactors, makePhone } from "../../test/factors.ts";
import { codeAt, handClock, NOON, raised, someSession, someStaff } from "../../test/people.ts";
import { memoryState } from "../state/memory.ts";
import { readWorker } from "../worker.ts";

const ALLOW = { kind: "allow" };

/** A worker with an app, and the session it was enrolled in. */
async function start() {
  const clock = handClock();
  const onNotice = vi.fn();
  const identity = someStaff();
  const session = someSession(identity);
  const factors = makeFactors(memoryState({ clock }), clock, { onNotice, channels: [makePhone()] });
  const secret = await enrolApp(factors, session, clock);
  const listed = async () => (await factors.list(readWorker(identity))).factors;
  const noticed = () => onNotice.mock.calls.map(([notice]) => notice.kind);
  return { clock, noticed, identity, session, proved: raised(session, NOON), factors, secret, listed };
}

/** What changes an account, each as a session would ask for it. */
const CHANGES = ["enrolTotp", "enrolPasskey", "makeRecoveryCodes", "rename", "remove"] as const;

describe.each(CHANGES)("%s, where a factor exists", (change) => {
  it("[S6] [V7.5.1] needs a fresh proof in this very session: up to its last millisecond", async () => {
    const { clock, session, proved, factors } = await start();
    const reasonFor = async (asking: typeof session) => {
      const answer = await factors[change](asking, "0000000000000000", "name");
      return answer.kind === "refuse" ? answer.reason : answer.kind;
    };
    expect(await reasonFor(session)).toBe("second-factor-missing");
    clock.now = NOON + 5 * MINUTE + 1;
    expect(await reasonFor(proved)).toBe("second-factor-stale");
    clock.now = NOON + 5 * MINUTE;
    expect(await reasonFor(proved)).not.toMatch(/^second-factor/);
  });

  it("[S6] asks again on a new device", async () => {
    const { proved, factors } = await start();
    const moved = { ...proved, deviceSince: NOON + 1 };
    expect(await factors[change](moved, "0000000000000000", "name")).toMatchObject({
      reason: "second-factor-device",
    });
  });

  it("[S4] [S6] is not satisfied by a code by message", async () => {
    const { session, factors } = await start();
    const weak = raised(session, NOON, "message");
    expect(await factors[change](weak, "0000000000000000", "name")).toMatchObject({ reason: "factor-weak" });
  });

  it("[S7] takes a proof stamped by a node whose clock is ahead, and none from the far future", async () => {
    const { session, factors } = await start();
    const ask = (at: number) => factors[change](raised(session, at), "0000000000000000", "name");
    expect(await ask(NOON + 90_000)).not.toMatchObject({ reason: "second-factor-stale" });
    expect(await ask(NOON + 5 * MINUTE)).toMatchObject({ reason: "second-factor-stale" });
  });
});

describe("makeRecoveryCodes", () => {
  it("[S8] [V6.5.1] makes codes that prove once each, and voids those before", async () => {
    const { clock, identity, session, factors, noticed } = await start();
    const make = async () => granted(await factors.makeRecoveryCodes(raised(session, clock.now))).codes;
    const [early] = await make();
    const [first, second] = await make();
    const prove = (code: unknown) =>
      factors.prove(someSession(identity), "view", { method: "recovery", code });
    expect(await prove(early)).toMatchObject({ reason: "second-factor-wrong" });
    expect(await prove(first)).toEqual({ kind: "proved", method: "recovery", at: clock.now });
    expect(await prove(first)).toMatchObject({ reason: "second-factor-wrong" });
    expect(await prove(second?.toLowerCase())).toMatchObject({ kind: "proved" });
    expect((await factors.list(readWorker(identity))).recoveryCodesLeft).toBe(8);
    expect(noticed().slice(-2)).toEqual(["recovery-code-used", "recovery-code-used"]);
  });

  it("lets who lost the device replace it: a code proves, another app comes, the lost one goes", async () => {
    const { clock, identity, session, factors, listed } = await start();
    const { codes } = granted(await factors.makeRecoveryCodes(raised(session, NOON)));
    const [lost] = await listed();
    clock.now += 60 * MINUTE;
    const later = someSession(identity);
    granted(await factors.prove(later, "manage", { method: "recovery", code: codes[0] }));
    const proved = raised(later, clock.now, "recovery");
    await enrolApp(factors, proved, clock);
    expect(await factors.remove(proved, lost?.id ?? "")).toEqual(ALLOW);
    expect(await listed()).toMatchObject([{ addedAt: clock.now }]);
  });
});

describe("rename", () => {
  it("names a factor, and keeps the name where nothing of the new one can be shown", async () => {
    const { proved, factors, listed } = await start();
    const [{ id } = { id: "" }] = await listed();
    expect(await factors.rename(proved, id, " 회사 전화 ")).toEqual(ALLOW);
    expect(await listed()).toMatchObject([{ name: "회사 전화" }]);
    await factors.rename(proved, id, "\u0000\u202e");
    expect(await listed()).toMatchObject([{ id, name: "회사 전화" }]);
  });

  it("knows no factor of another id", async () => {
    const { proved, factors } = await start();
    expect(await factors.rename(proved, "__proto__", "x")).toMatchObject({ reason: "factor-unknown" });
  });
});

describe("remove", () => {
  it("[V6.5.6] removes a factor for good, and tells", async () => {
    const { clock, session, proved, factors, secret, listed, noticed } = await start();
    const browser = await enrolKey(factors, proved);
    const [app] = await listed();
    expect(await factors.remove(proved, app?.id ?? "")).toEqual(ALLOW);
    expect(noticed().at(-1)).toBe("factor-removed");
    clock.now += MINUTE;
    const code = codeAt(secret, clock.now);
    expect(await factors.prove(session, "view", { method: "totp", code })).toMatchObject({
      reason: "second-factor-wrong",
    });
    const { options } = granted(await factors.challengePasskey(session, "view"));
    const offer = { method: "passkey", response: browser.get(options) } as const;
    expect(await factors.prove(session, "view", offer)).toMatchObject({ kind: "proved" });
  });

  it("[S6] never removes the last one, recovery codes or not", async () => {
    const { proved, factors, listed } = await start();
    granted(await factors.makeRecoveryCodes(proved));
    const [{ id } = { id: "" }] = await listed();
    expect(await factors.remove(proved, id)).toMatchObject({ reason: "factor-last" });
    expect(await listed()).toHaveLength(1);
  });

  it("knows no factor of another id", async () => {
    const { proved, factors } = await start();
    expect(await factors.remove(proved, "0".repeat(16))).toMatchObject({ reason: "factor-unknown" });
  });
});
