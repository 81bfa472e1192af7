import { describe, expect, it } from "vitest";
import { NOON } from "../../test/people.ts";
import { ELSEWHERE, HERE } from "../../test/sessions.ts";
import { AUTH_DEFAULTS } from "../defaults.ts";
import { hasMoved, moveTo, readOrigin, settleOrigins, startOrigins } from "./origin.ts";

const home = { ...HERE, network: "home" };

describe("readOrigin", () => {
  it.each([
    ["a text", "laptop", "laptop"],
    ["64 characters", "x".repeat(64), "x".repeat(64)],
    ["nothing", null, null],
    ["a missing header", undefined, null],
    ["a list", ["laptop"], null],
  ])("takes %s", (_, device, expected) => {
    expect(readOrigin({ device: device as string, network: null }).device).toBe(expected);
  });

  it("[P2] stores longer ones as hashes, which are as different", () => {
    const [one, other] = ["a", "b"].map(
      (end) => readOrigin({ device: `${"x".repeat(9_999)}${end}`, network: null }).device,
    );
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(one).not.toBe(other);
  });
});

describe("hasMoved", () => {
  it.each([
    ["where it is", HERE, false],
    ["on another device", { ...HERE, device: "phone" }, true],
    ["on a device that does not say which it is", { ...HERE, device: null }, true],
    ["on another network", home, true],
    ["on a network nobody can tell", { ...HERE, network: null }, true],
  ])("[S4] judges a session %s", (_, origin, expected) => {
    expect(hasMoved(startOrigins(HERE), origin)).toBe(expected);
  });

  it("takes going back to a network for no move, and going back to a device for one", () => {
    const away = moveTo(startOrigins(HERE), ELSEWHERE, NOON);
    expect(hasMoved(away, { ...ELSEWHERE, network: HERE.network })).toBe(false);
    expect(hasMoved(away, { ...ELSEWHERE, device: HERE.device })).toBe(true);
  });
});

describe("moveTo", () => {
  it("tells since when it is on another device and network, and not since when on the first", () => {
    const moved = moveTo(startOrigins(HERE), ELSEWHERE, NOON);
    const here = { network: "office", since: null };
    expect(moved).toEqual({
      device: "phone",
      deviceSince: NOON,
      networks: [{ network: "café", since: NOON }, here],
    });
    const back = moveTo(moved, HERE, NOON + 1);
    expect(back).toMatchObject({ device: "laptop", deviceSince: NOON + 1, networks: [here, {}] });
  });

  it("keeps the moment of a move that is known already", () => {
    const moved = moveTo(startOrigins(HERE), ELSEWHERE, NOON);
    expect(moveTo(moved, ELSEWHERE, NOON + 9)).toEqual(moved);
  });

  it("forgets the network used longest ago", () => {
    let seen = startOrigins(HERE);
    for (let index = 1; index <= 2 * AUTH_DEFAULTS.networks; index++)
      seen = moveTo(seen, { ...HERE, network: `${index}` }, NOON);
    expect(seen.networks).toHaveLength(AUTH_DEFAULTS.networks);
    expect(seen.networks[0].network).toBe(`${2 * AUTH_DEFAULTS.networks}`);
    expect(hasMoved(seen, HERE)).toBe(true);
  });
});

describe("settleOrigins", () => {
  it("asks nothing again where the proof was made, nor where an earlier one was", () => {
    const seen = settleOrigins(moveTo(startOrigins(HERE), home, NOON), home);
    expect(seen.networks).toEqual([
      { network: "home", since: null },
      { network: "office", since: null },
    ]);
  });

  it("[S4] forgets the networks and the device on which none was made", () => {
    const stolen = moveTo(moveTo(startOrigins(HERE), ELSEWHERE, NOON), HERE, NOON + 1);
    const settled = settleOrigins(stolen, HERE);
    expect(settled).toEqual(startOrigins(HERE));
    expect(hasMoved(settled, ELSEWHERE)).toBe(true);
  });
});
