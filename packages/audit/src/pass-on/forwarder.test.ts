import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { GarimError } from "@garim/policy";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sampleEntry } from "../../test/entry.ts";
import type { LogEntry } from "../access.ts";
import { Forwarder } from "./forwarder.ts";
import type { ForwardLimits } from "./limits.ts";
import type { RecordSink } from "./sink.ts";

type Send = RecordSink["send"];

const never = () => new Promise<never>(() => undefined);
const refusal = () => new GarimError("ERR_GARIM_SINK_REFUSED", "never these");

/** A sink that keeps what it took; `before` may throw or wait first. */
function keeping(before: (seqs: number[], call: number) => unknown = () => undefined) {
  const taken: number[][] = [];
  let calls = 0;
  const send = vi.fn<Send>(async (records) => {
    const seqs = records.map(({ seq }) => seq);
    await before(seqs, ++calls);
    taken.push(seqs);
  });
  return { name: "siem", send, taken };
}

function open(sinks: readonly RecordSink[], limits: Partial<ForwardLimits> = {}) {
  const faults: GarimError[] = [];
  const onFault = (error: GarimError) => faults.push(error);
  return { forwarder: new Forwarder({ sinks, onFault, limits }), faults };
}

function offerAll(forwarder: Forwarder, from: number, to: number): void {
  for (let seq = from; seq <= to; seq++) forwarder.offer(sampleEntry(seq));
}

const waitUntil = (isSo: () => boolean) => vi.waitFor(() => expect(isSo()).toBe(true));
const messages = (faults: readonly GarimError[]) => faults.map(({ message }) => message);

