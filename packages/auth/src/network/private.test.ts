import { describe, expect, it } from "vitest";
import { isPublicAddress } from "./private.ts";

describe("isPublicAddress", () => {
  it.each<[string, boolean]>([
    ["203.0.113.7", true],
    ["2001:db8::1", true],
    ["172.15.255.255", true],
    ["172.16.0.0", false],
    ["172.31.255.255", false],
    ["100.64.0.1", false],
    ["192.168.0.1", false],
    ["127.0.0.1", false],
    ["::ffff:10.0.0.1", false],
    ["::1", false],
    ["fd00::1", false],
    ["unknown", false],
  ])("tells of %s: %s", (text, expected) => {
    expect(isPublicAddress(text)).toBe(expected);
  });
});
