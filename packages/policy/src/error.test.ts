import { describe, expect, it } from "vitest";
import { GarimError, isGarimError } from "./error.ts";

describe("GarimError", () => {
  it("has a name, a code, a message and the cause it was given", () => {
    const cause = new Error("below");
    const error = new GarimError("ERR_GARIM_POLICY_LAX", "too lax", cause);
    expect(error).toMatchObject({ name: "GarimError", code: "ERR_GARIM_POLICY_LAX", message: "too lax" });
    expect(error.cause).toBe(cause);
    expect("cause" in new GarimError("ERR_GARIM_POLICY_LAX", "too lax")).toBe(false);
  });
});

describe("GarimError of an outage", () => {
  it.each([
    "ERR_GARIM_STATE_UNAVAILABLE",
    "ERR_GARIM_LOG_UNAVAILABLE",
    "ERR_GARIM_LOG_BUSY",
    "ERR_GARIM_LOG_CLOSED",
  ] as const)("says so to any server's error handler: %s", (code) => {
    const error = new GarimError(code, "out");
    expect(error).toMatchObject({ status: 503, statusCode: 503, headers: { "Retry-After": "5" } });
    expect(Object.keys(error)).toEqual(["name", "code"]);
  });

  it("is no other one", () => {
    const { status, statusCode, headers } = new GarimError("ERR_GARIM_RECORD_INVALID", "wrong");
    expect([status, statusCode, headers]).toEqual([undefined, undefined, undefined]);
  });
});

describe("isGarimError", () => {
  it("knows one of another copy of the package, and nothing else", () => {
    const copy = Object.assign(new Error("x"), { name: "GarimError", code: "ERR_GARIM_POLICY_LAX" });
    expect([copy, new GarimError("ERR_GARIM_DATABASE", "x")].map(isGarimError)).toEqual([true, true]);
    const others = [
      Object.assign(new Error("x"), { name: "GarimError" }),
      Object.assign(new Error("x"), { code: "ENOENT" }),
      { name: "GarimError", code: "ERR_GARIM_POLICY_LAX" },
      null,
    ];
    expect(others.map(isGarimError)).toEqual([false, false, false, false]);
  });
});
