import { subject } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { samplePage } from "../../test/sample.ts";
import { loggedAccess } from "./logged-access.ts";

describe("loggedAccess", () => {
  it("gives each subject its pseudonym, those asked for last, and keeps no identifier", () => {
    const access = samplePage(2, { asked: [subject.buyer("b-777777")] });
    const logged = loggedAccess(access, ["a", "b", "c", "d", "e"], "2026-11");
    expect(logged.records.map(({ subjects }) => subjects)).toEqual([
      [
        { type: "buyer", keyId: "2026-11", hex: "a" },
        { type: "phone", keyId: "2026-11", hex: "b" },
      ],
      [
        { type: "buyer", keyId: "2026-11", hex: "c" },
        { type: "phone", keyId: "2026-11", hex: "d" },
      ],
    ]);
    expect(logged.asked).toEqual([{ type: "buyer", keyId: "2026-11", hex: "e" }]);
    expect(JSON.stringify(logged)).not.toMatch(/b-100000|b-777777|01012341000/);
  });

  it("leaves everything else as it is", () => {
    const { records: _, ...rest } = samplePage(1);
    expect(loggedAccess(samplePage(1), ["a", "b"], "k")).toMatchObject(rest);
    expect(loggedAccess(samplePage(0), [], "k")).not.toHaveProperty("asked");
  });
});
