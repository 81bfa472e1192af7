import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { KEYS, NOW, samplePage } from "../test/sample.ts";
import type { LogDatabase } from "./database.ts";
import { createAccessLog } from "./log.ts";

const SIX_HOURS = 6 * 3_600_000;

describe("an access log that runs for months", () => {
  const pglite = new PGlite();
  let isDown = false;
  const asked: string[] = [];
  const database: LogDatabase = {
    query: (text, values) => {
      asked.push(text);
      if (isDown) return Promise.reject(Object.assign(new Error("gone"), { code: "ECONNREFUSED" }));
      return pglite.query(text, values);
    },
  };

  beforeAll(() => pglite.waitReady, 60_000);
  afterAll(() => pglite.close());

  it("says how it is doing, by what became of the last records", async () => {
    const log = await createAccessLog({ database, keys: KEYS, clock: () => NOW, timeoutMs: 1_000 });
    expect(log.health()).toEqual({ refusedMsAgo: null, waiting: 0, lost: 0, seal: null });
    isDown = true;
    const refused = log.append(samplePage(1));
    expect(log.health().waiting).toBe(1);
    await expect(refused).rejects.toMatchObject({ code: "ERR_GARIM_LOG_UNAVAILABLE" });
    expect(log.health()).toMatchObject({ refusedMsAgo: expect.any(Number), lost: 1 });
    expect(log.health().refusedMsAgo).toBeGreaterThanOrEqual(0);
    isDown = false;
    await vi.waitFor(() => log.append(samplePage(1)));
    await vi.waitFor(() => expect(log.health()).toMatchObject({ refusedMsAgo: null, waiting: 0, lost: 0 }));
    await log.close();
  });

  it("makes the partition of the month that comes ahead, every six hours, and survives where that fails", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    try {
      const log = await createAccessLog({ database, keys: KEYS, clock: () => NOW });
      const covers = () =>
        asked.filter((text) => text.includes("garim.cover(now() + interval '1 month')")).length;
      const before = covers();
      vi.advanceTimersByTime(SIX_HOURS - 1);
      expect(covers()).toBe(before);
      isDown = true;
      vi.advanceTimersByTime(1);
      isDown = false;
      vi.advanceTimersByTime(SIX_HOURS);
      expect(covers()).toBe(before + 2);
      await log.close();
      vi.advanceTimersByTime(SIX_HOURS);
      expect(covers()).toBe(before + 2);
    } finally {
      vi.useRealTimers();
    }
  });
});
