import { HOUR, MINUTE, resolvePolicy, type StaffIdentity } from "@garim/policy";
import { describe, expect, it, vi } from "vitest";
import { NOON, race, someStaff } from "../../test/people.ts";
import { deploy, HERE, openLive, openRaised } from "../../test/sessions.ts";
import type { Live, Sessions } from "./session.ts";
import { createSessions } from "./sessions.ts";

describe("sessions.check", () => {
  it("opens a session, and finds it again by its id", async () => {
    const { sessions, worker } = deploy();
    const { id, session } = await openLive(sessions, worker);
    expect(session).toEqual({
      name: expect.stringMatching(/^[0-9a-f]{16}$/),
      worker: { kind: "staff", id: worker.staffId, sellerId: "seller-1" },
      authenticatedAt: NOON,
      openedAt: NOON,
      lastActivityAt: NOON,
      secondFactor: null,
      ...HERE,
      deviceSince: null,
      networkSince: null,
      suspectedAt: null,
    });
    const found = {
      kind: "live",
      session,
      id: null,
      isFirst: false,
      hasMoved: false,
    };
    expect(await sessions.check(id, worker, "activity", HERE)).toEqual(found);
  });

  it("says which check opened the session: requests that come together share it, a reopening is none", async () => {
    const { sessions, worker } = deploy();
    const [one, other] = await Promise.all([
      sessions.check(null, worker, "activity", HERE),
      sessions.check(null, worker, "activity", HERE),
    ]);
    expect(one).toMatchObject({ isFirst: true });
    expect(other).toBe(one);
    expect(await sessions.check(null, worker, "activity", HERE)).toMatchObject({ isFirst: false });
  });

  it("stores neither the id nor the worker's", async () => {
    const { sessions, state, worker } = deploy();
    const { id } = await openRaised(sessions, worker);
    const stored = JSON.stringify(state.write.mock.calls);
    expect(stored).not.toContain(id);
    expect(stored).not.toContain(worker.staffId);
  });

  it("[S1] does not let another worker use an id", async () => {
    const { sessions, worker } = deploy();
    const { id, session } = await openRaised(sessions, worker);
    for (const other of [someStaff(), { ...worker, staffId: "lee" }]) {
      const checked = await openLive(sessions, other, id);
      expect(checked.session).toMatchObject({ secondFactor: null });
      expect(checked.session.name).not.toBe(session.name);
    }
    expect(await sessions.check(id, worker, "activity", HERE)).toMatchObject({ kind: "live", session });
  });

  it("[S3] opens another session only for a newer log-in once it was ended", async () => {
    const { clock, sessions, worker } = deploy();
    const { session } = await openLive(sessions, worker);
    await sessions.end(session);
    clock.now += MINUTE;
    expect(await sessions.check(null, worker, "activity", HERE)).toMatchObject({ reason: "log-in-again" });
    const again = await openLive(sessions, { ...worker, authenticatedAt: clock.now });
    expect(again.session.secondFactor).toBeNull();
  });

  it("[S3] opens none for an ended log-in as long as any policy would let it live", async () => {
    const { clock, state, sessions, worker } = deploy();
    await sessions.end((await openLive(sessions, worker)).session);
    const lax = createSessions({ state, policy: resolvePolicy({ absoluteHours: 24 }), clock });
    clock.now = NOON + 24 * HOUR - 1;
    expect(await lax.check(null, worker, "activity", HERE)).toMatchObject({ reason: "log-in-again" });
    clock.now = NOON + 48 * HOUR;
    expect(await lax.check(null, worker, "activity", HERE)).toMatchObject({ reason: "session-absolute" });
  });

  it("[S2] ends an idle session that was polled all the time", async () => {
    const { clock, sessions, worker } = deploy();
    const { id } = await openLive(sessions, worker);
    for (; clock.now < NOON + 30 * MINUTE; clock.now += MINUTE)
      expect(await sessions.check(id, worker, "background", HERE)).toMatchObject({ kind: "live" });
    expect(await sessions.check(id, worker, "background", HERE)).toMatchObject({ reason: "session-idle" });
    expect(await sessions.check(id, worker, "activity", HERE)).toMatchObject({ reason: "session-idle" });
  });

  it("[S2] ends a session that was used all the time at its longest time", async () => {
    const { clock, sessions, worker } = deploy();
    const { id } = await openLive(sessions, worker);
    for (; clock.now < NOON + 12 * HOUR; clock.now += 20 * MINUTE)
      expect(await sessions.check(id, worker, "activity", HERE)).toMatchObject({ kind: "live" });
    expect(await sessions.check(id, worker, "activity", HERE)).toMatchObject({ reason: "session-absolute" });
  });

  it("asks the store for record and roster once a second, and writes activity every 5 seconds", async () => {
    const { clock, state, sessions, worker } = deploy();
    const { id } = await openLive(sessions, worker);
    await sessions.check(id, worker, "activity", HERE);
    state.read.mockClear();
    state.write.mockClear();
    for (clock.now = NOON; clock.now < NOON + 5_000; clock.now += 10)
      await sessions.check(id, worker, "activity", HERE);
    expect(state.read).toHaveBeenCalledTimes(8);
    expect(state.write).not.toHaveBeenCalled();
    await race(20, () => sessions.check(id, worker, "activity", HERE));
    expect(state.write).toHaveBeenCalledTimes(1);
  });

  it("ends an idle session elsewhere up to 5 seconds early, and never late", async () => {
    const { clock, node, worker } = deploy();
    const [one, other] = [node(), node()];
    const { id } = await openLive(one, worker);
    clock.now = NOON + 4_999;
    await one.check(id, worker, "activity", HERE);
    clock.now = NOON + 30 * MINUTE - 1;
    expect(await other.check(id, worker, "background", HERE)).toMatchObject({ kind: "live" });
    clock.now = NOON + 30 * MINUTE;
    expect(await other.check(id, worker, "background", HERE)).toMatchObject({ reason: "session-idle" });
  });

  it("[S1] takes the new id on a node that still remembers the old one", async () => {
    const { node, worker } = deploy();
    const [one, other] = [node(), node()];
    const first = await openRaised(one, worker);
    await other.check(first.id, worker, "activity", HERE);
    const second = await one.raise(first.session, "totp");
    expect(await other.check(second?.id ?? null, worker, "activity", HERE)).toMatchObject({
      kind: "live",
      id: null,
    });
  });

  it("[S3] does not revive a session by a request that was slow", async () => {
    const { clock, state, onEnd, node, worker } = deploy();
    const gate = makeGate();
    const slow = node({
      ...state,
      async write(...values) {
        await gate.opened;
        return state.write(...values);
      },
    });
    const quick = node();
    const { id, session } = await openLive(quick, worker);
    clock.now += 5_000;
    state.read.mockClear();
    const late = slow.check(id, worker, "activity", HERE);
    const lateRaise = slow.raise(session, "totp");
    await vi.waitFor(() => expect(state.read).toHaveBeenCalledTimes(6));
    await quick.end(session);
    gate.open();
    expect(await late).toMatchObject({ kind: "refuse", reason: "log-in-again" });
    expect(await lateRaise).toBeUndefined();
    expect(await quick.check(id, worker, "activity", HERE)).toMatchObject({ reason: "log-in-again" });
    expect(onEnd).toHaveBeenCalledTimes(1);
  });

  it("[S7] survives a clock that goes back a minute, without a longer life by it", async () => {
    const { clock, sessions, worker } = deploy();
    const { id } = await openLive(sessions, worker);
    clock.now = NOON - MINUTE;
    expect(await sessions.check(id, worker, "activity", HERE)).toMatchObject({ kind: "live" });
    clock.now = NOON + 30 * MINUTE - 1;
    expect(await sessions.check(id, worker, "background", HERE)).toMatchObject({ kind: "live" });
    clock.now = NOON + 30 * MINUTE;
    expect(await sessions.check(id, worker, "background", HERE)).toMatchObject({ reason: "session-idle" });
  });

  it("[S7] ends a session for good when the clock goes back an hour", async () => {
    const { clock, sessions, worker } = deploy();
    const { id } = await openLive(sessions, worker);
    clock.now = NOON - HOUR;
    expect(await sessions.check(id, worker, "activity", HERE)).toMatchObject({ reason: "session-idle" });
    clock.now = NOON + 1;
    expect(await sessions.check(id, worker, "activity", HERE)).toMatchObject({ reason: "session-idle" });
    expect(await sessions.check(null, worker, "activity", HERE)).toMatchObject({ reason: "log-in-again" });
  });

  it("[T5] rejects while the store fails, and works again as soon as it does", async () => {
    const { clock, state, sessions, worker } = deploy();
    const { id } = await openLive(sessions, worker);
    const failure = new Error("down");
    state.read.mockRejectedValueOnce(failure);
    clock.now += 1_000;
    await expect(sessions.check(id, worker, "activity", HERE)).rejects.toBe(failure);
    expect(await sessions.check(id, worker, "activity", HERE)).toMatchObject({ kind: "live" });
    state.write.mockRejectedValueOnce(failure);
    clock.now += 5_000;
    await expect(sessions.check(id, worker, "activity", HERE)).rejects.toBe(failure);
    expect(await sessions.check(id, worker, "activity", HERE)).toMatchObject({ kind: "live" });
  });
});

