import { randomUUID } from "node:crypto";
import type { Access, AccessLog } from "@garim/audit";
import { DAY, HOUR, resolvePolicy } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SharedDatabase, startDatabases } from "../../test/databases.ts";
import { type HandFollower, handFollower, KEEPER, NOON } from "../../test/keeping.ts";
import {
  createDutyClock,
  createLeaks,
  createPurges,
  createRequests,
  createRetention,
  createSchedules,
  type DutyClock,
  type DutyDatabase,
  type DutyNotice,
  type DutyPlaces,
  type RecordHost,
  type StoredRecord,
} from "../index.ts";

const policy = resolvePolicy();
let databases: readonly SharedDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
}, 60_000);
afterAll(() => Promise.all(databases.map((one) => one.stop())));

/** A host with one record a page, whose destruction may fail. */
class Shop implements RecordHost {
  readonly used = new Map<string, StoredRecord>();
  readonly called: string[] = [];
  isDown = false;

  list({ store, after }: Parameters<RecordHost["list"]>[0]) {
    const all = store === "apart" ? [] : [...this.used.values()].filter(({ id }) => id > (after ?? ""));
    const records = all.toSorted((one, other) => (one.id < other.id ? -1 : 1)).slice(0, 1);
    return { records, next: all.length > 1 ? (records[0]?.id ?? null) : null };
  }
  separate = () => [];
  destroy({ ids }: { readonly ids: readonly string[] }) {
    if (this.isDown) throw new Error("the database of the orders is down");
    return ids.filter((id) => this.used.delete(id));
  }
  callTool({ toolId }: { readonly toolId: string }) {
    this.called.push(toolId);
  }
}

/** A node of a market: what it keeps, and its clock. */
interface Node extends DutyPlaces {
  readonly follower: HandFollower;
  readonly clock: DutyClock;
  readonly shop: Shop;
  readonly accesses: Access[];
  readonly times: { now: number };
}

async function openNode(
  database: DutyDatabase,
  shop: Shop = new Shop(),
  times: Node["times"] = { now: NOON },
): Promise<Node> {
  const accesses: Access[] = [];
  const append: AccessLog["append"] = async (access) => {
    accesses.push(access);
    return { seq: accesses.length, id: randomUUID() };
  };
  const follower = handFollower();
  const options = { database, append, policy, clock: () => times.now, follower };
  const schedules = await createSchedules(options);
  const [leaks, requests] = [await createLeaks(options), await createRequests(options)];
  const retention = await createRetention({ ...options, schedules, records: shop });
  const places = { schedules, retention, requests, leaks, purges: await createPurges(options) };
  const clock = await createDutyClock({ ...options, ...places });
  return { ...places, follower, clock, shop, accesses, times };
}

/** Two nodes of one market, on the database that both share. */
async function openMarket(shop: Shop = new Shop()): Promise<readonly [Node, Node]> {
  const [one, other] = databases.at(-1)?.nodes ?? [];
  if (one === undefined || other === undefined) throw new Error("no database");
  for (const table of ["duty", "subject_request", "destruction", "purge", "duty_told"])
    await one.query(`delete from garim.${table}`).catch(() => undefined);
  const times = { now: NOON };
  return [await openNode(one, shop, times), await openNode(other, shop, times)];
}

const SCHEDULE = {
  recordType: "orderLine",
  alsoShownAs: [],
  title: { ko: "주문", en: "Order line" },
  endsWith: "구매확정",
  keeps: [],
  apartIn: null,
  method: "행 삭제",
};

function putRecords(shop: Shop, daysAgo: number, ...ids: readonly string[]): void {
  for (const id of ids) shop.used.set(id, { id, purposeEndedAt: NOON - daysAgo * DAY, keeps: [] });
}

async function openLeak({ leaks }: Node): Promise<string> {
  const known = { isOutsideAccess: false, isIntrusion: false, lacksContacts: false };
  const facts = { ...known, isPossibleOnly: false, subjects: 3, hasUniqueIds: false, hasSensitive: false };
  const given = { title: "잘못 보낸 메일", kind: "misdirected", knownAt: NOON, facts, scope: null } as const;
  return (await leaks.open(given, KEEPER)).id;
}

