import { describe, expect, it, vi } from "vitest";
import type { Database } from "./database.ts";
import { steadyDatabase } from "./steady-database.ts";

const ROWS = { rows: [{ one: 1 }] };
const failure = (code: string): Error => Object.assign(new Error("kim@example.com"), { code });

/** A database that fails with these codes, one after another, and then answers. */
function failing(...codes: readonly string[]): Database & { asked: number } {
  const left = [...codes];
  return {
    asked: 0,
    async query() {
      this.asked++;
      const code = left.shift();
      if (code !== undefined) throw failure(code);
      return ROWS;
    },
  };
}

describe("steadyDatabase", () => {
  it.each(["25006", "57P03", "53300", "08001", "ECONNREFUSED"])(
    "[A2] asks again on the next connection where %s refused before anything was done",
    async (code) => {
      const database = failing(code, code);
      const steady = steadyDatabase(database);
      steady.begin();
      expect(await steady.query("select 1")).toBe(ROWS);
      expect(database.asked).toBe(3);
    },
  );

  it.each(["57P01", "08006", "ECONNRESET"])(
    "[A2] never asks twice what may have happened, and calls %s an outage without its text",
    async (code) => {
      const database = failing(code);
      const steady = steadyDatabase(database);
      steady.begin();
      const asked = steady.query("update something");
      await expect(asked).rejects.toMatchObject({ code: "ERR_GARIM_STATE_UNAVAILABLE" });
      await expect(asked).rejects.toThrow(code);
      await expect(asked).rejects.not.toThrow("kim@example.com");
      expect(database.asked).toBe(1);
    },
  );

  it.each(["23505", "42501", "40001"])("gives %s back as it is: the statement is at fault", async (code) => {
    const steady = steadyDatabase(failing(code));
    steady.begin();
    await expect(steady.query("select 1")).rejects.toMatchObject({ code });
  });

  it("gives up a server that stays read-only", async () => {
    const steady = steadyDatabase({ query: () => Promise.reject(failure("25006")) }, { seekMs: 1 });
    steady.begin();
    await expect(steady.query("select 1")).rejects.toMatchObject({ code: "ERR_GARIM_STATE_UNAVAILABLE" });
  });

  it("[T5] ends the wait for a statement that hangs; what is done at start may take its time", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      let answer: (rows: typeof ROWS) => void = () => undefined;
      const hanging: Database = { query: () => new Promise((resolve) => (answer = resolve)) };
      const steady = steadyDatabase(hanging);
      const migration = steady.query("create index");
      await vi.advanceTimersByTimeAsync(60_000);
      answer(ROWS);
      expect(await migration).toBe(ROWS);
      steady.begin();
      const asked = expect(steady.query("select 1")).rejects.toThrow("did not answer within 30000 ms");
      await vi.advanceTimersByTimeAsync(30_000);
      await asked;
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});
