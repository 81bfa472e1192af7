import { DAY, resolvePolicy } from "@garim/policy";
import { describe, expect, it, vi } from "vitest";
import { handClock, NOON, someStaff } from "../../test/people.ts";
import { createSessions } from "../session/sessions.ts";
import { memoryState } from "../state/memory.ts";
import { readWorker } from "../worker.ts";
import { createStandingReader } from "./standing-reader.ts";

const policy = resolvePolicy();
const NOWHERE = { device: null, network: null };

function start() {
  const clock = handClock();
  const state = memoryState({ clock });
  const sessions = createSessions({ state, policy, clock });
  const worker = readWorker(someStaff());
  const logIn = (authenticatedAt = clock.now) =>
    sessions.check(null, someStaff({ staffId: worker.id, authenticatedAt }), "activity", NOWHERE);
  return { clock, state, sessions, worker, logIn, read: createStandingReader({ state, policy, clock }) };
}

describe("createStandingReader", () => {
  it("tells of somebody who never came as of anybody, and writes nothing", async () => {
    const { state, worker, read } = start();
    const write = vi.spyOn(state, "write");
    expect(await read(worker)).toEqual({ state: "active", usedAt: null, dismissedAt: null });
    expect(write).not.toHaveBeenCalled();
  });

  it.each([
    ["the last millisecond of ninety days", 90 * DAY - 1, "active"],
    ["the next one", 90 * DAY, "dormant"],
  ])("tells who was not here until %s", async (_, later, state) => {
    const { clock, worker, logIn, read } = start();
    await logIn();
    clock.now += later;
    expect(await read(worker)).toEqual({ state, usedAt: NOON, dismissedAt: null });
  });

  it("[V7.4.2] tells a dismissal until the reinstatement, and dormancy until the reactivation", async () => {
    const { clock, sessions, worker, logIn, read } = start();
    await logIn();
    clock.now += DAY;
    await sessions.dismiss(worker);
    const dismissed = { state: "dismissed", usedAt: NOON, dismissedAt: NOON + DAY };
    expect(await read(worker)).toEqual(dismissed);
    clock.now += 100 * DAY;
    await sessions.reactivate(worker);
    expect(await read(worker)).toEqual(dismissed);
    await sessions.reinstate(worker);
    expect(await read(worker)).toMatchObject({ state: "active", dismissedAt: null });
    clock.now += 90 * DAY;
    expect(await read(worker)).toMatchObject({ state: "dormant" });
    await sessions.reactivate(worker);
    expect(await read(worker)).toMatchObject({ state: "active" });
  });

  it("[T5] tells nothing of what it cannot read", async () => {
    const { state, worker, read } = start();
    vi.spyOn(state, "read").mockResolvedValueOnce({ value: "{}", version: 1 });
    await expect(read(worker)).rejects.toMatchObject({ code: "ERR_GARIM_STATE_UNAVAILABLE" });
  });
});
