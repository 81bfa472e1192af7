import { MINUTE, resolvePolicy, type StaffIdentity } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { NOON, race, someStaff } from "../../test/people.ts";
import { deploy, ELSEWHERE, HERE, openLive, openRaised } from "../../test/sessions.ts";
import { AUTH_DEFAULTS } from "../defaults.ts";
import { memoryState } from "../state/memory.ts";
import { readWorker } from "../worker.ts";
import { createSessions } from "./sessions.ts";

/** The worker's log-in some milliseconds later. */
function later(worker: StaffIdentity, after: number): StaffIdentity {
  return { ...worker, authenticatedAt: worker.authenticatedAt + after };
}

/** A deployment in which a worker has two sessions, the second opened a minute later elsewhere. */
async function startTwo() {
  const deployment = deploy();
  const { clock, sessions, worker } = deployment;
  const first = await openRaised(sessions, worker);
  clock.now += MINUTE;
  const again = later(worker, MINUTE);
  const second = await openLive(sessions, again, null, "activity", ELSEWHERE);
  return { ...deployment, of: readWorker(worker), first, again, second };
}

describe("sessions.list", () => {
  it("[V7.5.2] shows the live sessions, the one used last first", async () => {
    const { sessions, of, first, second } = await startTwo();
    expect(await sessions.list(of)).toEqual([
      {
        ...ELSEWHERE,
        name: second.session.name,
        openedAt: NOON + MINUTE,
        lastActivityAt: NOON + MINUTE,
        secondFactor: null,
      },
      { ...HERE, name: first.session.name, openedAt: NOON, lastActivityAt: NOON, secondFactor: "totp" },
    ]);
  });

  it("shows where a session is by now", async () => {
    const { clock, sessions, of, first, worker } = await startTwo();
    clock.now += MINUTE;
    await sessions.check(first.id, worker, "background", { ...HERE, network: "home" });
    expect(await sessions.list(of)).toContainEqual(
      expect.objectContaining({ name: first.session.name, network: "home" }),
    );
  });

  it("shows none that has ended or idled, and none of anybody else", async () => {
    const { clock, sessions, of, second } = await startTwo();
    await openLive(sessions, someStaff());
    expect(await sessions.list({ ...of, sellerId: "seller-2" })).toEqual([]);
    await sessions.end(second.session);
    expect(await sessions.list(of)).toHaveLength(1);
    clock.now = NOON + 30 * MINUTE;
    expect(await sessions.list(of)).toEqual([]);
  });
});

describe("sessions.endNamed", () => {
  it("[V7.4.5 V7.5.2] ends that session and no other", async () => {
    const { sessions, of, first, second, worker, again, onEnd } = await startTwo();
    expect(await sessions.endNamed(of, first.session.name)).toBe(true);
    expect(await sessions.check(first.id, worker, "activity", HERE)).toMatchObject({
      reason: "session-revoked",
    });
    expect(await sessions.check(null, worker, "activity", HERE)).toMatchObject({ reason: "log-in-again" });
    expect(await sessions.check(second.id, again, "activity", ELSEWHERE)).toMatchObject({ kind: "live" });
    expect(onEnd.mock.calls).toEqual([[first.session, "session-revoked"]]);
  });

  it("finds no session of another worker, and none twice", async () => {
    const { sessions, of, first } = await startTwo();
    expect(await sessions.endNamed({ ...of, id: "lee" }, first.session.name)).toBe(false);
    expect(await sessions.endNamed({ ...of, sellerId: "seller-2" }, first.session.name)).toBe(false);
    const ended = await race(5, () => sessions.endNamed(of, first.session.name));
    expect(ended).toContain(true);
    expect(await sessions.endNamed(of, first.session.name)).toBe(false);
    expect(await sessions.list(of)).toHaveLength(1);
  });
});

