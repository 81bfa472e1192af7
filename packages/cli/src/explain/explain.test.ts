import { CODES } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { runGarim } from "../../test/terminal.ts";

const explain = (...args: readonly string[]): ReturnType<typeof runGarim> =>
  runGarim(["explain", ...args], { env: {} });

describe("garim explain", () => {
  it("says what, why, by which rule, and the line to write", async () => {
    const { code, out } = await explain("ERR_GARIM_ROUTE_UNGUARDED");
    expect([code, out.split("\n").slice(0, 4)]).toEqual([
      0,
      [
        "ERR_GARIM_ROUTE_UNGUARDED: There is a route that nothing guards.",
        expect.stringMatching(/^ {2}why: In strict mode/),
        expect.stringMatching(/^ {2}rule: Safety-measures notice.*\[notice-2026-9\/5-1\]$/),
        expect.stringMatching(/^ {2}write: app\.get\(/),
      ],
    ]);
  });

  it("says a reason in Korean, with what would lift it", async () => {
    const { out } = await explain("second-factor-stale", "--lang", "ko");
    expect(out).toMatch(/^second-factor-stale: .*[가-힣]/);
    expect(out).toMatch(/ {2}해소: /);
  });

  it("lists every code, once", async () => {
    const { out } = await explain("--list", "--json");
    const listed = out
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { code: string }).code);
    expect(listed).toEqual(CODES);
    expect((await explain("--list", "--lang", "ko")).out).toContain("코드");
  });

  it.each([
    [["session-idel"], /There is no code "session-idel"\. Did you mean session-idle\?/],
    [[], /Which code\?/],
  ])("ends with 2 for %j", async (args, message) => {
    const { code, said } = await explain(...args);
    expect([code, said.join("\n")]).toEqual([2, expect.stringMatching(message)]);
  });
});