describe("Forwarder", () => {
  // Nothing here may depend on how busy the machine is.
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setImmediate", "clearImmediate"] });
    vi.setTimerTickMode("nextTimerAsync");
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("puts what is offered in one turn into one batch, in order, and never calls a sink while it is offered", async () => {
    const sink = keeping();
    const { forwarder } = open([sink]);
    offerAll(forwarder, 1, 3);
    expect(sink.send).not.toHaveBeenCalled();
    await waitUntil(() => forwarder.waiting === 0);
    expect(sink.taken).toEqual([[1, 2, 3]]);
  });

  it("keeps batches small, and sends one at a time", async () => {
    let running = 0;
    const sink = keeping(async () => {
      expect(++running).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 10));
      running--;
    });
    const { forwarder } = open([sink], { batchRecords: 2 });
    offerAll(forwarder, 1, 5);
    await waitUntil(() => forwarder.waiting === 0);
    expect(sink.taken).toEqual([[1, 2], [3, 4], [5]]);
  });

  it("sends the same records again until the sink takes them, and says once that it did not", async () => {
    const sink = keeping((_, call) => {
      if (call < 4) throw new Error("down");
    });
    const { forwarder, faults } = open([sink]);
    offerAll(forwarder, 1, 2);
    await waitUntil(() => forwarder.waiting === 0);
    expect(sink.send).toHaveBeenCalledTimes(4);
    expect(sink.taken).toEqual([[1, 2]]);
    expect(messages(faults)).toEqual([expect.stringMatching(/^The sink siem does not take access records/)]);
    expect(faults[0]?.cause).toEqual(new Error("down"));
  });

  it("says it anew after the sink had recovered", async () => {
    const sink = keeping((_, call) => {
      if (call % 2 === 1) throw new Error("down");
    });
    const { forwarder, faults } = open([sink]);
    for (const seq of [1, 2, 3]) {
      forwarder.offer(sampleEntry(seq));
      await waitUntil(() => forwarder.waiting === 0);
    }
    expect(faults).toHaveLength(3);
  });

  it("pauses longer after each failure, up to a bound", async () => {
    const at: number[] = [];
    const sink = keeping((_, call) => {
      at.push(Date.now());
      if (call < 8) throw new Error("down");
    });
    vi.useFakeTimers();
    vi.setTimerTickMode("nextTimerAsync");
    const { forwarder } = open([sink], { firstPauseMs: 100, longestPauseMs: 1_000 });
    forwarder.offer(sampleEntry(1));
    await waitUntil(() => forwarder.waiting === 0);
    const pauses = at.slice(1).map((moment, i) => moment - (at[i] ?? 0));
    for (const [i, most] of [100, 200, 400, 800, 1_000, 1_000, 1_000].entries()) {
      expect(pauses[i]).toBeGreaterThanOrEqual(most / 2 - 1);
      expect(pauses[i]).toBeLessThanOrEqual(most + 1);
    }
  });

  it("gives a sink up that does not answer in time, tells it so, and ignores its late end", async () => {
    const signals: (AbortSignal | undefined)[] = [];
    let endLate: (() => void) | undefined;
    const sink = keeping();
    sink.send.mockImplementationOnce((_, signal) => {
      signals.push(signal);
      return new Promise((resolve) => {
        endLate = resolve;
      });
    });
    const { forwarder, faults } = open([sink], { deadlineMs: 1_000 });
    forwarder.offer(sampleEntry(1));
    await waitUntil(() => forwarder.waiting === 0);
    expect(signals[0]?.aborted).toBe(true);
    expect(sink.taken).toEqual([[1]]);
    endLate?.();
    offerAll(forwarder, 2, 2);
    await waitUntil(() => forwarder.waiting === 0);
    expect(sink.taken).toEqual([[1], [2]]);
    expect(String(faults[0]?.cause)).toContain("did not answer within 1000 ms");
    expect(faults).toHaveLength(1);
  });

  it("asks a sink that hangs no more than three times, until one of the calls ends", async () => {
    const ends: (() => void)[] = [];
    const sink = keeping();
    sink.send.mockImplementation(
      () => new Promise((_, reject) => ends.push(() => reject(new Error("late")))),
    );
    const { forwarder } = open([sink], { deadlineMs: 100, longestPauseMs: 200 });
    forwarder.offer(sampleEntry(1));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sink.send).toHaveBeenCalledTimes(3);
    ends[0]?.();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sink.send).toHaveBeenCalledTimes(4);
  });

  it("drops the oldest when the queue is full, says where it began, and at the end how many and which", async () => {
    let isDown = true;
    const sink = keeping(() => {
      if (isDown) throw new Error("down");
    });
    const { forwarder, faults } = open([sink], { queueRecords: 3, batchRecords: 2 });
    offerAll(forwarder, 1, 2);
    await waitUntil(() => faults.length === 1);
    offerAll(forwarder, 3, 10);
    isDown = false;
    await waitUntil(() => forwarder.waiting === 0);
    expect(sink.taken.flat()).toEqual([1, 2, 8, 9, 10]);
    expect(messages(faults)).toEqual([
      expect.stringContaining("at most 3 of them"),
      expect.stringContaining("is full: 1 access record (seq 3) dropped"),
      expect.stringContaining("5 access records (seq 3 to 7) did not reach the sink siem"),
    ]);
    expect(faults.map(({ code }) => code)).toEqual(Array(3).fill("ERR_GARIM_SINK"));
  });

  it("drops what a sink refuses for good, says so once, and goes on", async () => {
    const sink = keeping((seqs) => {
      if (seqs.includes(1) || seqs.includes(2)) throw refusal();
    });
    const { forwarder, faults } = open([sink], { batchRecords: 1 });
    offerAll(forwarder, 1, 3);
    await waitUntil(() => forwarder.waiting === 0);
    expect(sink.taken).toEqual([[3]]);
    expect(faults.map(({ code }) => code)).toEqual(["ERR_GARIM_SINK_REFUSED", "ERR_GARIM_SINK"]);
    expect(messages(faults)).toEqual([
      expect.stringContaining("refused 1 access record (seq 1) for good"),
      expect.stringContaining("2 access records (seq 1 to 2) did not reach"),
    ]);
  });

  it("says a loss once where all of it was said", async () => {
    const sink = keeping((_, call) => {
      if (call === 1) throw refusal();
    });
    const { forwarder, faults } = open([sink], { batchRecords: 1 });
    offerAll(forwarder, 1, 2);
    await waitUntil(() => forwarder.waiting === 0);
    expect(faults).toHaveLength(1);
  });

  it("lets no sink hold up another", async () => {
    const [hung, fast] = [{ ...keeping(never), name: "hung" }, keeping()];
    const { forwarder } = open([hung, fast]);
    offerAll(forwarder, 1, 3);
    await waitUntil(() => fast.taken.length === 1);
    expect(hung.taken).toEqual([]);
  });

  it.each([
    [
      "a sink that throws at once",
      {
        name: "bad",
        send: () => {
          throw new Error("at once");
        },
      },
    ],
    ["a sink that resolves to nothing it promised", { name: "bad", send: () => undefined as never }],
  ])("survives %s", async (_, sink: RecordSink) => {
    const { forwarder } = open([sink]);
    offerAll(forwarder, 1, 1);
    await forwarder.close();
  });

  it("survives a listener that throws", async () => {
    const sink = keeping((_, call) => {
      if (call === 1) throw new Error("down");
    });
    const onFault = () => {
      throw new Error("the host's own");
    };
    const forwarder = new Forwarder({ sinks: [sink], onFault, limits: { queueRecords: 1 } });
    offerAll(forwarder, 1, 3);
    await waitUntil(() => sink.taken.length === 1);
  });

  it.each([
    [[{ name: "x" }], "with a name and a function send"],
    [[{ name: "", send: never }], "with a name"],
    [[null], "with a name"],
    ["siem", "a list of sinks"],
    [[keeping(), keeping()], "of different names"],
  ])("refuses %j as sinks", (sinks, wanted) => {
    const make = () => new Forwarder({ sinks: sinks as RecordSink[], onFault: () => undefined });
    expect(make).toThrow(expect.objectContaining({ code: "ERR_GARIM_OPTION_INVALID" }));
    expect(make).toThrow(wanted);
  });

  describe("close", () => {
    it("waits until the sinks have everything, and closes them", async () => {
      const close = vi.fn(async () => undefined);
      const sink = { ...keeping(() => new Promise((resolve) => setTimeout(resolve, 100))), close };
      const { forwarder, faults } = open([sink], { batchRecords: 1 });
      offerAll(forwarder, 1, 3);
      await Promise.all([forwarder.close(), forwarder.close()]);
      expect(sink.taken).toEqual([[1], [2], [3]]);
      expect(close).toHaveBeenCalledTimes(1);
      expect(faults).toEqual([]);
    });

    it("does not wait out a pause before it tries again", async () => {
      const sink = keeping((_, call) => {
        if (call === 1) throw new Error("down");
      });
      const { forwarder, faults } = open([sink], { firstPauseMs: 3_600_000, longestPauseMs: 3_600_000 });
      vi.setTimerTickMode("manual");
      offerAll(forwarder, 1, 1);
      await vi.advanceTimersByTimeAsync(10);
      expect(faults).toHaveLength(1);
      const closing = forwarder.close();
      await vi.advanceTimersByTimeAsync(10);
      await closing;
      expect(sink.taken).toEqual([[1]]);
    });

    it("ends in bounded time though a sink hangs, and says what it may not have", async () => {
      const close = vi.fn(async () => undefined);
      const sink = { ...keeping(never), close };
      const { forwarder, faults } = open([sink], { batchRecords: 2 });
      offerAll(forwarder, 1, 5);
      await forwarder.close();
      expect(messages(faults)).toEqual([
        expect.stringContaining("5 access records (seq 1 to 5) did not reach"),
      ]);
      expect(close).not.toHaveBeenCalled();
      expect(forwarder.waiting).toBe(0);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(faults).toHaveLength(1);
    });

    it("says what is left, however much was said before", async () => {
      const sink = keeping((_, call) => {
        if (call === 1) throw refusal();
        return call === 2 ? undefined : never();
      });
      const { forwarder, faults } = open([sink], { batchRecords: 1 });
      offerAll(forwarder, 1, 3);
      await forwarder.close();
      expect(messages(faults)).toEqual([
        expect.stringContaining("refused 1 access record (seq 1)"),
        expect.stringContaining("1 access record (seq 3) did not reach"),
      ]);
    });

    it("leaves no timer behind", async () => {
      const { forwarder } = open([keeping()]);
      offerAll(forwarder, 1, 3);
      await forwarder.close();
      expect(vi.getTimerCount()).toBe(0);
    });

    it("says what is offered afterwards, and that a sink could not be closed", async () => {
      const close = () => Promise.reject(new Error("busy"));
      const { forwarder, faults } = open([{ ...keeping(), close }]);
      await forwarder.close();
      offerAll(forwarder, 1, 2);
      expect(messages(faults)).toEqual([
        expect.stringContaining("could not be closed"),
        expect.stringContaining("1 access record (seq 1) did not reach"),
      ]);
    });
  });
});

