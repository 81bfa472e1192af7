import { describe, expect, it, vi } from "vitest";
import { createBoard } from "./board.ts";
import { TROUBLES } from "./trouble.ts";

const NOON = Date.parse("2026-11-22T12:00:00+09:00");

function openBoard(onAlert: (alert: unknown) => unknown = vi.fn()) {
  const clock = { now: NOON };
  const logger = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const board = createBoard({ onAlert, logger, clock: () => clock.now });
  return { board, clock, logger };
}

describe("createBoard", () => {
  it("tells of a trouble when it begins and when it is over, once each", async () => {
    const onAlert = vi.fn();
    const { board } = openBoard(onAlert);
    for (const isThere of [false, true, true, false, false]) board.set("log-down", isThere);
    await vi.waitFor(() => expect(onAlert).toHaveBeenCalledTimes(2));
    expect(onAlert.mock.calls.map(([{ kind, state, at }]) => [kind, state, at])).toEqual([
      ["log-down", "raised", NOON],
      ["log-down", "cleared", NOON],
    ]);
    expect(onAlert.mock.calls[0]?.[0]).toMatchObject(TROUBLES["log-down"]);
  });

  it("tells of what happens at most once a minute, and counts it as trouble for as long", async () => {
    const onAlert = vi.fn();
    const { board, clock } = openBoard(onAlert);
    for (const after of [0, 59_999, 60_000]) {
      clock.now = NOON + after;
      board.happened("tool-misuse");
    }
    await vi.waitFor(() => expect(onAlert).toHaveBeenCalledTimes(2));
    expect(board.has("tool-misuse")).toBe(true);
    clock.now += 60_000;
    expect(board.has("tool-misuse")).toBe(false);
  });

  it.each([
    () => {
      throw new Error("kim@example.com");
    },
    () => Promise.reject(new Error("kim@example.com")),
  ])("goes on where the host's listener fails, without its text", async (fail) => {
    const { board, logger } = openBoard(fail);
    board.set("clock-apart", true);
    await vi.waitFor(() => expect(logger.error).toHaveBeenCalledTimes(2));
    expect(JSON.stringify(logger.error.mock.calls)).not.toContain("kim@example.com");
    expect(board.has("clock-apart")).toBe(true);
  });
});
