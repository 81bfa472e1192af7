import { resolvePolicy } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { memoryState } from "../state/memory.ts";
import { readSignalsOptions, type SignalsOptions } from "./options.ts";

const OPTIONS: SignalsOptions = {
  state: memoryState(),
  policy: resolvePolicy(),
  onSignal: () => undefined,
  onFault: () => undefined,
};

describe("readSignalsOptions", () => {
  it("fills in the defaults", () => {
    expect(readSignalsOptions(OPTIONS)).toMatchObject({
      clock: Date.now,
      stepUpOn: new Set(["impossible-hop", "credential-stuffing"]),
      locate: null,
      refuseSharedPasswordsFrom: null,
      sharedOffices: null,
    });
  });

  it.each<[object, string, string]>([
    [{ onSignals: () => undefined }, "ERR_GARIM_OPTION_UNKNOWN", "Did you mean onSignal?"],
    [{ onSignal: undefined }, "ERR_GARIM_OPTION_INVALID", "onSignal: (signal) =>"],
    [{ onFault: "log" }, "ERR_GARIM_OPTION_INVALID", "onFault: (error) =>"],
    [{ stepUpOn: ["new-devise"] }, "ERR_GARIM_OPTION_INVALID", 'stepUpOn: ["new-device"]'],
    [{ stepUpOn: "new-device" }, "ERR_GARIM_OPTION_INVALID", "stepUpOn"],
    [{ locate: {} }, "ERR_GARIM_OPTION_INVALID", "locate"],
    [{ refuseSharedPasswordsFrom: Number.NaN }, "ERR_GARIM_OPTION_INVALID", "UTC milliseconds"],
    [{ refuseSharedPasswordsFrom: "2027-01-01T00:00:00+09:00" }, "ERR_GARIM_OPTION_INVALID", "Date.parse("],
    [{ refuseSharedPasswordsFrom: new Date() }, "ERR_GARIM_OPTION_INVALID", "Date.parse("],
    [{ refuseSharedPasswordsFrom: "2027-01-01" }, "ERR_GARIM_OPTION_INVALID", "Date.parse("],
    [{ refuseSharedPasswordsFrom: 1.8e18 }, "ERR_GARIM_OPTION_INVALID", "Date.parse("],
    [{ sharedOffices: ["203.0.113.0/24"] }, "ERR_GARIM_OPTION_INVALID", "createAllowList("],
  ])("does not take %j: %s", (more, code, message) => {
    expect(() => readSignalsOptions({ ...OPTIONS, ...more } as SignalsOptions)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });
});