describe("Forwarder with a sink that hangs or fails", () => {
  it.each([
    ["hangs", never],
    ["fails", () => Promise.reject(new Error("down"))],
  ])("keeps no process alive that is done, when it %s", async (_, answer) => {
    const timers = vi.spyOn(globalThis, "setTimeout");
    const sink = keeping(answer);
    const { forwarder, faults } = open([sink], {
      deadlineMs: 50,
      firstPauseMs: 3_600_000,
      longestPauseMs: 3_600_000,
    });
    offerAll(forwarder, 1, 1);
    while (faults.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const started = timers.mock.results.map(({ value }) => value as NodeJS.Timeout);
    timers.mockRestore();
    expect(started).toHaveLength(2);
    expect(started.map((timer) => timer.hasRef())).toEqual([false, false]);
  });
});

describe("Forwarder under a flood with a sink that hangs", () => {
  it("takes 100,000 entries in one turn, holds no more than its bounds, and says how many were lost", async () => {
    setFlagsFromString("--expose-gc");
    const collectGarbage = runInNewContext("gc") as () => void;
    const sink = keeping(never);
    const limits = { queueRecords: 1_000, batchRecords: 100, closeMs: 10 };
    const { forwarder, faults } = open([sink], limits);
    const entries: WeakRef<LogEntry>[] = [];
    const flood = (from: number, to: number): void => {
      for (let seq = from; seq <= to; seq++) {
        const entry = sampleEntry(seq);
        entries.push(new WeakRef(entry));
        forwarder.offer(entry);
      }
    };
    flood(1, 100);
    await vi.waitFor(() => expect(sink.send).toHaveBeenCalledTimes(1));
    flood(101, 100_000);
    // One turn: nothing of the sink ran, and everything was taken or dropped.
    expect(sink.send).toHaveBeenCalledTimes(1);
    expect(forwarder.waiting).toBe(1_100);
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    const held = entries.filter((entry) => entry.deref() !== undefined).length;
    expect(held).toBeLessThanOrEqual(1_101);
    await forwarder.close();
    expect(messages(faults)).toEqual([
      expect.stringContaining("1 access record (seq 101) dropped"),
      expect.stringContaining("100000 access records (seq 1 to 100000) did not reach"),
    ]);
  });
});
