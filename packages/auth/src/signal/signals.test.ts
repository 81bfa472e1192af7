import { type GarimError, HOUR, resolvePolicy } from "@garim/policy";
import { describe, expect, it, vi } from "vitest";
import { type HandClock, handClock, NOON } from "../../test/people.ts";
import { createAllowList } from "../network/allow-list.ts";
import { memoryState } from "../state/memory.ts";
import { stateUnavailable } from "../state/store.ts";
import type { Worker } from "../worker.ts";
import { deviceOf, makeDeviceId } from "./device.ts";
import type { SignalsOptions } from "./options.ts";
import type { Observed, Sighting, Signal, Signals } from "./signal.ts";
import { createSignals } from "./signals.ts";

const WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0.0.0 Safari/537.36";
const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile/15E148 Safari/604.1";
const LAPTOP = deviceOf({ agent: WINDOWS, deviceId: makeDeviceId() });
const PHONE = deviceOf({ agent: IPHONE, deviceId: makeDeviceId() });
const KIM: Worker = { kind: "staff", id: "kim", sellerId: "seller-1" };

/** A staff member of a seller of their own. */
const staffOf = (index: number): Worker => ({
  kind: "staff",
  id: `staff-${index}`,
  sellerId: `seller-${index}`,
});

function start(more: Partial<SignalsOptions> = {}) {
  const clock = handClock();
  const state = memoryState({ clock });
  const told: Signal[] = [];
  const faults: GarimError[] = [];
  const options: SignalsOptions = {
    state,
    policy: resolvePolicy(),
    clock,
    onSignal: (signal) => told.push(signal),
    onFault: (error) => faults.push(error),
    ...more,
  };
  return { clock, state, told, faults, signals: createSignals(options) };
}

/** A log-in of Kim's at home, unless said otherwise. */
function logIn(signals: Signals, more: Partial<Sighting> = {}): Promise<Observed> {
  return signals.observe({ kind: "log-in", worker: KIM, ip: "203.0.113.7", device: LAPTOP, ...more });
}

/** Sightings of so many workers, each of a seller of their own, one after the other. */
async function observeMany(
  signals: Signals,
  count: number,
  more: Partial<Sighting> = {},
): Promise<readonly Observed[]> {
  const observed: Observed[] = [];
  for (let i = 0; i < count; i++) observed.push(await logIn(signals, { worker: staffOf(i), ...more }));
  return observed;
}

function kindsOf({ signals }: Observed): readonly string[] {
  return signals.map(({ kind }) => kind);
}

