import { describe, expect, it } from "vitest";
import { ofMonth, stepOn } from "../../test/reference-chain.ts";
import { linkOf, monthKey, nextLink } from "./subject-chain.ts";

const START = { month: "2026-11", key: new Uint8Array(32).fill(7) };
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

describe("monthKey", () => {
  it("is HKDF-SHA-256 of the chain's key and the month", () => {
    expect(hex(monthKey(START))).toBe(hex(ofMonth(START.key, "2026-11")));
  });

  it("gives known answers, so that no later version reads other pseudonyms", () => {
    expect(hex(monthKey(START))).toMatchInlineSnapshot(
      `"f2b173f6c6aac4cb3b1bd4a4884fd063af46c6644c3d564d35fe3f00c1ea4278"`,
    );
    expect(hex(monthKey(linkOf(START, "2027-01")))).toMatchInlineSnapshot(
      `"682b2052478df63d69167fcca9d4a6ba1f0b2fd021fff079077c5c0c9d7765e5"`,
    );
  });
});

describe("nextLink", () => {
  it("is HKDF-SHA-256 of the key before, in the month after", () => {
    expect(nextLink(START)).toEqual({ month: "2026-12", key: new Uint8Array(stepOn(START.key)) });
  });
});

describe("linkOf", () => {
  it("walks on over the turn of the year, and stays where it is", () => {
    const twice = stepOn(stepOn(START.key));
    expect(linkOf(START, "2027-01")).toEqual({ month: "2027-01", key: new Uint8Array(twice) });
    expect(linkOf(START, "2026-11")).toBe(START);
  });
});
