import { randomUUID } from "node:crypto";
import { PGlite } from "@electric-sql/pglite";
import type { Access } from "@garim/audit";
import { DAY, resolvePolicy, subject } from "@garim/policy";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { KEEPER, NOON } from "../../test/keeping.ts";
import type { RequestInput, Requests, SubjectRequest } from "../index.ts";
import { createRequests } from "../index.ts";

let database: PGlite;
let requests: Requests;
let now = NOON;
let isLogDown = false;
const accesses: Access[] = [];
const append = async (access: Access) => {
  if (isLogDown) throw new Error("the log is down");
  accesses.push(access);
  return { seq: accesses.length, id: "x" };
};

beforeAll(async () => {
  database = await PGlite.create();
  requests = await createRequests({ database, append, policy: resolvePolicy(), clock: () => now });
}, 60_000);
afterAll(() => database.close());
beforeEach(async () => {
  await database.query("delete from garim.subject_request");
  accesses.length = 0;
  now = NOON;
  isLogDown = false;
});

const PAGE: typeof KEEPER = { ...KEEPER, actor: { kind: "system", id: "buyer-page", sellerId: null } };
const ask = (more: Partial<RequestInput> = {}): Promise<SubjectRequest> =>
  requests.open(
    { buyerId: "b-1", sellerId: "S1", kind: "access", text: "제 정보를 보여 주세요", ...more },
    PAGE,
  );
const answer = { outcome: "done", answer: "메일로 보내 드렸습니다" } as const;

describe("requests", () => {
  it("[pipa/35] are due in ten days, and show the buyer what was answered, and whether in time", async () => {
    const { id, dueAt } = await ask();
    expect(dueAt).toBe(NOON + 10 * DAY);
    now = dueAt + 1;
    const own = async (buyer: string, at: number) => (await requests.ofBuyer(buyer, at)).entries;
    expect(await own("b-1", now)).toMatchObject([{ id, isOverdue: true, answer: null }]);
    await requests.answer({ id, ...answer }, KEEPER);
    expect(await own("b-1", NOON)).toMatchObject([
      { ...answer, answeredBy: "operator lee", answeredAt: now, isOverdue: true },
    ]);
    expect(await own("b-2", now)).toEqual([]);
  });

  it("are on record with what was asked and answered, by whom, and the buyer as a subject, without a text", async () => {
    const { id } = await ask();
    await requests.view(id, KEEPER);
    await requests.answer({ id, ...answer }, KEEPER);
    expect(accesses.map(({ action, actor, asked }) => [action, actor.id, asked])).toEqual([
      ["open-request", "buyer-page", [subject.buyer("b-1")]],
      ["view", "lee", [subject.buyer("b-1")]],
      ["answer-request", "lee", [subject.buyer("b-1")]],
    ]);
    expect(accesses[0]?.detail).toEqual({
      request: id,
      kind: "access",
      seller: "S1",
      dueAt: new Date(NOON + 10 * DAY).toISOString(),
    });
    expect(accesses[2]?.detail).toMatchObject({
      outcome: "done",
      answer: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(JSON.stringify(accesses.map(({ detail }) => detail))).not.toMatch(/보여|메일|\bb-1\b/);
  });

  it("are not taken, shown nor answered without a record", async () => {
    const { id } = await ask();
    isLogDown = true;
    await expect(ask()).rejects.toThrow("the log is down");
    await expect(requests.view(id, KEEPER)).rejects.toThrow("the log is down");
    await expect(requests.answer({ id, ...answer }, KEEPER)).rejects.toThrow("the log is down");
    expect((await requests.ofBuyer("b-1", now)).entries).toMatchObject([{ id, answer: null }]);
  });

  it("are answered once, and by no staff of another seller", async () => {
    const { id } = await ask();
    const zoe = { ...KEEPER, actor: { kind: "staff", id: "zoe", sellerId: "S2" } } as const;
    expect(await requests.answer({ id, ...answer }, zoe)).toMatchObject({ reason: "other-seller" });
    expect(await requests.view(id, zoe)).toMatchObject({ reason: "other-seller" });
    const [first, second] = await Promise.all(
      ["하나", "둘"].map((text) => requests.answer({ id, outcome: "done", answer: text }, KEEPER)),
    );
    expect([first, second].filter((one) => one !== null)).toHaveLength(1);
    expect(await requests.answer({ id, ...answer }, KEEPER)).toBeNull();
    expect(await requests.answer({ id: randomUUID(), ...answer }, KEEPER)).toBeNull();
  });

  it("are listed the oldest first, by pages, by seller, those that wait alone, without buyer or texts", async () => {
    const ids: string[] = [];
    for (const [i, sellerId] of ["S1", "S2", "S1", null, "S1"].entries()) {
      now = NOON + i;
      ids.push((await ask({ sellerId })).id);
    }
    await requests.answer({ id: ids[2] ?? "", ...answer }, KEEPER);
    const of = async (asked: object): Promise<readonly string[]> => {
      const found: string[] = [];
      for (let after: string | undefined; ; ) {
        const page = await requests.list(
          { ...asked, limit: 2, ...(after === undefined ? {} : { after }) },
          now,
        );
        found.push(...page.entries.map(({ id }) => id));
        if (page.next === null) return found;
        after = page.next;
      }
    };
    expect(await of({})).toEqual(ids);
    expect(await of({ sellerId: "S1", isOpen: true })).toEqual([ids[0], ids[4]]);
    const { entries } = await requests.list({}, now);
    expect(JSON.stringify(entries)).not.toMatch(/\bb-1\b|보여|메일/);
    await expect(requests.list({ after: "{" }, now)).rejects.toThrow("the page before");
    expect(await requests.count(NOON + 11 * DAY)).toEqual({
      open: 4,
      overdue: 4,
      answered: 1,
      answeredLate: 0,
    });
  });

  it("are no more than ten at once of a buyer, and go three years after the answer", async () => {
    for (let i = 0; i < 10; i++) await ask();
    await expect(ask()).rejects.toThrow("10 requests before it");
    expect((await ask({ buyerId: "b-2" })).id).toBeTruthy();
    const whole = await requests.ofBuyer("b-1", now);
    const paged: string[] = [];
    for (let after: { readonly after?: string } = {}; ; ) {
      const { entries, next } = await requests.ofBuyer("b-1", now, { ...after, limit: 1 });
      paged.push(...entries.map((one) => one.id));
      if (next === null) break;
      after = { after: next };
    }
    expect(paged.length).toBeGreaterThan(1);
    expect(paged).toEqual(whole.entries.map((one) => one.id));
    await expect(requests.ofBuyer("b-1", now, { after: "x" })).rejects.toThrow("the page before");
    const [first] = whole.entries;
    await requests.answer({ id: first?.id ?? "", ...answer }, KEEPER);
    now = Date.parse("2029-11-22T12:00:00+09:00");
    await ask();
    expect((await requests.count(now)).answered).toBe(1);
    now += 1;
    await ask({ buyerId: "b-3" });
    expect((await requests.count(now)).answered).toBe(0);
  });

  it.each<[string, object]>([
    ["kind", { kind: "refuse" }],
    ["text", { text: " " }],
    ["text", { text: "가".repeat(4_001) }],
    ["text", { text: "\ud800" }],
    ["sellerId", { sellerId: 7 }],
    ["buyerId", { buyerId: "" }],
  ])("refuse what is half filled in, naming %s", async (member, more) => {
    await expect(ask(more as Partial<RequestInput>)).rejects.toThrow(member);
    expect(accesses).toEqual([]);
  });
});