describe("signals.observe", () => {
  it("raises nothing on a first log-in, nor on more of the same", async () => {
    const { told, signals } = start();
    for (let i = 0; i < 3; i++) expect(await logIn(signals)).toEqual({ signals: [], refusal: null });
    expect(told).toEqual([]);
  });

  it("[V6.3.5] tells of a new device, once", async () => {
    const { told, signals } = start();
    await logIn(signals);
    const device = deviceOf({ agent: WINDOWS, deviceId: makeDeviceId() });
    const { signals: raised } = await logIn(signals, { device });
    expect(raised).toEqual([
      { kind: "new-device", at: NOON, ip: "203.0.113.7", isStepUpDue: false, worker: KIM, device },
    ]);
    await logIn(signals, { device });
    expect(told).toEqual(raised);
  });

  it("[V6.3.5] tells of a new network, once, also when a session moves to it", async () => {
    const { told, signals } = start();
    await logIn(signals);
    const moved = await logIn(signals, { kind: "session-moved", ip: "198.51.100.1" });
    expect(moved.signals).toMatchObject([{ kind: "new-network", network: "198.51.100.0/24", worker: KIM }]);
    await logIn(signals, { ip: "198.51.100.2" });
    expect(told).toHaveLength(1);
  });

  it("does not nag whoever is on a phone: its networks are not counted", async () => {
    const { told, signals } = start();
    for (const ip of ["39.7.1.1", "110.70.1.1", "175.223.1.1", "2001:e60::1"])
      await logIn(signals, { ip, device: PHONE });
    expect(told).toEqual([]);
  });

  it("keeps workers apart: what is known of one is new of another", async () => {
    const { signals } = start();
    await logIn(signals, { device: PHONE });
    const lee: Worker = { ...KIM, sellerId: "seller-2" };
    await logIn(signals, { worker: lee });
    expect(kindsOf(await logIn(signals, { worker: lee, device: PHONE }))).toEqual(["new-device"]);
  });

  it("[V6.3.5] tells of an impossible hop, with a step-up due", async () => {
    const places: Record<string, { lat: number; lon: number }> = {
      "203.0.113.7": { lat: 37.5665, lon: 126.978 },
      "198.51.100.1": { lat: 48.8566, lon: 2.3522 },
    };
    const { clock, signals } = start({ locate: (ip) => places[ip] });
    await logIn(signals);
    clock.now += HOUR;
    const { signals: raised } = await logIn(signals, { kind: "session-moved", ip: "198.51.100.1" });
    expect(raised.map(({ kind, isStepUpDue }) => [kind, isStepUpDue])).toEqual([
      ["new-network", false],
      ["impossible-hop", true],
    ]);
    expect(raised[1]).toMatchObject({ km: 8_958, before: { network: "203.0.113.0/24", at: NOON } });
  });

  it("asks for a step-up on what the host says, and nothing else", async () => {
    const { signals } = start({ stepUpOn: ["new-network"] });
    await logIn(signals);
    const { signals: raised } = await logIn(signals, { device: PHONE });
    expect(raised.map(({ kind, isStepUpDue }) => [kind, isStepUpDue])).toEqual([["new-device", false]]);
    const moved = await logIn(signals, { ip: "198.51.100.1" });
    expect(moved.signals).toMatchObject([{ kind: "new-network", isStepUpDue: true }]);
  });

  it.each(["log-in-failed", "factor-failed"] as const)(
    "[V6.3.1] tells of credential stuffing when 10 accounts have a %s from one network within 10 minutes",
    async (kind) => {
      const { clock, told, signals } = start();
      const ips = (i: number) => `203.0.113.${i}`;
      for (let i = 0; i < 12; i++) {
        clock.now += 30_000;
        await logIn(signals, { kind, worker: staffOf(i), ip: ips(i) });
      }
      expect(told).toMatchObject([
        {
          kind: "credential-stuffing",
          network: "203.0.113.0/24",
          accounts: 10,
          worker: null,
          isStepUpDue: true,
        },
      ]);
    },
  );

  it("[V6.3.1] counts by address who fails on a phone: attackers say what they like", async () => {
    const { told, signals } = start();
    for (let i = 0; i < 10; i++) {
      const device = deviceOf({ agent: IPHONE, deviceId: makeDeviceId() });
      await logIn(signals, { kind: "log-in-failed", worker: staffOf(i), ip: `203.0.113.${i}`, device });
      await logIn(signals, { kind: "log-in-failed", worker: staffOf(50 + i), ip: `198.51.${i}.1`, device });
    }
    expect(told).toMatchObject([{ kind: "credential-stuffing", network: "203.0.113.0/24", accounts: 10 }]);
  });

  it("tells of no stuffing where one account fails often, or 10 take longer", async () => {
    const { clock, told, signals } = start();
    for (let i = 0; i < 30; i++) await logIn(signals, { kind: "log-in-failed" });
    for (let i = 0; i < 30; i++) {
      clock.now += 70_000;
      await logIn(signals, { kind: "log-in-failed", worker: staffOf(i), ip: "198.51.100.1" });
    }
    expect(told).toEqual([]);
  });

  it("[V6.3.5] tells who got in from where many accounts fail", async () => {
    const { told, signals } = start();
    await observeMany(signals, 10, { kind: "log-in-failed" });
    await logIn(signals, { ip: "203.0.113.99" });
    await logIn(signals, { ip: "198.51.100.1", worker: staffOf(1) });
    expect(told.slice(1)).toMatchObject([{ kind: "credential-stuffing", worker: KIM, accounts: 10 }]);
  });

  it("tells nobody which names were tried", async () => {
    const { state, told, signals } = start();
    const write = vi.spyOn(state, "write");
    for (let i = 0; i < 10; i++)
      await logIn(signals, {
        kind: "log-in-failed",
        worker: { kind: "staff", id: `someone${i}@example.com`, sellerId: null },
      });
    expect(told).toHaveLength(1);
    expect(JSON.stringify([told, write.mock.calls])).not.toContain("example.com");
  });

  it("[P2] writes 32 accounts of a flood, and only reads afterwards", async () => {
    const { state, signals } = start();
    const write = vi.spyOn(state, "write");
    await observeMany(signals, 200, { kind: "log-in-failed" });
    expect(write).toHaveBeenCalledTimes(32);
  });

  it("[code-2022/tool] tells of a tool with shared passwords, with the way to a grant", async () => {
    const { told, signals } = start();
    const observed = await observeMany(signals, 12);
    expect(told).toMatchObject([
      {
        kind: "shared-password",
        origin: "203.0.113.7/32",
        sellers: 10,
        isRefused: false,
        worker: staffOf(9),
        remedy: { en: "Ask the seller for a grant." },
      },
    ]);
    expect(observed.every(({ refusal }) => refusal === null)).toBe(true);
  });

  it("[code-2022/tool] refuses its log-ins from the moment that was set, and never before", async () => {
    const { clock, told, signals } = start({ refuseSharedPasswordsFrom: NOON + HOUR });
    await observeMany(signals, 10);
    const asked = async (now: number) => {
      clock.now = now;
      return (await logIn(signals, { worker: staffOf(3) })).refusal?.reason ?? null;
    };
    expect(await asked(NOON + HOUR - 1)).toBeNull();
    expect(await asked(NOON + HOUR)).toBe("grant-missing");
    expect((await logIn(signals, { worker: staffOf(50) })).refusal?.source).toBe("code-2022/tool");
    expect((await logIn(signals, { worker: staffOf(51), ip: "203.0.113.8" })).refusal).toBeNull();
    expect(told).toMatchObject([
      { kind: "shared-password", isRefused: false },
      { kind: "shared-password", isRefused: true },
    ]);
  });

  it.each<[string, (index: number) => Partial<Sighting>]>([
    ["one person who works for many sellers", (i) => ({ worker: { ...staffOf(i), id: "kim" } })],
    ["many people of one seller", (i) => ({ worker: { ...staffOf(i), sellerId: "seller-1" } })],
    ["operators", (i) => ({ worker: { kind: "operator", id: `op-${i}`, sellerId: null } })],
    ["an office that is known to be shared", () => ({ ip: "192.0.2.9" })],
    [
      "phones behind one gateway of a carrier",
      () => ({ device: deviceOf({ agent: IPHONE, deviceId: makeDeviceId() }) }),
    ],
    ["sellers spread over days", (i) => ({ at: NOON + i * 3 * HOUR })],
  ])("takes %s for no tool", async (_, each) => {
    const sharedOffices = createAllowList(["192.0.2.0/24"]);
    const { told, signals } = start({ sharedOffices, refuseSharedPasswordsFrom: NOON });
    for (let i = 0; i < 12; i++)
      expect((await logIn(signals, { worker: staffOf(i), ...each(i) })).refusal).toBeNull();
    expect(told.filter(({ kind }) => kind === "shared-password")).toEqual([]);
  });

  it("takes one phone that logs in to many sellers for a tool", async () => {
    const { told, signals } = start();
    await observeMany(signals, 10, { device: PHONE });
    expect(told).toMatchObject([{ kind: "shared-password", origin: PHONE }]);
  });

  it.each(["10.0.0.5", "::1", "unreadable", undefined])(
    "[P4] refuses nobody behind a proxy that was not named (%s), and says so",
    async (ip) => {
      const { told, faults, signals } = start({ refuseSharedPasswordsFrom: NOON });
      const observed = await observeMany(signals, 12, { ip });
      expect(observed.every(({ refusal }) => refusal === null)).toBe(true);
      expect(told).toEqual([]);
      expect(faults).toMatchObject([
        { code: "ERR_GARIM_SIGNAL", message: expect.stringContaining("trust proxy") },
      ]);
    },
  );

  it("takes a moment nobody can read for now", async () => {
    const { signals } = start();
    await logIn(signals, { at: Number.NaN });
    const { signals: raised } = await logIn(signals, { at: 1.8e18, device: PHONE });
    expect(raised).toMatchObject([{ at: NOON }]);
  });

  it("[P3] passes on no text of the client's but a readable address", async () => {
    const { told, signals } = start();
    await logIn(signals);
    await logIn(signals, { ip: "1.2.3.4\r\nevil", device: "x\r\nevil" });
    expect(told).toHaveLength(2);
    expect(JSON.stringify(told)).not.toContain("evil");
    expect(told).toMatchObject([
      { ip: "unknown", device: "other-other-desktop.none" },
      { network: "unknown" },
    ]);
  });
});

