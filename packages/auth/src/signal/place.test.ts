import { describe, expect, it } from "vitest";
import { NOON } from "../../test/people.ts";
import { findHop, type Place, readPlace } from "./place.ts";

const HOUR = 3_600_000;
const SEOUL = { lat: 37.6, lon: 127 };
const BUSAN = { lat: 35.2, lon: 129.1 };
const TOKYO = { lat: 35.7, lon: 139.7 };
const PARIS = { lat: 48.9, lon: 2.4 };
const KR = { country: "KR" };
const VN = { country: "VN" };

describe("findHop", () => {
  it.each<[string, Place, Place, number, unknown]>([
    ["Seoul to Paris in an hour", SEOUL, PARIS, HOUR, { km: 8_958 }],
    ["Seoul to Paris in nine hours", SEOUL, PARIS, 9 * HOUR, undefined],
    ["Seoul to Tokyo in an hour", SEOUL, TOKYO, HOUR, { km: 1_152 }],
    ["Seoul to Tokyo in an hour and a quarter", SEOUL, TOKYO, 1.25 * HOUR, undefined],
    ["Seoul to Busan at once: addresses are located that badly", SEOUL, BUSAN, 0, undefined],
    ["nowhere at all", SEOUL, SEOUL, 0, undefined],
    ["Paris before Seoul, by a node whose clock is behind", SEOUL, PARIS, -HOUR, { km: 8_958 }],
    ["the same nine hours before", SEOUL, PARIS, -9 * HOUR, undefined],
    ["another country within an hour", KR, VN, HOUR - 1, { km: null }],
    ["another country after an hour", KR, VN, HOUR, undefined],
    ["the same country", KR, KR, 0, undefined],
    ["a point and a country, which nobody can compare", SEOUL, VN, 0, undefined],
  ])("judges %s", (_, before, after, elapsedMs, expected) => {
    expect(findHop({ place: before, at: NOON }, { place: after, at: NOON + elapsedMs })).toEqual(expected);
  });

  it("knows the speed's edge to the millisecond", () => {
    const after = (elapsedMs: number) =>
      findHop({ place: SEOUL, at: NOON }, { place: TOKYO, at: NOON + elapsedMs });
    expect([after(1.152 * HOUR - 1), after(1.152 * HOUR)]).toEqual([{ km: 1_152 }, undefined]);
  });

  it("knows that the earth is round", () => {
    const places = [
      { lat: 0, lon: 179 },
      { lat: 0, lon: -179 },
    ] as const;
    expect(findHop({ place: places[0], at: NOON }, { place: places[1], at: NOON })).toBeUndefined();
    const poles = [
      { lat: 90, lon: 0 },
      { lat: -90, lon: 77 },
    ] as const;
    expect(findHop({ place: poles[0], at: NOON }, { place: poles[1], at: NOON })).toEqual({ km: 20_015 });
  });
});

describe("readPlace", () => {
  it.each<[unknown, Place | null]>([
    [
      { lat: 37.5665, lon: 126.978, city: "Seoul" },
      { lat: 37.6, lon: 127 },
    ],
    [{ country: "kr" }, { country: "KR" }],
    [{ lat: 91, lon: 0 }, null],
    [{ lat: Number.NaN, lon: 0 }, null],
    [{ lat: "37", lon: "127" }, null],
    [{ country: "Korea" }, null],
    [{}, null],
    [null, null],
    [undefined, null],
    ["KR", null],
  ])("reads %j as %j", (given, expected) => {
    expect(readPlace(given)).toEqual(expected);
  });
});
