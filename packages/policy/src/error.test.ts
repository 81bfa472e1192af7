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