describe("signals.observe, with a port that fails", () => {
  const broken = (clock: HandClock) => {
    const state = memoryState({ clock });
    vi.spyOn(state, "read").mockRejectedValue(stateUnavailable("down"));
    return state;
  };

  it("[T5] rejects nothing while the state store is down, and says so for each thing not looked at", async () => {
    const { faults, signals } = start({ state: broken(handClock()), refuseSharedPasswordsFrom: NOON });
    expect(await logIn(signals)).toEqual({ signals: [], refusal: null });
    expect(faults.map(({ code }) => code)).toEqual(new Array(3).fill("ERR_GARIM_STATE_UNAVAILABLE"));
  });

  it("says so where what is stored cannot be read", async () => {
    const { faults, state, signals } = start();
    vi.spyOn(state, "read").mockResolvedValue({ value: "{}", version: 1 });
    await logIn(signals, { kind: "session-moved" });
    expect(faults).toMatchObject([
      { code: "ERR_GARIM_STATE_UNAVAILABLE", message: expect.stringContaining("v1/signal/worker/") },
    ]);
  });

  it("finds a new device although the address cannot be located", async () => {
    const locate = () => Promise.reject(new Error("down"));
    const { faults, signals } = start({ locate });
    await logIn(signals);
    expect(kindsOf(await logIn(signals, { device: PHONE }))).toEqual(["new-device"]);
    expect(faults.map(({ code }) => code)).toEqual(["ERR_GARIM_SIGNAL", "ERR_GARIM_SIGNAL"]);
  });

  it.each<[string, SignalsOptions["onSignal"]]>([
    [
      "throws",
      () => {
        throw new Error("down");
      },
    ],
    ["rejects", () => Promise.reject(new Error("down"))],
  ])("says so where the listener %s", async (_, onSignal) => {
    const { faults, signals } = start({ onSignal });
    await logIn(signals);
    expect(kindsOf(await logIn(signals, { device: PHONE }))).toEqual(["new-device"]);
    await vi.waitFor(() => expect(faults).toMatchObject([{ code: "ERR_GARIM_SIGNAL" }]));
  });

  it("does not wait for a listener that hangs", async () => {
    const { signals } = start({ onSignal: () => new Promise(() => undefined) });
    await logIn(signals);
    expect(kindsOf(await logIn(signals, { device: PHONE }))).toEqual(["new-device"]);
  });

  it("survives a teller of faults that throws", async () => {
    const onFault = () => {
      throw new Error("no log");
    };
    const { signals } = start({ state: broken(handClock()), onFault });
    expect(await logIn(signals)).toEqual({ signals: [], refusal: null });
  });

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["an unknown kind", { kind: "log-off", worker: KIM, ip: "203.0.113.7", device: LAPTOP }],
    ["an inherited kind", { kind: "toString", worker: KIM, ip: "203.0.113.7", device: LAPTOP }],
    ["no worker", { kind: "log-in", ip: "203.0.113.7", device: LAPTOP }],
  ])("says so where it is given %s", async (_, sighting) => {
    const { faults, signals } = start();
    expect(await signals.observe(sighting as Sighting)).toEqual({ signals: [], refusal: null });
    expect(faults).toMatchObject([{ code: "ERR_GARIM_SIGNAL" }]);
  });
});
