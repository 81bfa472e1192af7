import { randomUUID } from "node:crypto";
import type { Access, AccessLog } from "@garim/audit";
import { DAY, HOUR, LEAK_CHECKS, NOTICE_CONTENTS, resolvePolicy } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SharedDatabase, startDatabases } from "../../test/databases.ts";
import { type HandFollower, handFollower, KEEPER, NOON } from "../../test/keeping.ts";
import {
  createLeaks,
  type DutyDatabase,
  type LeakHost,
  type LeakInput,
  type LeakRecipient,
  type Leaks,
} from "../index.ts";

const policy = resolvePolicy();
let databases: readonly SharedDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
});
afterAll(() => Promise.all(databases.map((one) => one.stop())));

/** A host that knows whom a leak concerns, and tells them. */
class Shop implements LeakHost {
  readonly list: LeakRecipient[] = [];
  readonly told: string[] = [];
  isDown = false;

  recipients({ after, limit }: Parameters<LeakHost["recipients"]>[0]) {
    const all = this.list.filter(({ id }) => after === null || id > after);
    const recipients = all.slice(0, limit);
    return { recipients, next: recipients.length < all.length ? (recipients.at(-1)?.id ?? null) : null };
  }
  send({ id }: LeakRecipient, { no }: { readonly no: number }) {
    if (this.isDown) throw new Error("the mail server is down");
    this.told.push(`${id} ${no}`);
  }
}

interface Desk {
  readonly leaks: Leaks;
  readonly shop: Shop;
  readonly follower: HandFollower;
  readonly accesses: Access[];
  now: number;
  isLogDown: boolean;
}

async function openDesk(database: DutyDatabase | undefined = databases.at(-1)?.nodes[1]): Promise<Desk> {
  if (database === undefined) throw new Error("no database");
  const follower = handFollower();
  const desk = { shop: new Shop(), follower, accesses: [] as Access[], now: NOON, isLogDown: false };
  const append: AccessLog["append"] = async (access) => {
    if (desk.isLogDown) throw new Error("the log is down");
    desk.accesses.push(access);
    return { seq: desk.accesses.length, id: randomUUID() };
  };
  const clock = (): number => desk.now;
  const leaks = await createLeaks({ database, follower, append, policy, clock, host: desk.shop });
  return Object.assign(desk, { leaks });
}

const FACTS = {
  isPossibleOnly: false,
  subjects: 3,
  hasUniqueIds: false,
  hasSensitive: false,
  isOutsideAccess: true,
  isIntrusion: false,
  lacksContacts: true,
};

const someLeak = (more: Partial<LeakInput> = {}): LeakInput => ({
  title: "주문 정보 유출",
  kind: "insider",
  knownAt: NOON - HOUR,
  facts: FACTS,
  scope: null,
  ...more,
});

const CONTENTS = Object.fromEntries(NOTICE_CONTENTS.map((name) => [name, `${name} 내용`]));

