import type { Verdict } from "@garim/audit";
import { describe, expect, it } from "vitest";
import type { Terminal } from "../terminal.ts";
import { printLogVerdict } from "./print.ts";

const TERMINAL = { env: {}, isTty: { out: false, err: false } } as unknown as Terminal;
const COMPARED = { database: "garim", place: "copy", origin: "shop.example/access-log" };

function verdictOf(observed: number): Verdict {
  return {
    isIntact: true,
    first: null,
    damages: [],
    unlisted: 0,
    proven: { records: 3, until: { place: 3, moment: null } },
    knownUntil: 0,
    unsealed: null,
    destroyed: [],
    replay: { decisions: 5, observed, differences: [], unknown: [] },
    bytes: 0,
  };
}

describe("printLogVerdict", () => {
  it.each([
    ["ko", "  그중 3건은 관찰만 하고 적용하지 않은 판단이며, 규칙을 지킨 증빙이 아닙니다"],
    ["en", "  3 of them were only observed: they were not enforced, and prove nothing of the rules"],
  ] as const)("tells decisions that were only observed apart: %s", (language, line) => {
    expect(printLogVerdict(verdictOf(3), COMPARED, language, TERMINAL)).toContain(line);
    expect(printLogVerdict(verdictOf(0), COMPARED, language, TERMINAL)).not.toContainEqual(
      expect.stringMatching(/observed|관찰/),
    );
  });
});
