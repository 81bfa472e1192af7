import { MINUTE, resolvePolicy, type StaffIdentity } from "@garim/policy";
import { describe, expect, it, vi } from "vitest";
import type { Checked, SessionEnd, Sessions } from "../src/session/session.ts";
import { createSessions } from "../src/session/sessions.ts";
import type { StateStore } from "../src/state/store.ts";
import { readWorker } from "../src/worker.ts";
import { handClock, NOON, race, someStaff } from "./people.ts";
import { ELSEWHERE, HERE, openLive, openRaised } from "./sessions.ts";
import type { SharedStore } from "./stores.ts";

const policy = resolvePolicy();

/** The last moment at which another node may still remember what it read. */
const REMEMBERED = 999;

function later(worker: StaffIdentity, after: number): StaffIdentity {
  return { ...worker, authenticatedAt: worker.authenticatedAt + after };
}

/** What must hold when two nodes serve one worker, whatever the store. */
export function describeTwoNodes(store: SharedStore): void {
  const open = async () => {
    const clock = handClock();
    const onEnd = vi.fn();
    const [one, other] = await store.connect(clock);
    const start = (state: StateStore, skew = 0): Sessions =>
      createSessions({ state, policy, clock: () => clock() + skew, onEnd });
    return { clock, onEnd, one: start(one), other: start(other), ahead: start(other, 90_000) };
  };
  /** What both nodes say of an id, now. */
  const askBoth = async (
    nodes: { readonly one: Sessions; readonly other: Sessions },
    id: string | null,
    worker: StaffIdentity,
  ) => {
    const answers: Checked[] = [];
    for (const node of [nodes.one, nodes.other]) answers.push(await node.check(id, worker, "activity", HERE));
    return answers.map((answer) => (answer.kind === "refuse" ? answer.reason : answer.kind));
  };

  describe("sessions.check", () => {
    it("opens one session for 60 parallel first requests, and one id survives", async () => {
      const { one, other } = await open();
      const worker = someStaff();
      const answers = await race(60, (index) =>
        (index % 2 ? one : other).check(null, worker, "activity", { ...HERE, device: `${index % 4}` }),
      );
      expect(answers.every(({ kind }) => kind === "live")).toBe(true);
      expect(await one.list(readWorker(worker))).toHaveLength(1);
      const sessions = new Map(
        answers.flatMap((answer) => (answer.kind === "live" ? [[answer.session.name, answer.session]] : [])),
      );
      const raised = [];
      for (const session of sessions.values()) raised.push(await other.raise(session, "totp"));
      expect(raised.filter((session) => session !== undefined)).toHaveLength(1);
    });

    it("[S1 V7.2.4] refuses on both nodes the id from before the second factor, and one nobody made", async () => {
      const nodes = await open();
      const worker = someStaff();
      const first = await openLive(nodes.one, worker);
      const raised = await nodes.one.raise(first.session, "totp");
      nodes.clock.now += 1_000;
      expect(await askBoth(nodes, first.id, worker)).toEqual(["log-in-again", "log-in-again"]);
      expect(await askBoth(nodes, "x".repeat(43), worker)).toEqual(["log-in-again", "log-in-again"]);
      expect(await askBoth(nodes, raised?.id ?? null, worker)).toEqual(["live", "live"]);
    });

    it("[S3 V7.4.1] sees on the other node within a second that the session was ended", async () => {
      const nodes = await open();
      const { clock, one, other } = nodes;
      const worker = someStaff();
      const { id, session } = await openLive(one, worker);
      await other.check(id, worker, "background", HERE);
      await one.end(session);
      expect(await one.check(id, worker, "activity", HERE)).toMatchObject({ reason: "log-in-again" });
      clock.now += 1_000;
      expect(await askBoth(nodes, id, worker)).toEqual(["log-in-again", "log-in-again"]);
    });

    it("[S4] asks on both nodes for a new factor where an id was copied to another device", async () => {
      const { clock, one, other } = await open();
      const worker = someStaff();
      const { id } = await openRaised(one, worker);
      await openLive(other, worker, id);
      clock.now += 1;
      for (const node of [one, other]) {
        const { session } = await openLive(node, worker, id, "background", ELSEWHERE);
        expect(session.deviceSince).toBe(NOON + 1);
      }
    });

    it("[S4] gives another session of the worker nothing of a proof", async () => {
      const { one, other } = await open();
      const worker = someStaff();
      const { session } = await openRaised(one, worker);
      const copied = await openLive(other, later(worker, 1));
      expect(copied.session.secondFactor).toBeNull();
      const forged = { ...session, authenticatedAt: copied.session.authenticatedAt };
      expect(await other.raise(forged, "totp")).toBeUndefined();
    });

    it("[S7 V7.3.1] gives no longer life where the nodes' clocks are 90 s apart", async () => {
      const { clock, one, ahead } = await open();
      const worker = someStaff();
      const { id } = await openRaised(one, worker);
      for (const node of [ahead, one]) await openLive(node, worker, id);
      clock.now = NOON + 90_000 + 30 * MINUTE;
      expect(await one.check(id, worker, "background", HERE)).toMatchObject({ reason: "session-idle" });
      expect(await ahead.check(id, worker, "background", HERE)).toMatchObject({ reason: "session-idle" });
    });

    it("[S7] takes a proof of the node that is ahead for one of just now, and not for longer", async () => {
      const { clock, one, ahead } = await open();
      const worker = someStaff();
      const { session } = await openLive(one, worker);
      const raised = await ahead.raise(session, "totp");
      const id = raised?.id ?? null;
      expect((await openLive(one, worker, id)).session.secondFactor?.at).toBe(NOON);
      clock.now = NOON + 100_000;
      expect((await openLive(one, worker, id)).session.secondFactor?.at).toBe(NOON + 90_000);
    });

    it("[S7] ends a session for good where the clock of both goes back an hour", async () => {
      const nodes = await open();
      const worker = someStaff();
      const { id } = await openRaised(nodes.one, worker);
      nodes.clock.now = NOON - 60 * MINUTE;
      expect(await askBoth(nodes, id, worker)).toEqual(["session-idle", "session-idle"]);
      nodes.clock.now = NOON + 1_000;
      expect(await askBoth(nodes, id, worker)).toEqual(["session-idle", "session-idle"]);
    });
  });

  describe("sessions.raise", () => {
    it("raises a session once where 60 steps-up run in parallel", async () => {
      const { one, other } = await open();
      const { session } = await openLive(one, someStaff());
      const raised = await race(60, (index) => (index % 2 ? one : other).raise(session, "totp"));
      expect(raised.filter((one) => one !== undefined)).toHaveLength(1);
    });
  });

  describe("sessions.recheck", () => {
    it.each<[string, SessionEnd, (node: Sessions, worker: StaffIdentity) => Promise<unknown>]>([
      [
        "all sessions ended",
        "session-revoked",
        (node, worker) => node.endAll(readWorker(worker), "session-revoked"),
      ],
      ["the worker was dismissed", "account-dismissed", (node, worker) => node.dismiss(readWorker(worker))],
      [
        "the roles changed",
        "roles-changed",
        (node, worker) => node.check(null, { ...later(worker, 1), roles: ["owner"] }, "activity", HERE),
      ],
    ])(
      "[S3 V7.4.2] knows at once on one node, within a second on the other, that %s",
      async (_, reason, happen) => {
        const { clock, one, other, onEnd } = await open();
        const worker = someStaff();
        const { session } = await openRaised(one, worker);
        expect((await other.recheck(session)).kind).toBe("allow");
        await happen(one, worker);
        expect(await one.recheck(session)).toMatchObject({ kind: "refuse", reason });
        clock.now += REMEMBERED;
        expect((await other.recheck(session)).kind).toBe("allow");
        clock.now += 1;
        expect(await other.recheck(session)).toMatchObject({ kind: "refuse", reason });
        expect(onEnd.mock.calls).toEqual([[session, reason]]);
      },
    );
  });

  describe("sessions.endAll", () => {
    it("[S3 V7.4.2] leaves no session alive that one of 60 parallel requests opened before", async () => {
      const nodes = await open();
      const { one, other, onEnd } = nodes;
      const workers = Array.from({ length: 6 }, () => someStaff());
      const workerOf = (index: number) => workers[index % workers.length] ?? someStaff();
      const answers: { readonly answer: Checked; readonly worker: StaffIdentity }[] = [];
      const openings = race(60, async (index) => {
        const worker = later(workerOf(index), -(index % 4));
        const answer = await (index % 2 ? one : other).check(null, worker, "activity", HERE);
        answers.push({ answer, worker });
      });
      await race(workers.length, (index) => other.endAll(readWorker(workerOf(index)), "session-revoked"));
      await openings;
      nodes.clock.now += 1_000;
      for (const { answer, worker } of answers) {
        const id = answer.kind === "live" ? answer.id : null;
        expect(await askBoth(nodes, id, worker)).not.toContain("live");
      }
      const names = onEnd.mock.calls.map(([session]) => session.authenticatedAt + session.worker.id);
      expect(new Set(names).size).toBe(names.length);
    });

    it("ends each of many sessions once, where both nodes end them at once", async () => {
      const { one, other, onEnd } = await open();
      const worker = someStaff();
      for (let after = 0; after < 5; after++) await openLive(one, later(worker, after));
      await race(10, (index) => (index % 2 ? one : other).endAll(readWorker(worker), "factors-changed"));
      expect(onEnd).toHaveBeenCalledTimes(5);
      expect(await other.list(readWorker(worker))).toEqual([]);
    });
  });

  describe("another seller of one log-in", () => {
    it("[B1] leaves one session alive where both nodes open for several in parallel", async () => {
      const nodes = await open();
      const { one, other } = nodes;
      const worker = someStaff();
      const sellers = ["seller-1", "seller-2", "seller-3"].map((sellerId) => ({ ...worker, sellerId }));
      await race(12, (index) =>
        (index % 2 ? one : other).check(null, sellers[index % 3] ?? worker, "activity", HERE),
      );
      const lists = await Promise.all(sellers.map((seller) => one.list(readWorker(seller))));
      expect(lists.flat()).toHaveLength(1);
    });
  });
}