describe("createLeaks", () => {
  it("[pipa-decree/39 pipa-decree/40 network-act/intrusion] runs the clocks from knowing, and stops each once its step is done", async () => {
    const desk = await openDesk();
    const { id } = await desk.leaks.open(
      someLeak({ kind: "hacking", facts: { ...FACTS, isIntrusion: null } }),
      KEEPER,
    );
    const clocks = () =>
      desk.leaks.find(id, desk.now)?.duties.map(({ step, dueAt, isOverdue }) => [step, dueAt, isOverdue]);
    const [hours72, hours24] = [NOON + 71 * HOUR, NOON + 23 * HOUR];
    expect(clocks()).toEqual([
      ["notify", hours72, false],
      ["report", hours72, false],
      ["reportIntrusion", hours24, false],
      ["post", hours72, false],
    ]);
    await desk.leaks.finish(id, "reportIntrusion", NOON, KEEPER);
    desk.now = hours72 + 1;
    expect(clocks()?.map(([step, , isLate]) => [step, isLate])).toEqual([
      ["notify", true],
      ["report", true],
      ["reportIntrusion", false],
      ["post", true],
    ]);
    // The first time counts, and nobody is done tomorrow.
    await desk.leaks.finish(id, "reportIntrusion", undefined, KEEPER);
    expect(desk.leaks.find(id, desk.now)?.steps.reportIntrusion).toMatchObject({
      at: NOON,
      by: "operator lee",
    });
    await expect(desk.leaks.finish(id, "report", desk.now + DAY, KEEPER)).rejects.toThrow("future");
    await desk.leaks.change(id, { facts: { isOutsideAccess: false, lacksContacts: false } }, KEEPER);
    expect(clocks()?.map(([step]) => step)).toEqual(["notify", "reportIntrusion"]);
    expect(desk.accesses.map(({ action }) => action)).toEqual([
      "open-breach",
      "change-breach",
      "change-breach",
    ]);
  });

  it("[pipa/34-1] writes a partial notice, then a full one, and tells each recipient once by each", async () => {
    const desk = await openDesk();
    const { leaks, shop } = desk;
    const { id } = await leaks.open(someLeak(), KEEPER);
    await expect(leaks.write(id, "가림마켓", KEEPER)).rejects.toThrow("contents.items");
    await leaks.change(id, { contents: { items: "이름, 전화번호" } }, KEEPER);
    const first = await leaks.write(id, "가림마켓", KEEPER);
    expect(first?.notices[0]?.missing).toHaveLength(6);
    expect(first?.notices[0]?.text).toMatch(/유출 통지.*1차 안내.*이름, 전화번호.*이어서/s);
    shop.list.push({ id: "B1", channel: "email" }, { id: "B2", channel: "sms" }, { id: "B3", channel: null });
    shop.isDown = true;
    expect(await leaks.send(id, 1, { limit: 1 }, KEEPER)).toEqual({
      told: 0,
      failed: 1,
      unreachable: 0,
      next: "B1",
    });
    shop.isDown = false;
    expect(await leaks.send(id, 1, {}, KEEPER)).toEqual({ told: 2, failed: 0, unreachable: 1, next: null });
    expect(await leaks.send(id, 1, {}, KEEPER)).toMatchObject({ told: 0, unreachable: 1 });
    expect(leaks.find(id, NOON)?.notices[0]?.sent).toEqual({ told: 2, failed: 0, unreachable: 1 });
    await leaks.change(id, { contents: CONTENTS }, KEEPER);
    await leaks.write(id, "가림마켓", KEEPER);
    await leaks.send(id, 2, {}, KEEPER);
    expect(shop.told).toEqual(["B1 1", "B2 1", "B1 2", "B2 2"]);
    const last = leaks.find(id, NOON)?.notices.at(-1);
    expect(last).toMatchObject({ no: 2, missing: [], sent: { told: 2 } });
    expect(last?.text).not.toContain("이어서");
    expect(desk.accesses.at(-1)).toMatchObject({
      action: "send-notice",
      detail: { leak: id, notice: 2, told: 2, is: "finished" },
    });
    await expect(leaks.send(id, 3, {}, KEEPER)).rejects.toThrow("notice");
  });

  it("[pipa/34-2] has a possible leak told as one and nothing else, until it is known to be more", async () => {
    const { leaks } = await openDesk();
    const facts = { ...FACTS, isPossibleOnly: true };
    const { id } = await leaks.open(someLeak({ facts }), KEEPER);
    expect(leaks.find(id, NOON)?.duties).toMatchObject([
      { step: "notify", reason: "breach-possible", source: "pipa/34-2", dueAt: NOON + 71 * HOUR },
    ]);
    await leaks.change(id, { contents: CONTENTS }, KEEPER);
    const textOf = async () => (await leaks.write(id, "가림마켓", KEEPER))?.notices.at(-1)?.text ?? "";
    const possible = await textOf();
    expect(possible).toMatch(
      /^개인정보 유출 가능성 통지 \(Notice of a possible leak\).*유출되었을 가능성.*may have leaked/s,
    );
    expect(possible).not.toContain("유출된 사실");
    await leaks.change(id, { facts: { isPossibleOnly: false } }, KEEPER);
    expect(leaks.find(id, NOON)?.duties.map(({ step, reason }) => [step, reason])).toEqual([
      ["notify", "breach-notify"],
      ["report", "breach-report"],
      ["post", "breach-post"],
    ]);
    expect(await textOf()).toMatch(/^개인정보 유출 통지 .*유출된 사실/s);
  });

  it("[pipa-decree/39] posts a notice for thirty days, and tells a buyer alone whether own data was among it", async () => {
    const desk = await openDesk();
    const { leaks, shop } = desk;
    const { id } = await leaks.open(someLeak(), KEEPER);
    await leaks.change(id, { contents: CONTENTS }, KEEPER);
    await leaks.write(id, "가림마켓", KEEPER);
    const [mine, other] = [`B-${randomUUID()}`, `B-${randomUUID()}`];
    shop.list.push({ id: mine, channel: null });
    await leaks.send(id, 1, {}, KEEPER);
    const ask = async (buyer: string) => (await leaks.ofBuyer(buyer)).find((one) => one.id === id);
    expect(await ask(mine)).toBeUndefined();
    await leaks.post(id, 1, KEEPER);
    expect(await ask(mine)).toMatchObject({ concerned: 1, postedAt: NOON });
    expect(await ask(other)).toEqual({ ...(await ask(mine)), concerned: 0 });
    expect(leaks.posted().some((one) => one.id === id)).toBe(true);
    desk.now = NOON + 30 * DAY - 1;
    expect(await leaks.takeDown(id, KEEPER)).toMatchObject({ reason: "breach-stays-posted" });
    desk.now = NOON + 30 * DAY;
    expect(await leaks.takeDown(id, KEEPER)).toMatchObject({ post: { takenDownAt: desk.now } });
    expect([await ask(mine), leaks.posted().some((one) => one.id === id)]).toEqual([undefined, false]);
  });

  it("closes when every step, check and content is done, and is changed no more", async () => {
    const desk = await openDesk();
    const { leaks } = desk;
    const { id } = await leaks.open(someLeak(), KEEPER);
    await leaks.change(id, { contents: CONTENTS }, KEEPER);
    await leaks.write(id, "가림마켓", KEEPER);
    await leaks.post(id, 1, KEEPER);
    for (const step of ["notify", "report"] as const) await leaks.finish(id, step, undefined, KEEPER);
    await expect(leaks.check(id, "taken-down", "x", KEEPER)).rejects.toThrow("check");
    const checks = LEAK_CHECKS.insider.map((one) => one.id);
    for (const check of checks.slice(1)) await leaks.check(id, check, "했음", KEEPER);
    expect(leaks.find(id, NOON)?.unchecked).toEqual(checks.slice(0, 1));
    expect(await leaks.close(id, "끝", KEEPER)).toMatchObject({ reason: "breach-still-open" });
    await leaks.check(id, String(checks[0]), "했음", KEEPER);
    expect(await leaks.close(id, "끝", KEEPER)).toMatchObject({ closed: { by: "operator lee", note: "끝" } });
    expect(await leaks.change(id, { contents: {} }, KEEPER)).toBeNull();
    expect(await leaks.write(id, "가림마켓", KEEPER)).toBeNull();
    expect(await leaks.close(randomUUID(), "끝", KEEPER)).toBeNull();
  });

  it.each<[Partial<LeakInput>, string]>([
    [{ title: "주소 노출 사고" }, "유출"],
    [{ kind: "theft" as never }, "kind"],
    [{ knownAt: NOON + DAY }, "knownAt"],
    [{ knownAt: NOON / 1_000 }, "knownAt"],
    [{ scope: "abc" }, "scope"],
    [{ facts: { ...FACTS, subjects: -1 } }, "facts.subjects"],
    [{ facts: { ...FACTS, isIntrusion: "yes" as never } }, "facts.isIntrusion"],
  ])("[garim/wording] takes no leak with %j, and says what is wanted", async (more, member) => {
    const { leaks } = await openDesk();
    await expect(leaks.open(someLeak(more), KEEPER)).rejects.toMatchObject({
      code: "ERR_GARIM_OPTION_INVALID",
      message: expect.stringContaining(member),
    });
  });

  it("[garim/wording] takes no content that plays it down, and sends nothing that is not on record", async () => {
    const desk = await openDesk();
    const { id } = await desk.leaks.open(someLeak(), KEEPER);
    await expect(desk.leaks.change(id, { contents: { items: "이름이 노출" } }, KEEPER)).rejects.toThrow(
      "유출",
    );
    await desk.leaks.change(id, { contents: { items: "이름" } }, KEEPER);
    await desk.leaks.write(id, "가림마켓", KEEPER);
    desk.shop.list.push({ id: "B1", channel: "email" });
    desk.isLogDown = true;
    await expect(desk.leaks.send(id, 1, {}, KEEPER)).rejects.toThrow("the log is down");
    await expect(desk.leaks.finish(id, "notify", undefined, KEEPER)).rejects.toThrow("the log is down");
    expect([desk.shop.told, desk.leaks.find(id, NOON)?.steps]).toEqual([[], {}]);
    desk.isLogDown = false;
    desk.shop.recipients = (() => []) as never;
    await expect(desk.leaks.send(id, 1, {}, KEEPER)).rejects.toThrow("duties.leaks.recipients");
  });

  it("is known on the other node, and says where the host named no list", async () => {
    const [one, other] = [await openDesk(), await openDesk(databases.at(-1)?.nodes[0])];
    const { id } = await one.leaks.open(someLeak(), KEEPER);
    await other.follower.refresh();
    expect(other.leaks.list(NOON).map((leak) => leak.id)).toContain(id);
    const database = databases.at(-1)?.nodes[0] as DutyDatabase;
    const append = async () => ({ seq: 1, id: "1" });
    const bare = await createLeaks({ database, follower: handFollower(), append, policy, clock: () => NOON });
    await bare.change(id, { contents: { items: "이름" } }, KEEPER);
    await bare.write(id, "가림마켓", KEEPER);
    await expect(bare.send(id, 1, {}, KEEPER)).rejects.toThrow("duties.leaks");
  });
});
