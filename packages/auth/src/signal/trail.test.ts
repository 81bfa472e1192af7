import { DAY, MINUTE } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { NOON } from "../../test/people.ts";
import { followTrail, isTrail, type Step, type Trail } from "./trail.ts";

const SEOUL = { lat: 37.6, lon: 127 };
const PARIS = { lat: 48.9, lon: 2.4 };

type Given = Partial<Omit<Step, "at">> & { readonly after?: number };

/** Follows steps, each some time after the one before, and tells what was new about each. */
function follow(...steps: readonly Given[]) {
  let trail: Trail | undefined;
  let at = NOON;
  const news = steps.map(({ after = MINUTE, ...given }) => {
    at += after;
    const step = { device: "laptop", network: "home", place: null, at, ...given };
    const { answer, record } = followTrail(trail, step);
    trail = record ?? trail;
    return answer;
  });
  return { news, last: news.at(-1), trail };
}

describe("followTrail", () => {
  it("finds no news in the first step: there is nothing to compare it with", () => {
    expect(follow({}).last).toEqual({ isNewDevice: false, isNewNetwork: false, hop: null });
  });

  it.each<[string, Given[], boolean, boolean]>([
    ["the same device and network", [{}, {}], false, false],
    ["another device", [{}, { device: "phone" }], true, false],
    ["another network", [{}, { network: "office" }], false, true],
    ["both", [{}, { device: "phone", network: "office" }], true, true],
    ["one that was new a moment ago", [{}, { device: "phone" }, { device: "phone" }], false, false],
    ["one known from before", [{}, { device: "phone" }, { device: "laptop" }], false, false],
    ["a mobile device's network", [{}, { network: "mobile" }], false, false],
    ["the first network after a mobile device", [{ network: "mobile" }, { network: "office" }], false, true],
    [
      "a device last seen almost 90 days ago",
      [{}, { device: "phone", after: DAY }, { after: 89 * DAY - 1 }],
      false,
      false,
    ],
    [
      "a device last seen 90 days ago",
      [{}, { device: "phone", after: DAY }, { after: 89 * DAY }],
      true,
      false,
    ],
  ])("judges %s", (_, steps, isNewDevice, isNewNetwork) => {
    expect(follow(...steps).last).toMatchObject({
      isNewDevice,
      isNewNetwork,
    });
  });

  it("knows 20 devices, and forgets the one not seen for longest", () => {
    const devices = Array.from({ length: 21 }, (_, i) => ({ device: `device ${i}` }));
    expect(follow(...devices, { device: "device 1" }).last).toMatchObject({ isNewDevice: false });
    expect(follow(...devices, { device: "device 0" }).last).toMatchObject({ isNewDevice: true });
    expect(follow(...devices).trail?.devices).toHaveLength(20);
  });

  it("finds a hop, and says where from", () => {
    const { last } = follow({ place: SEOUL }, { network: "hotel", place: PARIS });
    expect(last?.hop).toEqual({ km: 8_958, before: { network: "home", at: NOON + MINUTE } });
  });

  it("is not led astray by a step nobody could locate", () => {
    expect(follow({ place: SEOUL }, {}, { place: PARIS }).last?.hop).toMatchObject({ km: 8_958 });
  });

  it("tells of hops to and fro once an hour", () => {
    const { news } = follow(
      { place: SEOUL },
      { place: PARIS },
      { place: SEOUL },
      { place: PARIS, after: 58 * MINUTE },
      { place: SEOUL, after: MINUTE },
    );
    expect(news.map(({ hop }) => hop !== null)).toEqual([false, true, false, false, true]);
  });

  it("stores no device, network or place in clear that it need not", () => {
    const { trail } = follow({ device: "chrome-windows-desktop.0123456789abcdef" });
    expect(JSON.stringify(trail)).not.toContain("chrome");
    expect(JSON.stringify(trail)).not.toContain("home");
    expect(isTrail(trail)).toBe(true);
  });
});

describe("isTrail", () => {
  it.each([
    null,
    {},
    { devices: [], networks: [], last: {}, hoppedAt: null },
    { devices: 1, networks: [], last: null, hoppedAt: null },
  ])("does not take %j for one", (value) => {
    expect(isTrail(value)).toBe(false);
  });
});
