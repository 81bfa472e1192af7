import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deviceOf } from "./device.ts";
import { describeNetwork, networkOf, originOf } from "./network.ts";

const ID = "AAAAAAAAAAAAAAAAAAAAAA";
const PHONE = deviceOf({ agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)", deviceId: ID });
const PHONE_WITHOUT_ID = deviceOf({ agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)" });
const DESKTOP = deviceOf({ agent: "Mozilla/5.0 (Windows NT 10.0)", deviceId: ID });

describe("networkOf", () => {
  it.each<[unknown, unknown, string]>([
    ["203.0.113.9", DESKTOP, "203.0.113.0/24"],
    ["203.0.113.255", DESKTOP, "203.0.113.0/24"],
    ["203.0.114.0", DESKTOP, "203.0.114.0/24"],
    ["::ffff:203.0.113.9", DESKTOP, "203.0.113.0/24"],
    ["2001:db8:1:2:3::4", DESKTOP, "2001:db8:1::/48"],
    ["2001:db8:2::", DESKTOP, "2001:db8:2::/48"],
    ["::1", undefined, "::/48"],
    ["203.0.113.9", undefined, "203.0.113.0/24"],
    ["203.0.113.9", PHONE, "mobile"],
    ["unreadable", PHONE, "mobile"],
    ["203.0.113.9", PHONE_WITHOUT_ID, "203.0.113.0/24"],
    ["010.0.0.1", DESKTOP, "unknown"],
    [undefined, DESKTOP, "unknown"],
  ])("[P4] of %j on %j is %s", (ip, device, expected) => {
    expect(networkOf(ip, device)).toBe(expected);
  });

  it("[P3] is total, short and plain for anything", () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (ip, device) => {
        expect(networkOf(ip, device)).toMatch(/^(?:unknown|[\da-f.:]{2,40}\/\d{2})$/);
      }),
    );
  });
});

describe("originOf", () => {
  it.each<[unknown, unknown, string]>([
    ["203.0.113.9", DESKTOP, "203.0.113.9/32"],
    ["2001:db8:1:2:3::4", DESKTOP, "2001:db8:1:2::/64"],
    ["203.0.113.9", PHONE, PHONE],
    ["203.0.113.9", PHONE_WITHOUT_ID, "203.0.113.9/32"],
    [null, null, "unknown"],
  ])("of %j on %j is %s", (ip, device, expected) => {
    expect(originOf(ip, device)).toBe(expected);
  });
});

describe("describeNetwork", () => {
  it.each([
    ["203.0.113.0/24", "203.0.113.0/24", "203.0.113.0/24"],
    ["mobile", "모바일 기기(주소가 자주 바뀜)", "Mobile device (its address changes)"],
    ["unknown", "알 수 없음", "Unknown"],
    ["<script>", "알 수 없음", "Unknown"],
    [undefined, "알 수 없음", "Unknown"],
  ])("says %j in both languages", (network, ko, en) => {
    expect([describeNetwork(network, "ko"), describeNetwork(network, "en")]).toEqual([ko, en]);
  });
});
