import { GarimError } from "@garim/policy";
import { describe, expect, it, vi } from "vitest";
import { inSpan } from "./tracer.ts";

function fakeTracer() {
  const span = { setAttribute: vi.fn(), setStatus: vi.fn(), end: vi.fn() };
  return { span, startSpan: vi.fn(() => span) };
}

describe("inSpan", () => {
  it("runs without a tracer as if it was not there", async () => {
    expect(await inSpan(undefined, "garim.state", {}, async () => 1)).toBe(1);
  });

  it("makes a span of known attributes and ends it once", async () => {
    const tracer = fakeTracer();
    const given = { "garim.action": "view", "garim.reason": null, "garim.store": "session" } as const;
    expect(await inSpan(tracer, "garim.record", given, async () => 1)).toBe(1);
    expect(tracer.startSpan.mock.calls).toEqual([
      ["garim.record", { attributes: { "garim.action": "view" } }],
    ]);
    expect(tracer.span.end).toHaveBeenCalledTimes(1);
    expect(tracer.span.setStatus).not.toHaveBeenCalled();
  });

  it.each([
    [new GarimError("ERR_GARIM_LOG_BUSY", "kim@example.com"), "ERR_GARIM_LOG_BUSY"],
    [new Error("kim@example.com"), "error"],
  ])("says that it failed by a code alone", async (error, type) => {
    const tracer = fakeTracer();
    await expect(inSpan(tracer, "garim.record", {}, () => Promise.reject(error))).rejects.toBe(error);
    expect(tracer.span.setAttribute.mock.calls).toEqual([["error.type", type]]);
    expect(tracer.span.setStatus.mock.calls).toEqual([[{ code: 2 }]]);
    expect(tracer.span.end).toHaveBeenCalledTimes(1);
  });

  it("lets no tracer that throws keep anything from being recorded", async () => {
    const fail = () => {
      throw new Error("exporter");
    };
    expect(await inSpan({ startSpan: fail }, "garim.record", {}, async () => 1)).toBe(1);
    const tracer = { startSpan: () => ({ setAttribute: fail, setStatus: fail, end: fail }) };
    expect(await inSpan(tracer, "garim.record", {}, async () => 2)).toBe(2);
  });
});
