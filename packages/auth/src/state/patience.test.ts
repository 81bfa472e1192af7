import { describe, expect, it } from "vitest";
import { createPatience } from "./patience.ts";

/** Never answers, as a command does that waits in the queue of a client without connection. */
const silence = () => new Promise<never>(() => undefined);
const late = expect.objectContaining({
  code: "ERR_GARIM_STATE_UNAVAILABLE",
  message: expect.stringContaining("Redis did not answer within 5 ms"),
});

async function startOut() {
  const patience = createPatience("Redis", 5);
  await expect(patience(silence)).rejects.toEqual(late);
  return patience;
}

describe("askPatiently", () => {
  it("gives back answers and errors as they come", async () => {
    const patience = createPatience("Redis", 60_000);
    expect(await patience(async () => "answer")).toBe("answer");
    await expect(patience(() => Promise.reject(new Error("down")))).rejects.toThrow("down");
    const fail = (): never => {
      throw new Error("closed");
    };
    await expect(patience(fail)).rejects.toThrow("closed");
  });

  it("[T5] gives up waiting, and leaves a late answer or error alone", async () => {
    const patience = createPatience("Redis", 5);
    let fail: (error: Error) => void = () => undefined;
    const answer = new Promise((_, reject) => {
      fail = reject;
    });
    await expect(patience(() => answer)).rejects.toEqual(late);
    fail(new Error("too late"));
  });

  it("takes an answer that came while this process was busy itself", async () => {
    const patience = createPatience("Redis", 1);
    let answer: (text: string) => void = () => undefined;
    const answered = new Promise<string>((resolve) => {
      answer = resolve;
    });
    const asked = patience(() => answered);
    setTimeout(answer, 1, "answer");
    const busyUntil = performance.now() + 20;
    while (performance.now() < busyUntil);
    expect(await asked).toBe("answer");
  });

  it("[T5] asks one question at a time while answers stay away, and fails all others at once", async () => {
    const patience = await startOut();
    const asked: number[] = [];
    const ask = (number: number) =>
      patience(() => {
        asked.push(number);
        return silence();
      });
    const answers = await Promise.allSettled([ask(1), ask(2), ask(3)]);
    for (const { status } of answers) expect(status).toBe("rejected");
    expect(asked).toEqual([1]);
    await expect(ask(4)).rejects.toEqual(late);
    expect(asked).toEqual([1, 4]);
  });

  it("asks everything again once one question was answered", async () => {
    const patience = await startOut();
    expect(await patience(async () => 1)).toBe(1);
    expect(await Promise.all([2, 3].map((number) => patience(async () => number)))).toEqual([2, 3]);
  });
});