async function ask({ requests }: Node): Promise<string> {
  const given = { buyerId: "B1", sellerId: "S1", kind: "correction", text: "주소를 고쳐 주세요" } as const;
  return (await requests.open(given, KEEPER)).id;
}

/** What the host is told by a node, in short. */
async function toldBy({ clock }: Node): Promise<readonly string[]> {
  const told: DutyNotice[] = [];
  await clock.tell(({ notices }) => void told.push(...notices));
  return told.map(({ kind, state }) => `${kind} ${state}`);
}

describe("waiting", () => {
  it("[pipa/21 pipa/34-1 pipa/35] names everything that waits, what is overdue first, in both languages", async () => {
    const [node] = await openMarket();
    await node.schedules.put(SCHEDULE, KEEPER);
    putRecords(node.shop, 6, "a", "b", "held");
    await node.retention.hold({ recordType: "*", recordIds: ["held"], reason: "사건 2026-1" }, KEEPER);
    node.shop.used.set("c", { id: "c", purposeEndedAt: Number.NaN, keeps: [] });
    const [leak, request] = [await openLeak(node), await ask(node)];
    await node.purges.owe(
      "tool-1",
      [{ sellerId: "S1", orderId: "o-1", purgeBy: NOON - 1, isClear: true }],
      NOON,
    );
    const waiting = await node.clock.waiting();
    expect(waiting).toMatchObject([
      { kind: "records", state: "overdue", count: 2, dueAt: NOON - DAY, subject: "orderLine" },
      { kind: "tool-destruction", state: "overdue", count: 1, subject: "tool-1" },
      { kind: "breach-step", state: "due", dueAt: NOON + 72 * HOUR, subject: leak },
      { kind: "request", state: "new", dueAt: NOON + 10 * DAY, subject: request, sellerId: "S1" },
      { kind: "records", state: "due", count: 1, dueAt: null, isOverdue: false },
    ]);
    for (const { words } of waiting) {
      expect(words.ko).toMatch(/[가-힣]/);
      expect(words.en).toMatch(/[a-z]/);
    }
    expect(JSON.stringify(waiting)).not.toContain("B1");
    const { destructions } = await node.retention.run({ recordType: "orderLine" }, KEEPER);
    expect(destructions).toHaveLength(1);
    expect(await node.clock.waiting()).toContainEqual(
      expect.objectContaining({ kind: "confirmations", count: 1, dueAt: NOON + 5 * DAY, state: "due" }),
    );
    await node.leaks.finish(leak, "notify", undefined, KEEPER);
    expect((await node.clock.waiting()).some(({ kind }) => kind === "breach-step")).toBe(false);
  });

  it("says that a step or a request is soon to be late", async () => {
    const [node] = await openMarket();
    await openLeak(node);
    await ask(node);
    const states = async () => (await node.clock.waiting()).map(({ kind, state }) => `${kind} ${state}`);
    node.times.now = NOON + 60 * HOUR;
    expect(await states()).toEqual(["breach-step soon", "request new"]);
    node.times.now = NOON + 72 * HOUR + 1;
    expect(await states()).toEqual(["breach-step overdue", "request new"]);
    node.times.now = NOON + 7 * DAY;
    expect(await states()).toEqual(["breach-step overdue", "request soon"]);
    node.times.now = NOON + 10 * DAY + 1;
    expect(await states()).toEqual(["breach-step overdue", "request overdue"]);
  });
});

