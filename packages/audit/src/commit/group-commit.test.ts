import type { GarimError } from "@garim/policy";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sampleRow } from "../../test/sample.ts";
import type { LogDatabase } from "../database.ts";
import type { LogRow } from "./batch.ts";
import { GroupCommit, type GroupCommitOptions } from "./group-commit.ts";

type Query = LogDatabase["query"];

const row = (actor: string, sizeBytes = 8): LogRow => sampleRow({ actor, body: new Uint8Array(sizeBytes) });

const actorsOf = (values: unknown[] | undefined): string[] =>
  String(values?.[8]).slice(1, -1).replaceAll('"', "").split(",");

/** A database that numbers what it is given; `before` may throw or wait first. */
function numbering(before: (actors: string[], id: string) => unknown = () => undefined) {
  const batches: { id: string; actors: string[] }[] = [];
  let size = 0;
  const query = vi.fn<Query>(async (_, values) => {
    const [id, actors] = [String(values?.[0]), actorsOf(values)];
    await before(actors, id);
    batches.push({ id, actors });
    size += actors.length;
    return { rows: [{ batch: id, first: String(size - actors.length + 1) }] };
  });
  return { query, batches };
}

function open(database: LogDatabase, more: Partial<GroupCommitOptions> = {}) {
  const faults: GarimError[] = [];
  const onFault = (error: GarimError) => faults.push(error);
  const options = { database, queueLimit: 10_000, timeoutMs: 1_000, onFault, onIdle: vi.fn(), ...more };
  return { commit: new GroupCommit(options), faults, onIdle: options.onIdle };
}

const failure = (code: string) => Object.assign(new Error(`fails with ${code}`), { code });
const coded = (code: string) => expect.objectContaining({ code });
const never = () => new Promise<never>(() => undefined);

