import { vi } from "vitest";

/** How many times as fast. */
const SPEED = 10;

/** Runs something, and has the timers that it sets come in a tenth of their time: a test that waits for them waits less. */
export async function inAHurry<T>(run: () => Promise<T>): Promise<T> {
  const { setInterval, setTimeout } = globalThis;
  type Work = (...args: readonly unknown[]) => void;
  const spies = [
    vi
      .spyOn(globalThis, "setInterval")
      .mockImplementation(((work: Work, ms = 0, ...args: readonly unknown[]) =>
        setInterval(work, ms / SPEED, ...args)) as typeof setInterval),
    vi
      .spyOn(globalThis, "setTimeout")
      .mockImplementation(((work: Work, ms = 0, ...args: readonly unknown[]) =>
        setTimeout(work, ms / SPEED, ...args)) as typeof setTimeout),
  ];
  return await run().finally(() => {
    for (const spy of spies) spy.mockRestore();
  });
}
