import { hash, randomUUID } from "node:crypto";
import type { Access, AccessLog } from "@garim/audit";
import { addMonths, DAY, HOUR, resolvePolicy } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startDatabases } from "../../test/databases.ts";
import { handFollower, KEEPER, NOON } from "../../test/keeping.ts";
import {
  createPurges,
  createRetention,
  createSchedules,
  type DataRetention,
  type DutyDatabase,
  type Keeper,
  type Purges,
  type RecordHost,
  type Schedule,
  type Schedules,
  type StoredRecord,
  type ToolCall,
  writeLedger,
} from "../index.ts";

const policy = resolvePolicy({ scheduleCondition: 1 });
const AUDITOR: Keeper = { ...KEEPER, actor: { kind: "auditor", id: "audrey", sellerId: null } };

/** A host whose records lie in two lists. */
class Shop implements RecordHost {
  readonly used = new Map<string, StoredRecord>();
  readonly apart = new Map<string, StoredRecord>();
  readonly calls: ToolCall[] = [];
  /** Done before the host does what it is asked. */
  meanwhile: () => Promise<unknown> = async () => undefined;

  /** Done before the host lists anything. */
  beforeList: () => Promise<unknown> = async () => undefined;

  async list({ store, after, limit }: Parameters<RecordHost["list"]>[0]) {
    await this.beforeList();
    const all = [...this[store].values()].filter(({ id }) => after === null || id > after);
    const records = all.toSorted((one, other) => (one.id < other.id ? -1 : 1)).slice(0, limit);
    return { records, next: records.length < all.length ? (records.at(-1)?.id ?? null) : null };
  }
  async separate({ ids }: { readonly ids: readonly string[] }) {
    await this.meanwhile();
    for (const id of ids) this.apart.set(id, this.used.get(id) as StoredRecord);
    return ids.filter((id) => this.used.delete(id));
  }
  async destroy({ ids }: { readonly ids: readonly string[] }) {
    await this.meanwhile();
    return ids.filter((id) => [this.used.delete(id), this.apart.delete(id)].includes(true));
  }
  callTool(call: ToolCall) {
    this.calls.push(call);
  }
}

interface Node {
  readonly shop: Shop;
  readonly schedules: Schedules;
  readonly retention: DataRetention;
  readonly purges: Purges;
  readonly accesses: Access[];
  readonly recordType: string;
  now: number;
  isLogDown: boolean;
}

async function openNode(database: DutyDatabase): Promise<Node> {
  const node = {
    shop: new Shop(),
    accesses: [] as Access[],
    recordType: `line-${randomUUID()}`,
    now: NOON,
    isLogDown: false,
  };
  const append: AccessLog["append"] = async (access) => {
    if (node.isLogDown) throw new Error("the log is down");
    node.accesses.push(access);
    return { seq: node.accesses.length, id: randomUUID() };
  };
  const options = { database, append, policy, clock: () => node.now };
  const schedules = await createSchedules({ ...options, follower: handFollower() });
  const retention = await createRetention({ ...options, schedules, records: node.shop });
  return Object.assign(node, { schedules, retention, purges: await createPurges(options) });
}

const scheduleOf = (recordType: string, more: Partial<Schedule> = {}): Schedule => ({
  recordType,
  alsoShownAs: [`${recordType}-order`],
  title: { ko: "주문", en: "Order line" },
  endsWith: "구매확정",
  keeps: ["contract"],
  apartIn: "거래기록 보관 DB",
  method: "행 삭제, 백업은 7일 안에 덮어씀",
  ...more,
});

const ended = (id: string, daysAgo: number, more: Partial<StoredRecord> = {}): StoredRecord => ({
  id,
  purposeEndedAt: NOON - daysAgo * DAY,
  keeps: [],
  ...more,
});

