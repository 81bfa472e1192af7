import type { DutyClock, DutyReport } from "@garim/duties";
import { describe, expect, it, vi } from "vitest";
import { type HoursParts, runHour, startHours } from "./hours.ts";
import type { DutiesOptions } from "./options.ts";

/** A clock that writes down what it was asked, on a node whose registers are known. */
function partsOf(options: DutiesOptions, more: Partial<DutyClock> = {}) {
  const asked: string[] = [];
  const said: string[] = [];
  const clock: DutyClock = {
    waiting: async () => [],
    async tell(send) {
      asked.push("tell");
      await send({ at: 1, notices: [] } satisfies DutyReport);
      return 1;
    },
    async destroy(recordTypes) {
      asked.push(`destroy ${recordTypes.join()}`);
      return [];
    },
    ...more,
  };
  const remind = async (): Promise<number> => asked.push("remind");
  const tell = (_: object, message: string): void => void said.push(message);
  const logger = { info: tell, warn: tell, error: tell };
  const follower = { ready: async () => undefined } as unknown as HoursParts["follower"];
  return { parts: { clock, remind, follower, options, logger }, asked, said };
}

describe("runHour", () => {
  it("tells nobody and destroys nothing unless the host says so", async () => {
    const { parts, asked, said } = partsOf({});
    await runHour(parts);
    expect([asked, said]).toEqual([[], []]);
  });

  it("destroys the kinds that are named, then tells what waits", async () => {
    const told: DutyReport[] = [];
    const { parts, asked } = partsOf({
      ...{ onReminder: () => undefined, destroyOnTime: ["order"] },
      onDuties: (one) => told.push(one),
    });
    await runHour(parts);
    expect([asked, told]).toEqual([["remind", "destroy order", "tell"], [{ at: 1, notices: [] }]]);
  });

  it("says what failed, and does the rest", async () => {
    const failing = () => Promise.reject(new Error("down"));
    const failed = { recordType: "order", destructions: [], failed: new Error("down") };
    const options = { onReminder: failing, destroyOnTime: ["order"], onDuties: failing };
    const { parts, said } = partsOf(options, { destroy: async () => [failed] });
    await runHour({ ...parts, remind: failing });
    expect(said).toEqual([
      expect.stringMatching(/nobody was told of courses.*within the hour/),
      expect.stringMatching(/records that are due were not destroyed/),
      expect.stringMatching(/nobody was told of duties/),
    ]);
  });
});

describe("startHours", () => {
  it("begins after a minute, goes on each hour, and ends", async () => {
    vi.useFakeTimers();
    try {
      const { parts, asked } = partsOf({ onReminder: () => undefined });
      const hours = startHours(parts);
      await vi.advanceTimersByTimeAsync(59_999);
      expect(asked).toEqual([]);
      await vi.advanceTimersByTimeAsync(1);
      expect(asked).toHaveLength(1);
      await vi.advanceTimersByTimeAsync(3_600_000);
      expect(asked).toHaveLength(2);
      await hours.stop();
      await vi.advanceTimersByTimeAsync(7_200_000);
      expect(asked).toHaveLength(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it("waits no longer than some seconds for what never ends", async () => {
    vi.useFakeTimers();
    try {
      const { parts } = partsOf({ onDuties: () => new Promise(() => undefined) });
      const hours = startHours(parts);
      await vi.advanceTimersByTimeAsync(60_000);
      let isStopped = false;
      void hours.stop().then(() => {
        isStopped = true;
      });
      await vi.advanceTimersByTimeAsync(4_999);
      expect(isStopped).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      expect(isStopped).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });
});