describe("tell", () => {
  it("tells the host each thing once a day by one node, a new one once, and at once what turns", async () => {
    const [one, other] = await openMarket();
    await openLeak(one);
    await ask(one);
    await other.follower.refresh();
    const told = (await Promise.all([toldBy(one), toldBy(other), toldBy(one)])).flat();
    expect(told.toSorted()).toEqual(["breach-step due", "request new"]);
    one.times.now = NOON + DAY - HOUR;
    expect([await toldBy(one), await toldBy(other)]).toEqual([[], []]);
    one.times.now = NOON + DAY;
    expect([await toldBy(one), await toldBy(other)]).toEqual([["breach-step due"], []]);
    one.times.now = NOON + DAY + 36 * HOUR;
    expect(await toldBy(one)).toEqual(["breach-step soon"]);
    one.times.now = NOON + 72 * HOUR + 1;
    expect(await toldBy(one)).toEqual(["breach-step overdue"]);
  });

  it("tells again what the host rejected, and what a node died with", async () => {
    const [one, other] = await openMarket();
    await ask(one);
    const down = () => Promise.reject(new Error("the mail server is down"));
    await expect(one.clock.tell(down)).rejects.toThrow("mail server");
    expect(await toldBy(other)).toEqual(["request new"]);
    await ask(one);
    await new Promise<void>((resolve) => {
      // Whoever was to tell never comes back.
      void one.clock.tell(() => {
        resolve();
        return new Promise(() => undefined);
      });
    });
    expect(await toldBy(other)).toEqual([]);
    one.times.now += HOUR;
    expect(await toldBy(other)).toEqual(["request new"]);
  });
});

describe("destroy", () => {
  it("[pipa/21] destroys what may go of the named kinds, page by page, once a day by one node", async () => {
    const [one, other] = await openMarket();
    await one.schedules.put(SCHEDULE, KEEPER);
    await other.follower.refresh();
    putRecords(one.shop, 1, "a", "b", "c");
    expect(await one.clock.destroy([])).toEqual([]);
    expect(one.shop.used.size).toBe(3);
    const ran = await Promise.all([one, other].map(({ clock }) => clock.destroy(["orderLine"])));
    expect(ran.flat()).toHaveLength(1);
    expect(ran.flat()[0]?.destructions.map(({ records, by }) => [records, by])).toEqual([
      [1, "system garim-clock"],
      [1, "system garim-clock"],
      [1, "system garim-clock"],
    ]);
    expect(one.shop.used.size).toBe(0);
    const actions = [...one.accesses, ...other.accesses].filter(({ actor }) => actor.id === "garim-clock");
    expect(new Set(actions.map(({ action }) => action))).toEqual(new Set(["destroy-data"]));
    putRecords(one.shop, 1, "d");
    one.times.now = NOON + DAY - HOUR;
    expect(await other.clock.destroy(["orderLine"])).toEqual([]);
    one.times.now = NOON + DAY;
    expect(await other.clock.destroy(["orderLine"])).toHaveLength(1);
    expect(one.shop.used.size).toBe(0);
  });

  it("says what failed, tries it again the next time, and calls tools that are late", async () => {
    const [one, other] = await openMarket();
    await one.schedules.put(SCHEDULE, KEEPER);
    await other.follower.refresh();
    putRecords(one.shop, 6, "a");
    one.shop.isDown = true;
    const owed = [{ sellerId: "S1", orderId: "o-1", purgeBy: NOON - 1, isClear: true }];
    await one.purges.owe("tool-1", owed, NOON);
    const [ran] = await one.clock.destroy(["orderLine"]);
    expect(ran).toMatchObject({
      recordType: "orderLine",
      failed: { message: expect.stringContaining("down") },
    });
    expect(one.shop.called).toEqual(["tool-1"]);
    one.shop.isDown = false;
    expect(await other.clock.destroy(["orderLine", "unknown"])).toMatchObject([
      { recordType: "orderLine", destructions: [{ records: 1 }] },
      { recordType: "unknown", failed: { code: "ERR_GARIM_OPTION_INVALID" } },
    ]);
  });

  it("destroys all the same where the host calls no tools: what they owe waits for somebody to see it", async () => {
    const [one] = await openMarket(Object.assign(new Shop(), { callTool: undefined }) as unknown as Shop);
    await one.schedules.put(SCHEDULE, KEEPER);
    putRecords(one.shop, 6, "o-1");
    const owed = [{ sellerId: "S1", orderId: "o-1", purgeBy: NOON - 1, isClear: true }];
    await one.purges.owe("tool-1", owed, NOON - 1);
    expect(await one.clock.destroy(["orderLine"])).toMatchObject([
      { destructions: [{ records: 1, owedByTools: 1 }] },
    ]);
    expect(await one.clock.waiting()).toContainEqual(
      expect.objectContaining({ kind: "tool-destruction", subject: "tool-1", isOverdue: true }),
    );
  });
});
