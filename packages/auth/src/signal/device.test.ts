import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deviceOf, isMobileDevice, makeDeviceId, readDevice, readDeviceId } from "./device.ts";

const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";
const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0";
const PHONE =
  "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36";
const ID = "AAAAAAAAAAAAAAAAAAAAAA";

describe("makeDeviceId", () => {
  it("makes ids that are read back, none twice", () => {
    const ids = Array.from({ length: 100 }, makeDeviceId);
    expect(new Set(ids).size).toBe(100);
    expect(ids.map(readDeviceId)).toEqual(ids);
  });
});

describe("readDeviceId", () => {
  it.each([undefined, null, "", 1, "A".repeat(21), "A".repeat(23), `${"A".repeat(21)}=`, `${ID}\n`, [ID]])(
    "reads no id of %j",
    (value) => {
      expect(readDeviceId(value)).toBeNull();
    },
  );
});

describe("deviceOf", () => {
  it("names browser, system and form, and does not give the id away", () => {
    const device = deviceOf({ agent: CHROME, deviceId: ID });
    expect(device).toMatch(/^chrome-windows-desktop\.[\da-f]{16}$/);
    expect(device).not.toContain(ID);
  });

  it("is the same for the next version of the same browser", () => {
    const next = CHROME.replace("131", "132");
    expect(deviceOf({ agent: next, deviceId: ID })).toBe(deviceOf({ agent: CHROME, deviceId: ID }));
  });

  it.each([
    ["another id", { agent: CHROME, deviceId: `B${ID.slice(1)}` }],
    ["no id", { agent: CHROME }],
    ["another browser with the same cookies", { agent: FIREFOX, deviceId: ID }],
    ["another system with the same cookies", { agent: PHONE, deviceId: ID }],
  ])("is another device for %s", (_, clues) => {
    expect(deviceOf(clues)).not.toBe(deviceOf({ agent: CHROME, deviceId: ID }));
  });

  it("[P3] is total, short and plain for anything", () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (agent, deviceId) => {
        expect(deviceOf({ agent, deviceId })).toMatch(
          /^[a-z]+-[a-z]+-(?:mobile|desktop)\.(?:[\da-f]{16}|none)$/,
        );
      }),
    );
    expect(deviceOf({ agent: `${CHROME}\r\nSet-Cookie: a=b`, deviceId: ID }).length).toBeLessThanOrEqual(64);
  });
});

describe("isMobileDevice", () => {
  it.each([
    [{ agent: PHONE, deviceId: ID }, true],
    [{ agent: PHONE }, false],
    [{ agent: CHROME, deviceId: ID }, false],
  ])("tells of %j: %s", (clues, expected) => {
    expect(isMobileDevice(deviceOf(clues))).toBe(expected);
  });

  it.each([undefined, null, "mobile", "-mobile.", 1])("is false for %j", (value) => {
    expect(isMobileDevice(value)).toBe(false);
    expect(readDevice(value)).toBeUndefined();
  });
});
