import { describe, expect, it, vi } from "vitest";
import { handClock } from "../../test/people.ts";
import { someIssuer } from "../../test/tokens.ts";
import { DEFAULT_ALGORITHMS } from "./algorithm.ts";
import { createKeyRing } from "./key-ring.ts";
import type { TokenKeySet } from "./token.ts";

const { jwks } = someIssuer();
const UNAVAILABLE = { code: "ERR_GARIM_STATE_UNAVAILABLE" };

function start() {
  const clock = handClock();
  const port = vi.fn<() => Promise<TokenKeySet>>(async () => jwks);
  return { clock, port, ring: createKeyRing(port, DEFAULT_ALGORITHMS, clock) };
}

describe("a key ring on a port", () => {
  it("knows nothing before it has read, and reads once for all who wait", async () => {
    const { port, ring } = start();
    expect(ring.known()).toBeUndefined();
    const [one, other] = await Promise.all([ring.read(), ring.read()]);
    expect(one).toBe(other);
    expect(ring.known()).toBe(one);
    expect(port).toHaveBeenCalledTimes(1);
  });

  it.each([
    ["in the last millisecond of the minute", 59_999, true],
    ["a minute later", 60_000, false],
    ["[S7] after the clock went back", -1, false],
  ])("%s, it knows the keys: %3$s", async (_, after, isKnown) => {
    const { clock, ring } = start();
    const keys = await ring.read();
    clock.now += after;
    expect(ring.known()).toBe(isKnown ? keys : undefined);
  });

  it("[T5] tells a failure to those who wait, and reads again for the next", async () => {
    const { port, ring } = start();
    port.mockRejectedValueOnce(new Error("down"));
    await expect(ring.read()).rejects.toMatchObject(UNAVAILABLE);
    expect(await ring.read()).toBe(ring.known());
  });

  it("[T5] takes a port that throws at once, or gives no usable set, for one that failed", async () => {
    const { port, ring } = start();
    port.mockImplementationOnce(() => {
      throw new Error("down");
    });
    await expect(ring.read()).rejects.toMatchObject(UNAVAILABLE);
    port.mockResolvedValueOnce({ keys: [] });
    await expect(ring.read()).rejects.toMatchObject(UNAVAILABLE);
  });

  it("renews for a key it does not have, at most every five seconds", async () => {
    const { clock, port, ring } = start();
    const old = await ring.read();
    clock.now += 4_999;
    expect(await ring.renew(old)).toBeUndefined();
    clock.now += 1;
    const newer = await ring.renew(old);
    expect(newer).toBe(ring.known());
    expect(newer).not.toBe(old);
    expect(port).toHaveBeenCalledTimes(2);
    // Who verified with the old ones meanwhile gets the newer ones without asking.
    expect(await ring.renew(old)).toBe(newer);
    expect(port).toHaveBeenCalledTimes(2);
  });

  it("keeps the keys of before, for the rest of their minute, when a renewal fails; and does not ask again at once", async () => {
    const { clock, port, ring } = start();
    const old = await ring.read();
    clock.now += 30_000;
    port.mockRejectedValueOnce(new Error("down"));
    await expect(ring.renew(old)).rejects.toMatchObject(UNAVAILABLE);
    expect(ring.known()).toBe(old);
    expect(await ring.renew(old)).toBeUndefined();
    expect(port).toHaveBeenCalledTimes(2);
    clock.now += 30_000;
    expect(ring.known()).toBeUndefined();
  });

  it("goes on with the keys it knows while others are read", async () => {
    const { clock, port, ring } = start();
    const old = await ring.read();
    clock.now += 5_000;
    let arrive = (_: TokenKeySet) => {};
    port.mockReturnValueOnce(
      new Promise((resolve) => {
        arrive = resolve;
      }),
    );
    const renewals = [ring.renew(old), ring.renew(old)];
    expect(ring.known()).toBe(old);
    expect(await ring.read()).toBe(old);
    arrive(jwks);
    expect(await Promise.all(renewals)).toEqual([ring.known(), ring.known()]);
    expect(ring.known()).not.toBe(old);
    expect(port).toHaveBeenCalledTimes(2);
  });

  it("[J4] does not bring back keys that were forgotten while they were read", async () => {
    const { ring } = start();
    const reading = ring.read();
    ring.forget();
    const old = await reading;
    expect(ring.known()).toBeUndefined();
    expect(await ring.read()).not.toBe(old);
  });
});

describe("a key ring on a given set", () => {
  it("has its keys at once and for ever", async () => {
    const ring = createKeyRing(jwks, DEFAULT_ALGORITHMS, handClock());
    const keys = ring.known();
    ring.forget();
    expect(await ring.read()).toBe(keys);
    expect(keys && (await ring.renew(keys))).toBeUndefined();
  });
});