describe("sessions on a store that answers with what lies under another key", () => {
  it.each([
    ["session", "another person", { staffId: "lee" }],
    ["roster", "another person", { staffId: "lee" }],
    ["roster", "the same person at another seller", { sellerId: "seller-2" }],
  ])("[B1 T5] a %s of %s opens and shows nothing", async (what, _, other) => {
    const { clock, state, sessions, worker } = deploy();
    await openRaised(sessions, { ...worker, ...other, authenticatedAt: worker.authenticatedAt - 1 });
    const isIt = (key: string): boolean => key.startsWith(`v2/${what}/`);
    const [stranger = ""] = state.write.mock.calls.map(([key]) => key).filter(isIt);
    const read = state.read.getMockImplementation();
    state.read.mockImplementation(async (key) => read?.(isIt(key) ? stranger : key));
    clock.now += 1_000;
    await expect(sessions.check(null, worker, "activity", HERE)).rejects.toThrow("another person or seller");
  });
});

describe("sessions.touch", () => {
  it("moves the idle end, and writes nothing within five seconds of the last time", async () => {
    const { clock, state, sessions, worker } = deploy();
    const { id, session } = await openRaised(sessions, worker);
    state.write.mockClear();
    clock.now += 4_999;
    await sessions.touch(session);
    expect(state.write).not.toHaveBeenCalled();
    clock.now += 29 * MINUTE;
    await sessions.touch(session);
    clock.now += 29 * MINUTE;
    expect(await sessions.check(id, worker, "background", HERE)).toMatchObject({ kind: "live" });
  });

  it("is stored once for requests that are answered together, and for those that were under way then", async () => {
    const { clock, state, sessions, worker } = deploy();
    const { session } = await openRaised(sessions, worker);
    clock.now += 10_000;
    state.read.mockClear();
    state.write.mockClear();
    await Promise.all(Array.from({ length: 60 }, () => sessions.touch(session)));
    expect([state.read.mock.calls.length, state.write.mock.calls.length]).toEqual([2, 1]);
    clock.now += 100;
    await sessions.touch(session);
    expect(state.write).toHaveBeenCalledOnce();
  });

  it("is tried again after the store failed", async () => {
    const { clock, state, sessions, worker } = deploy();
    const { id, session } = await openRaised(sessions, worker);
    clock.now += 29 * MINUTE;
    state.write.mockRejectedValueOnce(new Error("out"));
    await expect(sessions.touch(session)).rejects.toThrow("out");
    await sessions.touch(session);
    clock.now += 29 * MINUTE;
    expect(await sessions.check(id, worker, "background", HERE)).toMatchObject({ kind: "live" });
  });

  it("[S3] revives nothing that has ended, and no id that was replaced", async () => {
    const { clock, sessions, worker } = deploy();
    const { session: before } = await openLive(sessions, worker);
    const { id, session } = await openRaised(sessions, worker);
    clock.now += 20 * MINUTE;
    await sessions.touch(before);
    clock.now += 10 * MINUTE;
    expect(await sessions.check(id, worker, "background", HERE)).toMatchObject({ reason: "session-idle" });
    await sessions.touch(session);
    expect(await sessions.check(id, worker, "background", HERE)).toMatchObject({ reason: "session-idle" });
  });

  it("[S7] takes nothing back when the clock goes back", async () => {
    const { clock, sessions, worker } = deploy();
    const { id, session } = await openRaised(sessions, worker);
    clock.now += 20 * MINUTE;
    await sessions.touch(session);
    clock.now -= 10 * MINUTE;
    await sessions.touch(session);
    clock.now += 35 * MINUTE;
    expect(await sessions.check(id, worker, "background", HERE)).toMatchObject({ kind: "live" });
  });
});

