import type { StaffIdentity } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { NOON, race } from "../../test/people.ts";
import { type Deployment, deploy, HERE, openLive } from "../../test/sessions.ts";
import type { StateStore } from "../state/store.ts";
import { readWorker } from "../worker.ts";
import type { Checked, Sessions } from "./session.ts";

/** What happens on another node. */
type Happening = (other: Sessions, worker: StaffIdentity) => Promise<unknown>;

/** A store that has something else happen just before the n-th thing it is asked, counted from 0. */
function interrupt(state: StateStore, happen: (at: number) => Promise<unknown>): StateStore {
  let count = 0;
  const pause = () => happen(count++);
  return {
    read: (key) => pause().then(() => state.read(key)),
    write: (...values) => pause().then(() => state.write(...values)),
    remove: (...values) => pause().then(() => state.remove(...values)),
  };
}

/** Opens a session on one node while things happen on another, one before each further question to the store, from every moment. */
async function openWhile(
  happenings: readonly Happening[],
  judge: (answer: Checked, deployment: Deployment) => Promise<void>,
  { authenticatedAt = NOON, prepare = async () => undefined }: Partial<Setting> = {},
): Promise<void> {
  for (let start = 0, hasHappened = true; hasHappened; start++) {
    hasHappened = false;
    const deployment = deploy();
    const { state, node, sessions } = deployment;
    const worker = { ...deployment.worker, authenticatedAt };
    await prepare(sessions, worker);
    const slow = node(
      interrupt(state, async (at) => {
        const happen = happenings[at - start];
        if (happen === undefined) return;
        hasHappened = true;
        await happen(sessions, worker);
      }),
    );
    const answer = await slow.check(null, worker, "activity", HERE);
    if (hasHappened) await judge(answer, { ...deployment, worker });
  }
}

interface Setting {
  readonly authenticatedAt: number;
  /** What happened before. */
  readonly prepare: Happening;
}

/** Log-ins as far in the future as a host may claim: what ends all now does not end them by their moment. */
const AHEAD = { authenticatedAt: NOON + 60_000 };

const endAll: Happening = (other, worker) => other.endAll(readWorker(worker), "session-revoked");
const openToo: Happening = (other, worker) => other.check(null, worker, "activity", HERE);
const idOf = (answer: Checked) => (answer.kind === "live" ? answer.id : null);

describe("opening a session", () => {
  it("[S3 V7.4.2] leaves none alive where all sessions were ended meanwhile, at whichever moment", async () => {
    let times = 0;
    await openWhile([endAll], async (answer, { node, worker, onEnd }) => {
      times += 1;
      const checked = await node().check(idOf(answer), worker, "activity", HERE);
      expect(checked).toMatchObject({ kind: "refuse" });
      expect(await node().list(readWorker(worker))).toEqual([]);
      expect(onEnd.mock.calls.length).toBeLessThanOrEqual(1);
      if (answer.kind === "live") expect(onEnd).toHaveBeenCalledTimes(1);
    });
    expect(times).toBeGreaterThan(8);
  });

  it("[S7 V7.4.2] leaves none alive where the worker was dismissed, though the log-in claims to be later", async () => {
    const dismiss: Happening = (other, worker) => other.dismiss(readWorker(worker));
    await openWhile(
      [dismiss],
      async (answer, { node, worker }) => {
        expect(await node().check(idOf(answer), worker, "activity", HERE)).toMatchObject({ kind: "refuse" });
        expect(await node().list(readWorker(worker))).toEqual([]);
      },
      AHEAD,
    );
  });

  it("[V7.5.2] leaves none alive that the list does not show", async () => {
    await openWhile(
      [endAll],
      async (answer, { node, worker }) => {
        const checked = await node().check(idOf(answer), worker, "activity", HERE);
        const listed = await node().list(readWorker(worker));
        expect(listed).toHaveLength(checked.kind === "live" ? 1 : 0);
      },
      AHEAD,
    );
  });

  it("[S3] answers no session that was not stored", async () => {
    await openWhile(
      [endAll, openToo],
      async (answer, { state }) => {
        const stored = JSON.stringify(state.write.mock.calls);
        if (answer.kind === "live") expect(stored).toContain(answer.session.name);
      },
      AHEAD,
    );
  });

  it("[B1] leaves one session where the same log-in opens one for another seller meanwhile", async () => {
    const forOther = (worker: StaffIdentity) => ({ ...worker, sellerId: "seller-2" });
    await openWhile(
      [(other, worker) => openToo(other, forOther(worker))],
      async (_, { node, worker }) => {
        const sellers = [worker, forOther(worker)].map(readWorker);
        const lists = await Promise.all(sellers.map((seller) => node().list(seller)));
        expect(lists.flat()).toHaveLength(1);
      },
      { prepare: (other, worker) => openToo(other, forOther(worker)) },
    );
  });

  it("[T5] uses no log-in up where the store fails, at whichever moment", async () => {
    const { state, node, worker } = deploy();
    for (let failAt = 0, isOver = false; !isOver; failAt++) {
      const login = { ...worker, staffId: `kim-${failAt}` };
      const failing = interrupt(state, async (at) => {
        if (at === failAt) throw new Error("down");
      });
      isOver = await node(failing)
        .check(null, login, "activity", HERE)
        .then(
          () => true,
          () => false,
        );
      expect(await node().check(null, login, "activity", HERE)).toMatchObject({ kind: "live" });
    }
  });

  it("tells all parallel first requests the same session", async () => {
    const { sessions, worker } = deploy();
    const answers = await race(60, () => openLive(sessions, worker));
    expect(new Set(answers.map(({ session }) => session)).size).toBe(1);
  });
});
