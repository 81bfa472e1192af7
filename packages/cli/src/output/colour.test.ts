import { describe, expect, it } from "vitest";
import { keepTerminal } from "../../test/terminal.ts";
import { paint } from "./colour.ts";

const TTY = { out: true, err: true };

describe("paint", () => {
  it("colours for a person at a terminal", () => {
    expect(paint(keepTerminal({ isTty: TTY }), "bad", "x")).toBe("\u001b[31mx\u001b[39m");
  });

  it.each([
    ["a file", { isTty: { out: false, err: true } }],
    ["NO_COLOR", { isTty: TTY, env: { NO_COLOR: "1" } }],
    ["a terminal that has none", { isTty: TTY, env: { TERM: "dumb" } }],
  ])("leaves the text alone for %s", (_, more) => {
    expect(paint(keepTerminal(more), "bad", "x")).toBe("x");
  });
});