describe("sessions.raise", () => {
  it("[S1] gives the proof a new id and ends the old one", async () => {
    const { clock, sessions, worker } = deploy();
    const opened = await openLive(sessions, worker);
    clock.now += MINUTE;
    const raised = await sessions.raise(opened.session, "totp");
    expect(raised?.session).toMatchObject({ secondFactor: { method: "totp", at: clock.now } });
    expect(raised?.session.name).not.toBe(opened.session.name);
    expect(await sessions.check(opened.id, worker, "activity", HERE)).toMatchObject({
      reason: "log-in-again",
    });
    expect(await sessions.check(raised?.id ?? null, worker, "activity", HERE)).toMatchObject({
      kind: "live",
      session: raised?.session,
    });
  });

  it.each([
    ["signed out", (sessions: Sessions, live: Live) => sessions.end(live.session)],
    [
      "got another id",
      (sessions: Sessions, _: Live, worker: StaffIdentity) => sessions.check(null, worker, "activity", HERE),
    ],
  ])("[S3 S4] raises nothing that %s meanwhile", async (_, meanwhile) => {
    const { sessions, worker } = deploy();
    const live = await openLive(sessions, worker);
    await meanwhile(sessions, live, worker);
    expect(await sessions.raise(live.session, "totp")).toBeUndefined();
  });

  it("[S3] raises nothing that has run out or is unknown", async () => {
    const { clock, sessions, worker } = deploy();
    const { session } = await openLive(sessions, worker);
    expect(await deploy().sessions.raise(session, "totp")).toBeUndefined();
    clock.now += 30 * MINUTE;
    expect(await sessions.raise(session, "totp")).toBeUndefined();
  });
});