describe("GroupCommit", () => {
  // Nothing here may depend on how busy the machine is.
  beforeEach(() => {
    vi.useFakeTimers({
      toFake: ["setTimeout", "clearTimeout", "setImmediate", "clearImmediate", "performance"],
    });
    vi.setTimerTickMode("nextTimerAsync");
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("[A1 B1] believes no answer to another batch: the row is there only once its own batch was told", async () => {
    const database = numbering();
    const { query } = database;
    const strange = vi.fn<Query>(async () => ({ rows: [{ batch: "another", first: "1" }] }));
    const { commit } = open({
      query: (...asked) =>
        (query.mock.calls.length === 0 && strange.mock.calls.length < 2 ? strange : query)(...asked),
    });
    expect(await commit.append(row("a"))).toBe(1);
    expect(strange).toHaveBeenCalledTimes(2);
    expect(database.batches).toEqual([{ id: strange.mock.calls[0]?.[1]?.[0], actors: ["a"] }]);
  });

  it("[A1 B1] refuses a row of which it hears nothing but other batches' answers", async () => {
    const { commit } = open({ query: async () => ({ rows: [{ batch: "another", first: "1" }] }) });
    await expect(commit.append(row("a"))).rejects.toEqual(coded("ERR_GARIM_LOG_UNAVAILABLE"));
  });

  it("puts rows of one turn into one batch, and rows that come meanwhile into the next", async () => {
    const database = numbering();
    const { commit } = open(database);
    const first = ["a", "b", "c"].map((actor) => commit.append(row(actor)));
    await new Promise((resolve) => setImmediate(resolve));
    const later = ["d", "e"].map((actor) => commit.append(row(actor)));
    expect(await Promise.all([...first, ...later])).toEqual([1, 2, 3, 4, 5]);
    expect(database.batches.map(({ actors }) => actors)).toEqual([
      ["a", "b", "c"],
      ["d", "e"],
    ]);
  });

  it("splits what is too much for one batch: 256 rows, or about 1 MB", async () => {
    const database = numbering();
    const { commit } = open(database);
    await Promise.all(Array.from({ length: 300 }, (_, i) => commit.append(row(`s${i}`))));
    await Promise.all(Array.from({ length: 4 }, (_, i) => commit.append(row(`b${i}`, 400_000))));
    await commit.append(row("huge", 5_000_000));
    const sizes = () => database.batches.map(({ actors }) => actors.length);
    // The 300 went in halves: another lane was free.
    expect([sizes()[0], sizes().slice(-3)]).toEqual([150, [2, 2, 1]]);
    await Promise.all(Array.from({ length: 800 }, (_, i) => commit.append(row(`s${i}`))));
    expect(Math.max(...sizes())).toBe(256);
  });

  it("has a second batch on its way where many wait, and never a third", async () => {
    const gates: (() => void)[] = [];
    let most = 0;
    let now = 0;
    const database = numbering(async () => {
      most = Math.max(most, ++now);
      await new Promise<void>((resolve) => gates.push(resolve));
      now--;
    });
    const { commit, onIdle } = open(database);
    const all = Array.from({ length: 128 }, (_, i) => commit.append(row(`a${i}`)));
    await vi.waitFor(() => expect(gates).toHaveLength(2));
    const few = Array.from({ length: 63 }, (_, i) => commit.append(row(`b${i}`)));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(gates).toHaveLength(2);
    // Too few for a lane of their own: they wait until no other is on its way.
    gates[0]?.();
    await Promise.all(all.slice(0, 64));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(gates).toHaveLength(2);
    const many = Array.from({ length: 500 }, (_, i) => commit.append(row(`c${i}`)));
    await vi.waitFor(() => expect(gates.length).toBeGreaterThan(2));
    const settled = commit.settled();
    while (now > 0) {
      for (const open of gates.splice(0)) open();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const places = await Promise.all([...all, ...few, ...many]);
    expect(places.toSorted((one, other) => one - other)).toEqual(places.map((_, i) => i + 1));
    expect(most).toBe(2);
    await settled;
    expect(onIdle).toHaveBeenCalledOnce();
  });

  it("[A2] asks again with the same batch id while the outcome is unknown", async () => {
    const ids: string[] = [];
    const { commit, faults, onIdle } = open(
      numbering((_, id) => {
        if (ids.push(id) < 4) throw failure(ids.length === 1 ? "ECONNRESET" : "57P01");
      }),
    );
    expect(await commit.append(row("a"))).toBe(1);
    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(1);
    expect(faults).toEqual([coded("ERR_GARIM_LOG_UNAVAILABLE")]);
    await commit.settled();
    expect(onIdle).toHaveBeenCalledOnce();
  });

  it.each([
    ["53100", "a full disk"],
    ["58030", "a disk that fails"],
    ["25006", "a database that only reads"],
  ])("[A3] acknowledges nothing on %s, %s, and everything once it is over", async (state) => {
    let isFailing = true;
    const database = numbering(() => {
      if (isFailing) throw failure(state);
    });
    const { commit, faults } = open(database);
    const refused = await Promise.allSettled(["a", "b"].map((actor) => commit.append(row(actor))));
    expect(refused.map((one) => one.status)).toEqual(["rejected", "rejected"]);
    expect(faults).toEqual([coded("ERR_GARIM_LOG_UNAVAILABLE")]);
    expect(database.batches).toEqual([]);
    isFailing = false;
    expect(await commit.append(row("c"))).toBe(1);
    expect(database.batches.map(({ actors }) => actors)).toEqual([["c"]]);
  });

  it("[T5] says unavailable when the database fails until the time is up, and takes records again later", async () => {
    let isDown = true;
    const { commit, faults, onIdle } = open(
      numbering(() => {
        if (isDown) throw failure("ECONNREFUSED");
      }),
      { timeoutMs: 120 },
    );
    const started = performance.now();
    const waiting = [commit.append(row("a")), commit.append(row("b"))];
    for (const result of await Promise.allSettled(waiting))
      expect(result).toMatchObject({ status: "rejected", reason: coded("ERR_GARIM_LOG_UNAVAILABLE") });
    expect(performance.now() - started).toBeGreaterThan(100);
    expect(performance.now() - started).toBeLessThan(600);
    await commit.settled();
    expect(onIdle).not.toHaveBeenCalled();
    isDown = false;
    expect(await commit.append(row("c"))).toBe(1);
    await commit.settled();
    expect(onIdle).toHaveBeenCalledOnce();
    expect(faults).toHaveLength(1);
  });

  it("[T5] says busy when the database does not answer in time, also to those behind it", async () => {
    const { commit, faults } = open(numbering(never), { timeoutMs: 80 });
    const inFlight = commit.append(row("a"));
    await new Promise((resolve) => setTimeout(resolve, 20));
    const waiting = commit.append(row("b"));
    await expect(inFlight).rejects.toEqual(coded("ERR_GARIM_LOG_BUSY"));
    await expect(waiting).rejects.toEqual(coded("ERR_GARIM_LOG_BUSY"));
    expect(faults).toEqual([coded("ERR_GARIM_LOG_BUSY")]);
  });

  it.each(["55P03", "57014"])("[T5] says busy when the database gives up waiting with %s", async (state) => {
    const database = numbering(() => {
      throw failure(state);
    });
    const { commit } = open(database, { timeoutMs: 60 });
    await expect(commit.append(row("a"))).rejects.toEqual(coded("ERR_GARIM_LOG_BUSY"));
    expect(database.query.mock.calls.length).toBeGreaterThan(1);
  });

  it("asks a database that froze on three connections at once and no more", async () => {
    const database = numbering(never);
    const { commit } = open(database, { timeoutMs: 40 });
    for (let i = 0; i < 6; i++)
      await expect(commit.append(row(`a${i}`))).rejects.toEqual(coded("ERR_GARIM_LOG_BUSY"));
    expect(database.query).toHaveBeenCalledTimes(3);
  });

  it("[A2] asks again, twelve times its patience later, one that never answered: it may have been replaced", async () => {
    let isGone = true;
    const database = numbering(() => (isGone ? never() : undefined));
    const { commit } = open(database, { timeoutMs: 40 });
    for (let i = 0; i < 3; i++)
      await expect(commit.append(row("lost"))).rejects.toEqual(coded("ERR_GARIM_LOG_BUSY"));
    isGone = false;
    // The first question was put three times that patience ago.
    for (let i = 3; i < 11; i++)
      await expect(commit.append(row("too early"))).rejects.toEqual(coded("ERR_GARIM_LOG_BUSY"));
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(await commit.append(row("back"))).toBe(1);
    expect(database.query).toHaveBeenCalledTimes(4);
  });

  it("recovers from one lost answer without the next batch waiting for it", async () => {
    let asked = 0;
    const { commit } = open(
      numbering(() => (asked++ === 0 ? never() : undefined)),
      { timeoutMs: 60 },
    );
    await expect(commit.append(row("lost"))).rejects.toEqual(coded("ERR_GARIM_LOG_BUSY"));
    expect(await commit.append(row("next"))).toBe(1);
  });

  it("says busy at once when the queue is full", async () => {
    let openGate: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      openGate = resolve;
    });
    const { commit } = open(
      numbering(() => gate),
      { queueLimit: 2 },
    );
    const taken = [commit.append(row("a"))];
    await new Promise((resolve) => setTimeout(resolve, 10));
    taken.push(commit.append(row("b")), commit.append(row("c")));
    await expect(commit.append(row("d"))).rejects.toEqual(coded("ERR_GARIM_LOG_BUSY"));
    openGate();
    expect(await Promise.all(taken)).toEqual([1, 2, 3]);
  });

  it("lets one poisoned row fail alone", async () => {
    const database = numbering((actors) => {
      if (actors.includes("poison")) throw failure("22021");
    });
    const { commit, faults } = open(database);
    const actors = Array.from({ length: 20 }, (_, i) => (i === 13 ? "poison" : `a${i}`));
    const results = await Promise.allSettled(actors.map((actor) => commit.append(row(actor))));
    expect(results[13]).toMatchObject({ status: "rejected", reason: coded("ERR_GARIM_RECORD_INVALID") });
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(19);
    expect(database.batches.flatMap(({ actors: written }) => written).sort()).toEqual(
      actors.filter((actor) => actor !== "poison").sort(),
    );
    expect(faults).toEqual([]);
  });

  it("does not try again what no try can mend", async () => {
    const database = numbering(() => {
      throw failure("42501");
    });
    const { commit } = open(database);
    await expect(commit.append(row("a"))).rejects.toEqual(coded("ERR_GARIM_LOG_UNAVAILABLE"));
    expect(database.query).toHaveBeenCalledOnce();
  });

  it("takes an answer without a place for a failure", async () => {
    const { commit } = open({ query: async () => ({ rows: [{}] }) }, { timeoutMs: 50 });
    await expect(commit.append(row("a"))).rejects.toEqual(coded("ERR_GARIM_LOG_UNAVAILABLE"));
  });
});