for (const database of await startDatabases())
  describe(`retention on ${database.name}`, () => {
    let node: Node;

    /** Nothing of another test lies in the way: each has a kind of record of its own. */
    async function begin(more: Partial<Schedule> = {}): Promise<Node> {
      node = await openNode(database.nodes[1]);
      await node.schedules.put(scheduleOf(node.recordType, more), KEEPER);
      return node;
    }
    const fill = (...records: readonly StoredRecord[]): void => {
      for (const record of records) node.shop.used.set(record.id, record);
    };
    const run = (more: object = {}) => node.retention.run({ recordType: node.recordType, ...more }, KEEPER);
    const due = (more: object = {}) => node.retention.due({ recordType: node.recordType, ...more }, node.now);

    beforeAll(async () => {
      await openNode(database.nodes[0]);
    });
    afterAll(() => database.stop());

    it("[pipa/21] refuses a kind of record without a schedule, on record when there is one", async () => {
      const { schedules, recordType, accesses } = await openNode(database.nodes[0]);
      expect(schedules.judge([recordType])).toMatchObject({ reason: "schedule-missing" });
      await schedules.put(scheduleOf(recordType), KEEPER);
      expect(schedules.judge([recordType, `${recordType}-order`]).kind).toBe("allow");
      expect(schedules.judge([recordType, "other"])).toMatchObject({ reason: "schedule-missing" });
      expect(accesses[0]).toMatchObject({
        action: "put-schedule",
        detail: { recordType, keeps: "contract" },
      });
      await schedules.end(recordType, KEEPER);
      expect(schedules.judge([recordType])).toMatchObject({ reason: "schedule-missing" });
      expect(await schedules.end(recordType, KEEPER)).toBeNull();
    });

    it.each<[Partial<Schedule>, string]>([
      [{ keeps: ["tax" as never] }, "keeps"],
      [{ alsoShownAs: "order" as never }, "alsoShownAs"],
      [{ apartIn: null }, "apartIn"],
      [{ keeps: [] }, "apartIn"],
      [{ method: "" }, "method"],
      [{ title: { ko: "주문", en: "a\nb" } }, "title.en"],
    ])("takes no schedule with %j, and says what is wanted", async (more, member) => {
      const { schedules } = await openNode(database.nodes[0]);
      await expect(schedules.put(scheduleOf("x", more), KEEPER)).rejects.toMatchObject({
        code: "ERR_GARIM_OPTION_INVALID",
        message: expect.stringContaining(member),
      });
    });

    it("[pipa/21 ecommerce/6] lists what is due in 30 days, page by page, and nothing else", async () => {
      await begin();
      const contract = { kind: "contract", since: NOON - 40 * DAY } as const;
      fill(
        ended("a-overdue", 6),
        ended("b-soon", -30),
        ended("c-later", -31),
        ended("d-law", 1, { keeps: [contract] }),
        ended("e-open", 0, { purposeEndedAt: null }),
        ended("f-other-law", 1, { keeps: [{ kind: "dispute", since: NOON }] }),
      );
      const old = { kind: "contract", since: addMonths(NOON, -60) + 20 * DAY } as const;
      node.shop.apart.set("g-old", ended("g-old", 1_000, { keeps: [old] }));
      node.shop.apart.set("h-kept", ended("h-kept", 1_000, { keeps: [contract] }));
      const { records, next } = await due();
      expect(next).toBeNull();
      expect(records.map(({ id, step, isOverdue, reason }) => [id, step, isOverdue, reason])).toEqual([
        ["a-overdue", "destroy", true, "destruction-due"],
        ["b-soon", "destroy", false, "destruction-due"],
        ["d-law", "separate", false, "separation-due"],
        ["f-other-law", null, false, "facts-unreadable"],
        ["g-old", "destroy", false, "destruction-due"],
      ]);
      expect(records[4]?.dueAt).toBe(addMonths(old.since, 60) + 5 * DAY);
      const one: string[] = [];
      for (let after: string | undefined; ; ) {
        const page = await due({ limit: 1, ...(after === undefined ? {} : { after }) });
        one.push(...page.records.map(({ id }) => id));
        if (page.next === null) break;
        after = page.next;
      }
      expect(one).toEqual(records.map(({ id }) => id));
      await expect(due({ after: "x" })).rejects.toThrow("after");
      await expect(due({ withinDays: 366 })).rejects.toThrow("withinDays");
    });

    it("[pipa/21] stores apart and destroys, on record before and after, and proves it by record and by hash", async () => {
      await begin();
      fill(ended("x1", 2), ended("x2", 1), ended("l1", 1, { keeps: [{ kind: "contract", since: NOON }] }));
      const { destructions } = await run();
      expect(destructions.map(({ step, records }) => [step, records])).toEqual([
        ["separate", 1],
        ["destroy", 2],
      ]);
      expect([[...node.shop.used.keys()], [...node.shop.apart.keys()]]).toEqual([[], ["l1"]]);
      const list = hash("sha256", JSON.stringify(["x1", "x2"]));
      const destruction = destructions[1]?.id;
      expect(node.accesses.slice(-2)).toMatchObject([
        { action: "destroy-data", detail: { destruction, records: 2, list, is: "begun" } },
        { action: "destroy-data", detail: { destruction, records: 2, list, is: "finished" } },
      ]);
      expect(await node.retention.proofs(node.recordType, "x1")).toMatchObject([
        { destruction: { id: destruction, by: "operator lee", list }, destroyedAt: NOON },
      ]);
      expect((await run()).destructions).toEqual([]);
      node.now = addMonths(NOON, 60);
      expect((await run({ store: "apart" })).destructions).toMatchObject([{ step: "destroy", records: 1 }]);
      expect(node.shop.apart.size).toBe(0);
    });

    it("[pipa/21] has the result confirmed by somebody else within five days, once", async () => {
      await begin();
      fill(ended("x1", 2));
      const id = String((await run()).destructions[0]?.id);
      const open = async () =>
        (await node.retention.list({ isOpen: true, limit: 1_000 })).entries.filter((one) => one.id === id);
      expect(await open()).toMatchObject([
        { duty: { reason: "destruction-unconfirmed", dueAt: NOON + 5 * DAY } },
      ]);
      expect(await node.retention.confirm(id, "확인", KEEPER)).toMatchObject({
        reason: "destroyer-confirms",
      });
      await expect(node.retention.confirm(id, " ", AUDITOR)).rejects.toThrow("note");
      const confirmed = await node.retention.confirm(id, "백업까지 확인", AUDITOR);
      expect(confirmed).toMatchObject({ confirmedBy: "auditor audrey", duty: { reason: "destroyed" } });
      expect(node.accesses.at(-1)).toMatchObject({ action: "confirm-data", detail: { destruction: id } });
      const told = node.accesses.length;
      expect(await node.retention.confirm(id, "또", AUDITOR)).toMatchObject({ note: "백업까지 확인" });
      expect([node.accesses.length, await open()]).toEqual([told, []]);
      expect(await node.retention.confirm(randomUUID(), "없음", AUDITOR)).toBeNull();
      const page = writeLedger((await node.retention.list({ limit: 1_000 })).entries, {
        company: "<b>",
        madeAt: NOON,
      });
      expect(page).toContain("백업까지 확인");
      expect(page).not.toContain("<b>");
    });

    it("[garim/hold] destroys nothing that is held, also not what is held while it goes on", async () => {
      await begin();
      const { recordType, retention } = node;
      fill(ended("x1", 2), ended("x2", 2));
      const hold = await retention.hold({ recordType, recordIds: ["x1"], reason: "사건 2026-1" }, KEEPER);
      expect((await due()).records[0]).toMatchObject({ step: null, reason: "legal-hold", heldBy: [hold.id] });
      expect(await run()).toMatchObject({ held: 1, destructions: [{ records: 1 }] });
      expect([...node.shop.used.keys()]).toEqual(["x1"]);
      expect(await retention.release(hold.id, "종결", KEEPER)).toMatchObject({ releasedBy: "operator lee" });
      expect(await retention.release(hold.id, "종결", KEEPER)).toBeNull();
      fill(ended("x3", 2));
      // Placed while the host is at it: whoever places it is told that it may be too late.
      node.shop.meanwhile = async () => {
        const late = await retention.hold({ recordType, recordIds: null, reason: "늦음" }, KEEPER);
        expect(late).toMatchObject({ underWay: 2, gone: 1 });
      };
      await run();
      node.shop.meanwhile = async () => undefined;
      fill(ended("x4", 2));
      // Placed after the holds were looked at, and before the host is asked.
      const other = `line-${randomUUID()}`;
      await node.schedules.put(scheduleOf(other), KEEPER);
      node.shop.beforeList = () =>
        retention.hold({ recordType: other, recordIds: ["x4"], reason: "그사이" }, KEEPER);
      expect(await retention.run({ recordType: other }, KEEPER)).toMatchObject({
        destructions: [{ asked: 1, records: 0 }],
      });
      expect([...node.shop.used.keys()]).toContain("x4");
      node.shop.beforeList = async () => undefined;
      expect(await run()).toMatchObject({ held: 1, destructions: [] });
      const actions = node.accesses.map(({ action }) => action);
      expect(actions.filter((one) => one.endsWith("-data") && one !== "destroy-data")).toEqual([
        "hold-data",
        "release-data",
        "hold-data",
        "hold-data",
      ]);
      await expect(retention.hold({ recordType, recordIds: [], reason: "x" }, KEEPER)).rejects.toThrow(
        "recordIds",
      );
    });

    it("destroys nothing that cannot be recorded, and says what broke off until somebody looked at it", async () => {
      await begin();
      fill(ended("x1", 2));
      node.isLogDown = true;
      await expect(run()).rejects.toThrow("the log is down");
      expect(node.shop.used.size).toBe(1);
      node.isLogDown = false;
      node.shop.meanwhile = () => Promise.reject(new Error("the shop is down"));
      await expect(run()).rejects.toThrow("the shop is down");
      const mine = async () =>
        (await node.retention.list({ isOpen: true, limit: 1_000 })).entries.filter(
          ({ recordType }) => recordType === node.recordType,
        );
      const [broken] = await mine();
      expect(broken).toMatchObject({ finishedAt: null, asked: 1, records: 0, duty: null });
      expect(await node.retention.confirm(String(broken?.id), "이른 확인", AUDITOR)).toBeNull();
      node.now += HOUR + 1;
      for (const { id } of await mine()) await node.retention.confirm(id, "그대로 있음", AUDITOR);
      expect(await mine()).toEqual([]);
      node.shop.meanwhile = async () => undefined;
      expect(await run()).toMatchObject({ destructions: [{ records: 1 }] });
    });

    it("[pipa/26] calls the tools that owe what was destroyed, at most once a day", async () => {
      await begin();
      const order = `order-${randomUUID()}`;
      fill(ended(order, 2));
      const toolId = `tool-${randomUUID()}`;
      const read = { sellerId: "seller-1", orderId: order, purgeBy: NOON + DAY, isClear: true };
      await node.purges.owe(toolId, [read], NOON - DAY);
      expect(await run()).toMatchObject({ destructions: [{ owedByTools: 1 }] });
      const mine = () => node.shop.calls.filter((call) => call.toolId === toolId);
      expect(mine()).toEqual([{ toolId, sellerId: "seller-1", orderIds: [order] }]);
      expect(node.accesses.at(-1)).toMatchObject({ action: "call-destruction", target: { id: toolId } });
      node.now = NOON + DAY;
      await node.retention.callTools(KEEPER);
      expect(mine()).toHaveLength(1);
      node.now = NOON + DAY + 1;
      await node.retention.callTools(KEEPER);
      expect(mine()).toHaveLength(2);
      node.now += DAY - 1;
      await node.retention.callTools(KEEPER);
      expect(mine()).toHaveLength(2);
      const receipt = {
        toolId,
        sellerId: "seller-1",
        orderIds: [order],
        destroyedAt: node.now,
        method: "삭제",
      };
      await node.purges.confirm(receipt, KEEPER);
      node.now += 2 * DAY;
      await node.retention.callTools(KEEPER);
      expect(mine()).toHaveLength(2);
    });

    it("[pipa/26] calls tools by the lines they read where the host's record is of several", async () => {
      await begin();
      const lines = [1, 2].map((no) => `line-${randomUUID()}-${no}`);
      fill(ended(`order-${randomUUID()}`, 2, { lines }));
      const toolId = `tool-${randomUUID()}`;
      const read = lines.map((orderId) => ({ sellerId: "s", orderId, purgeBy: NOON + DAY, isClear: true }));
      await node.purges.owe(toolId, read, NOON - DAY);
      expect(await run()).toMatchObject({ destructions: [{ records: 1, owedByTools: 2 }] });
      expect(node.shop.calls.filter((call) => call.toolId === toolId)).toEqual([
        { toolId, sellerId: "s", orderIds: lines.toSorted() },
      ]);
    });

    it("[pipa/21] has what was stored apart confirmed as well, by whom looks, though nobody owes that", async () => {
      await begin();
      fill(ended(`kept-${randomUUID()}`, 1, { keeps: [{ kind: "contract", since: NOON }] }));
      const [done] = (await run()).destructions;
      expect(done).toMatchObject({ step: "separate", duty: null });
      expect(await node.retention.confirm(String(done?.id), "분리 보관을 확인", AUDITOR)).toMatchObject({
        confirmedBy: "auditor audrey",
        duty: null,
      });
    });

    it("says what is missing where the host named no records, no schedule, or gave no list", async () => {
      await begin();
      fill(ended("x1", 2));
      const { schedules, recordType } = node;
      const bare = await createRetention({
        database: database.nodes[0],
        append: async () => ({ seq: 1, id: "1" }),
        policy,
        schedules,
      });
      await expect(bare.run({ recordType }, KEEPER)).rejects.toThrow("duties.records");
      expect([bare.hasRecords, bare.callsTools]).toEqual([false, false]);
      await expect(bare.callTools(KEEPER)).rejects.toThrow(/duties\.records\.callTool must be/);
      await expect(run({ recordType: "other" })).rejects.toThrow("schedule");
      node.shop.destroy = (async () => undefined) as never;
      await expect(run()).rejects.toThrow("duties.records.destroy");
      node.shop.list = (() => []) as never;
      await expect(run()).rejects.toThrow("duties.records.list");
    });
  });
