import { describe, expect, it } from "vitest";
import { cutAddress, readAddress, writeAddress } from "./address.ts";

/** What reviewers try to slip past an allow-list, or into a record. */
const NO_ADDRESSES: readonly unknown[] = [
  "010.0.0.1",
  "0x7f.0.0.1",
  "10.1",
  "167772161",
  "1.2.3.4.5",
  "256.0.0.1",
  "1.2.3.4 ",
  "1.2.3.4\0",
  "1.2.3.4:80",
  "[::1]",
  "fe80::1%eth0",
  "::ffff:1.2.3.4%0",
  "::ffff:01.2.3.4",
  "1::2::3",
  "１.2.3.4",
  "1.2.3.4, 5.6.7.8",
  "",
  "localhost",
  `::${"0".repeat(1_000_000)}1`,
  null,
  undefined,
  1,
  ["1.2.3.4"],
  { toString: () => "1.2.3.4" },
];

describe("readAddress", () => {
  it.each<[string, string]>([
    ["203.0.113.9", "203.0.113.9"],
    ["2001:db8::1", "2001:db8:0:0:0:0:0:1"],
    ["2001:DB8:0:0:0:0:0:1", "2001:db8:0:0:0:0:0:1"],
    ["2001:db8::", "2001:db8::"],
    ["::", "::"],
    ["::1", "0:0:0:0:0:0:0:1"],
    ["64:ff9b::1.2.3.4", "64:ff9b:0:0:0:0:102:304"],
    ["::1.2.3.4", "0:0:0:0:0:0:102:304"],
  ])("reads %s as %s", (text, normal) => {
    expect(writeAddress(readAddress(text) ?? [])).toBe(normal);
  });

  it.each(["::ffff:1.2.3.4", "::FFFF:102:304", "0:0:0:0:0:ffff:1.2.3.4", "0::ffff:0102:0304"])(
    "[P4] reads %s as the IPv4 address it is",
    (text) => {
      expect(readAddress(text)).toEqual([1, 2, 3, 4]);
    },
  );

  it.each(NO_ADDRESSES)("[P4] reads no address of %j", (text) => {
    expect(readAddress(text)).toBeUndefined();
  });
});

describe("cutAddress", () => {
  it.each<[number, string]>([
    [32, "203.0.113.255"],
    [25, "203.0.113.128"],
    [24, "203.0.113.0"],
    [1, "128.0.0.0"],
    [0, "0.0.0.0"],
  ])("keeps the first %d bits", (bits, expected) => {
    expect(writeAddress(cutAddress([203, 0, 113, 255], bits))).toBe(expected);
  });
});
