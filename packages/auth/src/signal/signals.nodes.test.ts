import { randomUUID } from "node:crypto";
import { HOUR, resolvePolicy } from "@garim/policy";
import { afterAll, describe, expect, it } from "vitest";
import { handClock, NOON, race } from "../../test/people.ts";
import { type SharedStore, startStores } from "../../test/stores.ts";
import type { StateStore } from "../state/store.ts";
import type { Worker } from "../worker.ts";
import { deviceOf, makeDeviceId } from "./device.ts";
import type { Observed, Sighting, Signal, Signals } from "./signal.ts";
import { createSignals } from "./signals.ts";

const AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0.0.0 Safari/537.36";
const someDevice = (): string => deviceOf({ agent: AGENT, deviceId: makeDeviceId() });

/** Nobody else's address: the stores are shared by the tests. */
function someAddress(): string {
  const groups = randomUUID().replaceAll("-", "").slice(0, 12).match(/.{4}/g) ?? [];
  return `2001:${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(":")}::1`;
}

function someSighting(more: Partial<Sighting> = {}): Sighting {
  const worker: Worker = { kind: "staff", id: randomUUID(), sellerId: randomUUID() };
  return { kind: "log-in", worker, ip: someAddress(), device: someDevice(), ...more };
}

/** What must hold when two nodes see the same workers, whatever the store. */
function describeSignals(store: SharedStore): void {
  const open = async () => {
    const clock = handClock();
    const told: Signal[] = [];
    const faults: unknown[] = [];
    const make = (state: StateStore, skewMs = 0): Signals =>
      createSignals({
        state,
        policy: resolvePolicy(),
        clock: () => clock.now + skewMs,
        onSignal: (signal) => told.push(signal),
        onFault: (error) => faults.push(error),
        refuseSharedPasswordsFrom: NOON + HOUR,
      });
    const [one, other] = await store.connect(clock);
    return { clock, told, faults, one: make(one), other: make(other), behind: make(other, -90_000) };
  };

  it("knows on one node the device and network the other saw", async () => {
    const { told, faults, one, other } = await open();
    const home = someSighting();
    await one.observe(home);
    expect((await other.observe(home)).signals).toEqual([]);
    const device = someDevice();
    expect((await other.observe({ ...home, device })).signals).toMatchObject([
      { kind: "new-device", device },
    ]);
    expect((await one.observe({ ...home, device })).signals).toEqual([]);
    expect([told.length, faults]).toEqual([1, []]);
  });

  it("[V6.3.5] tells once of a new device that 60 requests bring at once", async () => {
    const { told, faults, one, other } = await open();
    const home = someSighting();
    await one.observe(home);
    const device = someDevice();
    await race(60, (index) => (index % 2 ? one : other).observe({ ...home, device }));
    expect(told.map(({ kind }) => kind)).toEqual(["new-device"]);
    expect(faults).toEqual([]);
  });

  it("[V6.3.1] tells once of 60 accounts that fail at once on both nodes", async () => {
    const { told, faults, one, other } = await open();
    const ip = someAddress();
    await race(60, (index) => (index % 2 ? one : other).observe(someSighting({ kind: "log-in-failed", ip })));
    expect(told).toMatchObject([{ kind: "credential-stuffing", accounts: 10 }]);
    expect(faults).toEqual([]);
  });

  it("[code-2022/tool] counts sellers over both nodes, tells once, and refuses on both", async () => {
    const { clock, told, one, other } = await open();
    const ip = someAddress();
    const observed = await race(60, (index) => (index % 2 ? one : other).observe(someSighting({ ip })));
    expect(observed.every(({ refusal }) => refusal === null)).toBe(true);
    expect(told).toMatchObject([{ kind: "shared-password", sellers: 10 }]);
    clock.now = NOON + HOUR;
    const refused: readonly Observed[] = await Promise.all(
      [one, other].map((node) => node.observe(someSighting({ ip }))),
    );
    expect(refused.map(({ refusal }) => refusal?.reason)).toEqual(["grant-missing", "grant-missing"]);
  });

  it("[S7] neither fails nor forgets where a node's clock is 90 seconds behind, or goes back", async () => {
    const { clock, told, faults, one, behind } = await open();
    const ip = someAddress();
    for (let index = 0; index < 10; index++)
      await (index % 2 ? one : behind).observe(someSighting({ kind: "log-in-failed", ip }));
    expect(told).toHaveLength(1);
    clock.now -= 90_000;
    await behind.observe(someSighting({ kind: "log-in-failed", ip }));
    expect([told.length, faults]).toEqual([1, []]);
  });

  it("forgets what failed longer than ten minutes ago", async () => {
    const { clock, told, one, other } = await open();
    const ip = someAddress();
    for (let index = 0; index < 9; index++)
      await (index % 2 ? one : other).observe(someSighting({ kind: "factor-failed", ip }));
    clock.now += 600_000;
    await one.observe(someSighting({ kind: "factor-failed", ip }));
    expect(told).toEqual([]);
  });
}

for (const store of await startStores())
  describe(`createSignals on ${store.name}`, () => {
    afterAll(() => store.stop());
    describeSignals(store);
  });
