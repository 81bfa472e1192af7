import type { Language } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { deviceOf } from "./device.ts";
import { describeAgent, describeDevice } from "./device-words.ts";

const PHONE =
  "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36";

const TABLE: readonly (readonly [unknown, Language, string])[] = [
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0.0.0 Safari/537.36", "en", "Chrome · Windows"],
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0.0.0 Safari/537.36", "ko", "Chrome · Windows"],
  [PHONE, "ko", "삼성 인터넷 · Android"],
  [PHONE, "en", "Samsung Internet · Android"],
  ["Something (Windows NT 10.0)", "en", "Windows"],
  ["Firefox/133.0", "ko", "Firefox"],
  ["curl/8.9.1", "ko", "알 수 없는 기기"],
  [undefined, "en", "Unknown device"],
];

describe("describeAgent", () => {
  it.each(TABLE)("says %j in %s: %s", (agent, language, expected) => {
    expect(describeAgent(agent, language)).toBe(expected);
  });
});

describe("describeDevice", () => {
  it.each(TABLE)("says the device of %j in %s: %s", (agent, language, expected) => {
    expect(describeDevice(deviceOf({ agent }), language)).toBe(expected);
  });

  it.each([null, "", "x", "constructor-toString-desktop.none", "proto-proto-mobile.0123456789abcdef", PHONE])(
    "[P1] says of %j that it is unknown",
    (device) => {
      expect(describeDevice(device, "en")).toBe("Unknown device");
    },
  );
});
