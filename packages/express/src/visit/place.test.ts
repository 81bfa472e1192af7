import type { StaffIdentity } from "@garim/policy";
import type { Request } from "express";
import { describe, expect, it } from "vitest";
import { deviceCookie } from "./cookie.ts";
import { createPlaces } from "./place.ts";

const SECOND = 1_000;
const clock = { now: Date.parse("2026-11-22T12:00:00+09:00") };
const places = createPlaces(deviceCookie(true), () => clock.now);

const kim: StaffIdentity = {
  kind: "staff",
  staffId: "kim",
  sellerId: "S1",
  roles: ["owner"],
  authenticatedAt: clock.now,
};
const request = (headers: object = {}, ip = "203.0.113.7") => ({ headers, ip }) as Request;

describe("places", () => {
  it("name device and network, and set the device's cookie once", () => {
    const first = places.of(request(), kim);
    expect(first.origin).toEqual({
      device: expect.stringMatching(/^other-other-desktop\.[\da-f]{16}$/),
      network: "203.0.113.0/24",
    });
    const cookie = first.newCookie?.split(";")[0];
    expect(places.of(request({ cookie }), kim)).toEqual({ ...first, newCookie: null });
  });

  it("[S4] see a device that is used elsewhere, or by another browser, whatever it said before", () => {
    const cookie = `garim-device=${"d".repeat(22)}`;
    const originOf = (agent: string, ip?: string) =>
      places.of(request({ cookie, "user-agent": agent }, ip), kim).origin;
    const usual = originOf("Firefox/140.0 Linux");
    expect(originOf("Firefox/140.0 Linux")).toEqual(usual);
    const { device } = usual;
    expect(originOf("Firefox/140.0 Linux", "198.51.100.7")).toEqual({ device, network: "198.51.100.0/24" });
    expect(originOf("Chrome/142.0 Windows").device).not.toBe(device);
    expect(originOf(`${"x".repeat(600)} Firefox/140.0`).device).not.toBe(device);
    expect(originOf("Firefox/140.0 Linux")).toEqual(usual);
  });

  it("give one request always the same answer", () => {
    const req = request();
    const first = places.of(req, kim);
    clock.now += 60 * SECOND;
    expect(places.of(req, kim)).toBe(first);
  });

  it("take requests that come together for one device, and no others", () => {
    const first = places.of(request(), kim).newCookie;
    clock.now += 9 * SECOND;
    expect(places.of(request(), kim).newCookie).toBe(first);
    const others = [
      places.of(request(), { ...kim, staffId: "lee" }),
      places.of(request(), { ...kim, authenticatedAt: clock.now }),
      places.of(request({ "user-agent": "x" }), kim),
      places.of(request({}, "203.0.113.8"), kim),
    ];
    for (const { newCookie } of others) expect(newCookie).not.toBe(first);
    clock.now += 10 * SECOND;
    expect(places.of(request(), kim).newCookie).not.toBe(first);
  });

  it("make up a new device where somebody planted a cookie that is none", () => {
    for (const cookie of ["garim-device=x", `garim-device=${"a".repeat(22)}; garim-device=${"b".repeat(22)}`])
      expect(places.of(request({ cookie }), kim).newCookie).not.toBeNull();
  });
});