describe("sessions.endAll", () => {
  it("[V7.4.3 V7.4.5] ends all but the one that stays, and tells each once why", async () => {
    const { sessions, of, first, second, worker, again, onEnd } = await startTwo();
    await race(5, () => sessions.endAll(of, "factors-changed", first.session));
    expect(await sessions.check(first.id, worker, "activity", HERE)).toMatchObject({ kind: "live" });
    expect(await sessions.check(second.id, again, "activity", ELSEWHERE)).toMatchObject({
      reason: "factors-changed",
    });
    expect(onEnd.mock.calls).toEqual([[second.session, "factors-changed"]]);
  });

  it("[V7.4.2] lets log-ins from before open none, and later ones as at first", async () => {
    const { sessions, of, worker, clock } = await startTwo();
    await sessions.endAll(of, "session-revoked");
    const unseen = later(worker, MINUTE / 2);
    expect(await sessions.check(null, unseen, "activity", HERE)).toMatchObject({ reason: "log-in-again" });
    clock.now += 1;
    expect(await openLive(sessions, later(worker, MINUTE + 1))).toMatchObject({ isFirst: true });
  });

  it("takes an id of before the proof for the same log-in", async () => {
    const { sessions, of, second, again } = await startTwo();
    const raised = await sessions.raise(second.session, "totp");
    await sessions.endAll(of, "factors-changed", second.session);
    expect(await sessions.check(raised?.id ?? null, again, "activity", ELSEWHERE)).toMatchObject({
      kind: "live",
    });
  });

  it("leaves the session of another seller the log-in went on to", async () => {
    const { sessions, worker } = deploy();
    const first = await openLive(sessions, worker);
    const elsewhere = { ...worker, sellerId: "seller-2" };
    const { id } = await openLive(sessions, elsewhere, first.id);
    await sessions.endAll(readWorker(worker), "session-revoked");
    expect(await sessions.check(id, elsewhere, "activity", HERE)).toMatchObject({ kind: "live", id: null });
    expect(await sessions.check(id, worker, "activity", HERE)).toMatchObject({ reason: "log-in-again" });
  });

  it("[T5] rejects while the store fails, and works again as soon as it does", async () => {
    const { state, sessions, of } = await startTwo();
    state.write.mockRejectedValueOnce(new Error("down"));
    await expect(sessions.endAll(of, "session-revoked")).rejects.toThrow("down");
    expect(await sessions.list(of)).toHaveLength(2);
    await sessions.endAll(of, "session-revoked");
    expect(await sessions.list(of)).toEqual([]);
  });
});

describe("a change of roles", () => {
  const owner = (worker: StaffIdentity): StaffIdentity => ({ ...worker, roles: ["owner"] });

  it("[V7.4.2 notice-2026-9/5-2] ends every session, noticed in one", async () => {
    const { clock, sessions, first, second, worker, again, onEnd } = await startTwo();
    expect(await sessions.check(first.id, owner(worker), "background", HERE)).toMatchObject({
      reason: "roles-changed",
    });
    expect(await sessions.check(second.id, again, "activity", ELSEWHERE)).toMatchObject({
      reason: "roles-changed",
    });
    expect(onEnd.mock.calls.map(([session, reason]) => [session.openedAt, reason])).toEqual([
      [NOON, "roles-changed"],
      [NOON + MINUTE, "roles-changed"],
    ]);
    clock.now += 1;
    expect(await openLive(sessions, owner(later(worker, MINUTE + 1)))).toMatchObject({ isFirst: true });
  });

  it("[V7.4.2 notice-2026-9/5-2] ends every session, noticed by a later log-in", async () => {
    const { clock, sessions, of, second, worker, again } = await startTwo();
    clock.now += MINUTE;
    const { session } = await openLive(sessions, owner(later(worker, 2 * MINUTE)));
    expect(await sessions.check(second.id, again, "activity", ELSEWHERE)).toMatchObject({
      reason: "roles-changed",
    });
    expect((await sessions.list(of)).map(({ name }) => name)).toEqual([session.name]);
  });

  it.each([
    ["in another order", ["b", "a"]],
    ["one of them twice", ["a", "b", "a"]],
  ])("is none where the roles come %s", async (_, roles) => {
    const { sessions } = deploy();
    const worker = someStaff({ roles: ["a", "b"] });
    const { id } = await openLive(sessions, worker);
    expect(await sessions.check(id, { ...worker, roles }, "activity", HERE)).toMatchObject({ kind: "live" });
  });

  it("is one where the host says none any more", async () => {
    const { sessions, worker } = deploy();
    const { id } = await openLive(sessions, worker);
    const broken = { ...worker, roles: undefined } as unknown as StaffIdentity;
    expect(await sessions.check(id, broken, "activity", HERE)).toMatchObject({ reason: "roles-changed" });
  });
});

