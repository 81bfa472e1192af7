import type { WorkerIdentity } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { someStaff } from "../test/people.ts";
import { readLogin } from "./session/login.ts";
import { nameWorker, readWorker } from "./worker.ts";

describe("readWorker", () => {
  it("reads a staff member with the seller, the others without one", () => {
    expect(readWorker(someStaff({ staffId: "kim" }))).toEqual({
      kind: "staff",
      id: "kim",
      sellerId: "seller-1",
    });
    expect(readWorker({ kind: "operator", operatorId: "lee", authenticatedAt: 0 })).toEqual({
      kind: "operator",
      id: "lee",
      sellerId: null,
    });
  });

  it.each([
    ["no id", { staffId: undefined }],
    ["an empty id", { staffId: "" }],
    ["a number", { staffId: 7 }],
    ["a long id", { staffId: "x".repeat(257) }],
    ["no seller", { sellerId: undefined }],
    ["the ids of several sellers", { sellerId: ["seller-1", "seller-2"] }],
    ["a buyer", { kind: "buyer" }],
  ])("[B1] refuses %s", (_, more) => {
    const identity = { ...someStaff(), ...more } as unknown as WorkerIdentity;
    expect(() => readWorker(identity)).toThrow(
      expect.objectContaining({ code: "ERR_GARIM_IDENTITY_INVALID" }),
    );
  });
});

describe("nameWorker", () => {
  it("[B1] names no two workers alike", () => {
    const names = [
      someStaff({ staffId: "b", sellerId: "a" }),
      someStaff({ staffId: "a", sellerId: "b" }),
      someStaff({ staffId: 'a","b', sellerId: "" + "c" }),
      someStaff({ staffId: "b", sellerId: 'c","a' }),
      someStaff({ staffId: "\ud800", sellerId: "a" }),
      someStaff({ staffId: "\ud801", sellerId: "a" }),
      someStaff({ staffId: "\ufffd", sellerId: "a" }),
      { kind: "operator", operatorId: "a", authenticatedAt: 0 } as const,
      { kind: "auditor", auditorId: "a", authenticatedAt: 0 } as const,
    ].map((identity) => nameWorker(readWorker(identity)));
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("readLogin", () => {
  it.each([
    ["missing", undefined],
    ["a text", "2026-11-22T12:00:00+09:00"],
    ["not a number", Number.NaN],
    ["endless", Number.POSITIVE_INFINITY],
  ])("refuses an authenticatedAt that is %s, and says what to write", (_, authenticatedAt) => {
    const identity = { ...someStaff(), authenticatedAt } as WorkerIdentity;
    expect(() => readLogin(identity)).toThrow(
      expect.objectContaining({
        code: "ERR_GARIM_IDENTITY_INVALID",
        message: expect.stringContaining("authenticatedAt: req.session.loggedInAt"),
      }),
    );
  });

  it("stores the sessions of each log-in apart, and tells nothing of the worker in the key", () => {
    const staff = someStaff();
    const login = readLogin(staff);
    expect(readLogin({ ...staff, authenticatedAt: staff.authenticatedAt + 1 }).key).not.toBe(login.key);
    expect(login.key).toMatch(/^v2\/session\/[0-9a-f]{64}$/);
  });
});
