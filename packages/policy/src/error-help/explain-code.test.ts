import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isGarimError } from "../error.ts";
import { REASONS } from "../reason.ts";
import { SOURCES } from "../source.ts";
import { ERROR_HELP } from "./error-help.ts";
import { CODES, explainCode } from "./explain-code.ts";
import { REASON_LINES } from "./reason-lines.ts";

describe("explainCode", () => {
  it.each([...CODES])("explains %s in both languages: what, by which rule, and what to do", (code) => {
    for (const language of ["ko", "en"] as const) {
      const { what, rule, source, more } = explainCode(code, language);
      expect(what.length).toBeGreaterThan(5);
      expect(rule).toBe(SOURCES[source][language]);
      if (more !== null) expect(more.length).toBeGreaterThan(5);
    }
    expect(explainCode(code, "ko").what).toMatch(/[가-힣]/);
    expect(explainCode(code, "en").what).not.toMatch(/[가-힣]/);
  });

  it("leaves no code of the union out", () => {
    const union =
      readFileSync(new URL("../error.ts", import.meta.url), "utf8").match(/"ERR_GARIM_\w+"/g) ?? [];
    expect(Object.keys(ERROR_HELP).sort()).toEqual(
      [...new Set(union)].map((code) => JSON.parse(code)).sort(),
    );
  });

  it("says of each error the line to write, in one line", () => {
    for (const { line } of Object.values(ERROR_HELP)) expect(line).toMatch(/^[^\n]{8,140}$/);
    for (const [code, line] of Object.entries(REASON_LINES)) {
      expect(Object.hasOwn(REASONS, code)).toBe(true);
      expect(line).toMatch(/^[^\n]{8,140}$/);
    }
  });

  it.each([
    ["LOG_BUSY", "ERR_GARIM_LOG_BUSY"],
    ["err_garim_log_busy", "ERR_GARIM_LOG_BUSY"],
    ["[ERR_GARIM_LOG_BUSY]", "ERR_GARIM_LOG_BUSY"],
    ["urn:garim:reason:session-idle", "session-idle"],
    ["SESSION_IDLE", "session-idle"],
  ])("takes %s for %s", (asked, code) => {
    expect(explainCode(asked, "en").code).toBe(code);
  });

  it.each([
    ["ERR_GARIM_LOG_BUSSY", "ERR_GARIM_LOG_BUSY"],
    ["sesion-idle", "session-idle"],
    ["OPTION_INVALD", "ERR_GARIM_OPTION_INVALID"],
  ])("names the nearest of %s: %s", (asked, near) => {
    expect(() => explainCode(asked, "en")).toThrow(`Did you mean ${near}?`);
  });

  it("takes anything, and quotes little of it", () => {
    const throwing = (): unknown => explainCode(`${"x".repeat(1_000)}`, "ko");
    expect(throwing).toThrow(/There is no code "x{80}"/);
    try {
      throwing();
    } catch (error) {
      expect(isGarimError(error)).toBe(true);
    }
  });
});
