import { Readable } from "node:stream";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CANARY } from "../fixtures/canary.ts";
import {
  ASK,
  begin,
  type DownloadShop,
  openDownloadShop,
  settled,
  type Told,
} from "../fixtures/download-shop.ts";
import { read, sum } from "../fixtures/factors.ts";
import { type Line, lineOf, type Person } from "../fixtures/shop.ts";

const DAY = 86_400_000;

/** A source that waits where it is told to. */
function gate(): { readonly passed: Promise<void>; open(): void } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open() };
}

describe("a file that is being made", () => {
  let held: DownloadShop;
  let person: Person;
  let states: ((rows: readonly Line[]) => object[]) | undefined;

  beforeAll(async () => {
    held = await openDownloadShop({
      route: {
        maxRows: 3_000,
        current: (rows) =>
          states?.(rows) ?? rows.map(({ paidAt, confirmedAt }) => ({ paidAt, purposeEndedAt: confirmedAt })),
      },
    });
  });
  beforeEach(async () => {
    states = undefined;
    held.count = () => 1;
    person = await held.enter();
  });
  afterAll(() => held.close());

  const make = async (rows: Iterable<unknown> | AsyncIterable<unknown>): Promise<Told> => {
    held.rows = () => rows as Iterable<object>;
    return await settled(person, (await begin(person)).id);
  };

  const lastRecords = async (id: string) => {
    const { entries } = await held.shop.garim.log.find({ actions: ["download"] }, { limit: 50 });
    return entries.map(({ access }) => access).filter(({ detail }) => detail?.["download"] === id);
  };

  const expectNothingLeft = async (id: string): Promise<void> =>
    await expect.poll(() => held.spooled(id).length).toBe(0);

  it("[code-2022/download] has no row a millisecond after the window, and a masked one at its last", async () => {
    const ended = (ms: number) =>
      lineOf({ confirmedAt: new Date(held.shop.clock.now - 90 * DAY - ms).toISOString() });
    expect(await make([ended(0), ended(1), ended(-1)])).toMatchObject({ rows: 2, masked: 2, withheld: 1 });
  });

  it("[code-2022/mask] masks what was confirmed between the query and its row, and counts it", async () => {
    const { passed, open } = gate();
    let confirmedAt: string | null = null;
    async function* rows(): AsyncGenerator<Line> {
      for (let i = 0; i < 1_000; i++) yield lineOf({ confirmedAt });
      await passed;
      yield lineOf({ confirmedAt });
    }
    held.rows = () => rows();
    const { id } = await begin(person);
    await expect.poll(async () => (await read(await person.get(`/exports/${id}`)))["rows"]).toBe(1_000);
    confirmedAt = "2026-11-22T08:59:59+09:00";
    open();
    expect(await settled(person, id)).toMatchObject({ state: "ready", rows: 1_001, masked: 1 });
  });

  it("[code-2022/mask] asks for the state of now where the host can tell, though the row is of a snapshot", async () => {
    states = (rows) => rows.map(() => ({ paidAt: 0, purposeEndedAt: held.shop.clock.now }));
    expect(await make([lineOf({ confirmedAt: null })])).toMatchObject({ rows: 1, masked: 1 });
    states = () => [];
    expect(await make([lineOf()])).toMatchObject({ state: "failed", reason: "download-source-failed" });
  });

  it.each<[string, () => Iterable<unknown> | AsyncIterable<unknown>, string]>([
    ["is empty", () => [], "download-empty"],
    [
      "has rows the window closed on only",
      () => [lineOf({ confirmedAt: "2025-01-01T00:00:00Z" })],
      "download-empty",
    ],
    ["has a row of another seller", () => [lineOf(), lineOf({ sellerId: "S2" })], "other-seller"],
    ["has what is no record", () => ["text"], "download-source-failed"],
    ["has a record that cannot be read", () => [{ ...lineOf(), buyer: "x" }], "download-source-failed"],
    ["is larger than a file may be", () => Array(3_001).fill(lineOf()), "download-too-large"],
    [
      "fails at its row 2,500",
      async function* () {
        for (let i = 0; i < 2_500; i++) yield lineOf();
        throw new Error(CANARY.name);
      },
      "download-source-failed",
    ],
    [
      "is a stream that breaks",
      () => Readable.from([lineOf()]).map(() => Promise.reject(new Error(CANARY.phone))),
      "download-source-failed",
    ],
  ])("ends, on record, without a byte left, where its source %s", async (_, rows, reason) => {
    const told = await make(rows());
    expect(told).toMatchObject({ state: "failed", reason, file: null });
    expect(told["because"]).toMatch(/[가-힣]/);
    await expectNothingLeft(told.id);
    const [last] = await lastRecords(told.id);
    expect(last).toMatchObject({ outcome: "refused", reason, purpose: ASK.why });
    expect((await person.get(`/exports/${told.id}/file?key=x`)).status).toBeGreaterThanOrEqual(404);
    const said = JSON.stringify([held.shop.diagnostics, told]);
    expect([CANARY.name, CANARY.phone].filter((canary) => said.includes(canary))).toEqual([]);
  });

  it("has on record whose rows were in it by the time it broke off", async () => {
    const told = await make(
      (async function* () {
        for (let i = 0; i < 1_500; i++) yield lineOf();
        throw new Error("broken");
      })(),
    );
    const [failed, page] = await lastRecords(told.id);
    expect(page).toMatchObject({ outcome: "disclosed" });
    expect(page?.records).toHaveLength(1_000);
    expect(failed?.detail).toMatchObject({ rows: 1_000 });
  });

  it("is cancelled by who asked, at once, though its source never answers", async () => {
    let isClosed = false;
    async function* hangs(): AsyncGenerator<object> {
      try {
        for (let i = 0; i < 1_200; i++) yield lineOf();
        await new Promise(() => undefined);
      } finally {
        isClosed = true;
      }
    }
    held.rows = () => hangs();
    const { id } = await begin(person);
    await expect.poll(async () => (await read(await person.get(`/exports/${id}`)))["rows"]).toBe(1_000);
    expect((await (await held.enter()).post(`/exports/${id}/cancel`, {})).status).toBe(403);
    expect((await person.post(`/exports/${id}/cancel`, {})).status).toBe(204);
    expect(await settled(person, id)).toMatchObject({ state: "cancelled", reason: "download-cancelled" });
    await expectNothingLeft(id);
    expect((await person.post(`/exports/${id}/cancel`, {})).status).toBe(404);
    await expect.poll(async () => (await lastRecords(id))[0]?.reason).toBe("download-cancelled");
    expect(isClosed).toBe(false);
  });

  it.each<[string, (who: Person) => Promise<unknown>, string]>([
    ["the session it was asked for in", (who) => who.post("/privacy/sign-out", {}), "log-in-again"],
    [
      "the roles it was asked with",
      (who) => {
        who.headers["x-user"] = String(who.headers["x-user"]).replace(/[^/]*$/, "viewer");
        return who.get("/exports");
      },
      "roles-changed",
    ],
  ])("ends with %s", async (_, happens, reason) => {
    const { passed, open } = gate();
    held.rows = () =>
      (async function* () {
        for (let i = 0; i < 1_000; i++) yield lineOf();
        await passed;
        yield lineOf();
      })();
    const owner = await held.enter("owner");
    const { id } = await begin(person);
    await expect.poll(async () => (await read(await owner.get(`/exports/${id}`)))["rows"]).toBe(1_000);
    await happens(person);
    held.shop.clock.now += 1_001;
    open();
    expect(await settled(owner, id)).toMatchObject({ state: "failed", reason });
    await expectNothingLeft(id);
  });

  it("[V15.2.2] is one at a time for a person, two for a node", async () => {
    const { passed, open } = gate();
    const waiting = () =>
      (async function* () {
        await passed;
        yield lineOf();
      })();
    held.rows = waiting;
    const { id } = await begin(person);
    expect(await sum(await person.post("/exports", ASK))).toBe("429 download-busy");
    const second = await held.enter();
    const other = await begin(second);
    expect(await sum(await (await held.enter()).post("/exports", ASK))).toBe("429 download-busy");
    open();
    expect((await settled(person, id)).state).toBe("ready");
    expect((await settled(second, other.id)).state).toBe("ready");
    held.rows = () => [lineOf()];
    expect((await settled(person, (await begin(person)).id)).state).toBe("ready");
  });

  it("[code-2022/second-factor] ends at row 1,001 where fewer were said and the proof is older than ten minutes", async () => {
    held.shop.clock.now += 11 * 60_000;
    const told = await make(Array(1_001).fill(lineOf()));
    expect(told).toMatchObject({ state: "failed", reason: "second-factor-stale" });
  });
});