describe("sessions.end", () => {
  it("ends the session for good, and says so once", async () => {
    const { sessions, onEnd, worker } = deploy();
    const { id, session } = await openRaised(sessions, worker);
    await race(5, () => sessions.end(session));
    expect(await sessions.check(id, worker, "activity", HERE)).toMatchObject({ reason: "log-in-again" });
    expect(onEnd.mock.calls).toEqual([[session, "log-out"]]);
  });

  it("ends the log-in also where the id was replaced meanwhile", async () => {
    const { sessions, worker } = deploy();
    const { session } = await openLive(sessions, worker);
    const again = await openLive(sessions, worker);
    await sessions.end(session);
    expect(await sessions.check(again.id, worker, "activity", HERE)).toMatchObject({
      reason: "log-in-again",
    });
  });
});

describe("onEnd", () => {
  it("is told once, with the reason, of a session that many requests find idle", async () => {
    const { clock, sessions, onEnd, worker } = deploy();
    const { id, session } = await openLive(sessions, worker);
    clock.now += 30 * MINUTE;
    const answers = await race(20, (index) =>
      sessions.check(id, worker, index % 2 ? "activity" : "background", HERE),
    );
    for (const answer of answers) expect(answer).toMatchObject({ reason: "session-idle" });
    expect(onEnd.mock.calls).toEqual([[session, "session-idle"]]);
  });
});

function makeGate(): { readonly opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