describe("sessions.dismiss", () => {
  it("[V7.4.2 notice-2026-9/5-2] ends all, and opens none until reinstated", async () => {
    const { clock, sessions, of, first, worker, onEnd } = await startTwo();
    await sessions.dismiss(of);
    expect(await sessions.check(first.id, worker, "activity", HERE)).toMatchObject({
      reason: "account-dismissed",
    });
    expect(onEnd).toHaveBeenCalledTimes(2);
    clock.now += MINUTE;
    const after = later(worker, 2 * MINUTE);
    expect(await sessions.check(null, after, "activity", HERE)).toMatchObject({
      reason: "account-dismissed",
    });
    await sessions.reinstate(of);
    expect(await sessions.check(null, after, "activity", HERE)).toMatchObject({ reason: "log-in-again" });
    clock.now += 1;
    expect(await openLive(sessions, later(worker, 2 * MINUTE + 1))).toMatchObject({ isFirst: true });
  });

  it("[T5] stays where the sessions' own store loses everything", async () => {
    const { clock, state, worker } = deploy();
    const policy = resolvePolicy();
    const start = () => createSessions({ state: memoryState({ clock }), accounts: state, policy, clock });
    await start().dismiss(readWorker(worker));
    clock.now += 1;
    expect(await start().check(null, later(worker, 1), "activity", HERE)).toMatchObject({
      reason: "account-dismissed",
    });
  });
});

describe("sessions.reactivate", () => {
  it("[notice-2026-9/5-2] opens a session for who was not here for long", async () => {
    const { clock, sessions, worker } = deploy();
    await openLive(sessions, worker);
    clock.now += 90 * 24 * 60 * MINUTE;
    const after = later(worker, clock.now - NOON);
    expect(await sessions.check(null, after, "activity", HERE)).toMatchObject({ reason: "account-dormant" });
    await sessions.reactivate(readWorker(worker));
    expect(await openLive(sessions, after)).toMatchObject({ isFirst: true });
  });
});

describe("more sessions than a worker may have", () => {
  it("[V7.1.2] end the oldest, which is told why", async () => {
    const { sessions, worker, onEnd } = deploy();
    const { id } = await openLive(sessions, worker);
    for (let after = 1; after < AUTH_DEFAULTS.sessions; after++)
      await openLive(sessions, later(worker, after));
    expect(await sessions.check(id, worker, "activity", HERE)).toMatchObject({ kind: "live" });
    await openLive(sessions, later(worker, AUTH_DEFAULTS.sessions));
    expect(await sessions.check(id, worker, "activity", HERE)).toMatchObject({ reason: "session-limit" });
    expect(onEnd).toHaveBeenCalledTimes(1);
    expect(await sessions.list(readWorker(worker))).toHaveLength(AUTH_DEFAULTS.sessions);
  });

  it("are none where sessions ended before", async () => {
    const { sessions, worker, onEnd } = deploy();
    const { id } = await openLive(sessions, worker);
    for (let after = 1; after <= 2 * AUTH_DEFAULTS.sessions; after++)
      await sessions.end((await openLive(sessions, later(worker, after))).session);
    expect(await sessions.check(id, worker, "activity", HERE)).toMatchObject({ kind: "live" });
    expect(onEnd.mock.calls.every(([, reason]) => reason === "log-out")).toBe(true);
  });
});

describe("another seller of one log-in", () => {
  it("[S1 S4 B1] ends the session before, and gets nothing of its proof", async () => {
    const { sessions, worker, onEnd } = deploy();
    const first = await openRaised(sessions, worker);
    const elsewhere = { ...worker, sellerId: "seller-2" };
    const second = await openLive(sessions, elsewhere, first.id);
    expect(second).toMatchObject({ isFirst: true, session: { secondFactor: null } });
    expect(onEnd.mock.calls).toEqual([[first.session, "seller-changed"]]);
    expect(await sessions.list(readWorker(worker))).toEqual([]);
    expect(await sessions.recheck(first.session)).toMatchObject({ reason: "log-in-again" });
    const back = await openLive(sessions, worker, second.id);
    expect(back).toMatchObject({ isFirst: true, session: { secondFactor: null } });
  });

  it("[S4] is not chosen by who has the host's cookie alone, once a factor is proved", async () => {
    const { sessions, worker } = deploy();
    const { id } = await openRaised(sessions, worker);
    const elsewhere = { ...worker, sellerId: "seller-2" };
    expect(await sessions.check(null, elsewhere, "activity", HERE)).toMatchObject({ reason: "log-in-again" });
    expect(await sessions.check(id, worker, "activity", HERE)).toMatchObject({ kind: "live" });
  });

  it("[S3] opens nothing once the log-in was signed out of at one", async () => {
    const { sessions, worker } = deploy();
    const { session, id } = await openRaised(sessions, worker);
    await sessions.end(session);
    const elsewhere = { ...worker, sellerId: "seller-2" };
    expect(await sessions.check(id, elsewhere, "activity", HERE)).toMatchObject({ reason: "log-in-again" });
  });
});
