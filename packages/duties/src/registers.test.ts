import { randomUUID } from "node:crypto";
import type { Access, AccessLog } from "@garim/audit";
import { DAY, FLOW_ITEMS, PRIVACY_SECTIONS, resolvePolicy } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startDatabases } from "../test/databases.ts";
import { type HandFollower, handFollower, KEEPER, NOON } from "../test/keeping.ts";
import {
  createEducation,
  createElevations,
  createFlows,
  createLeaks,
  createPrivacyPolicies,
  createPurges,
  createRegister,
  createRequests,
  createRetention,
  createSchedules,
  type DataRetention,
  type DutyDatabase,
  diffPrivacy,
  draftPrivacy,
  type Education,
  type Elevations,
  type Flow,
  type FlowParty,
  type Flows,
  gatherDutyEvidence,
  type Leaks,
  listPublicFlows,
  MARKETPLACE,
  type PrivacyPolicies,
  type Purges,
  type Register,
  type Requests,
  type Schedules,
} from "./index.ts";

const policy = resolvePolicy({ educationCondition: 1, publicationCondition: 1 });

interface Node {
  readonly flows: Flows;
  readonly register: Register;
  readonly purges: Purges;
  readonly education: Education;
  readonly policies: PrivacyPolicies;
  readonly elevations: Elevations;
  readonly requests: Requests;
  readonly schedules: Schedules;
  readonly retention: DataRetention;
  readonly leaks: Leaks;
  readonly follower: HandFollower;
  readonly accesses: Access[];
  isLogDown: boolean;
  now: number;
}

async function openNode(database: DutyDatabase): Promise<Node> {
  const follower = handFollower();
  const accesses: Access[] = [];
  const node = { follower, accesses, isLogDown: false, now: NOON } as unknown as Node;
  const append: AccessLog["append"] = async (access) => {
    if (node.isLogDown) throw new Error("the log is down");
    accesses.push(access);
    return { seq: accesses.length, id: randomUUID() };
  };
  const options = { database, follower, append, policy, clock: () => node.now };
  const [flows, register] = [await createFlows(options), await createRegister(options)];
  const purges = await createPurges(options);
  const education = await createEducation(options);
  const [policies, elevations] = [await createPrivacyPolicies(options), await createElevations(options)];
  const requests = await createRequests(options);
  const schedules = await createSchedules(options);
  const retention = await createRetention({ ...options, schedules });
  const leaks = await createLeaks(options);
  return Object.assign(node, {
    flows,
    register,
    purges,
    education,
    policies,
    elevations,
    requests,
    schedules,
    retention,
    leaks,
  });
}

const sellerOf = (id: string): FlowParty => ({ kind: "seller", id });

function provisionTo(to: FlowParty, more: Partial<Flow> = {}): Flow {
  const items = Object.fromEntries(FLOW_ITEMS.provision.map((item) => [item, `${item} ${to.id}`]));
  const side = "recipient" as const;
  const evidence = { business: side, benefit: side, direction: side, document: "archive/3" };
  return {
    kind: "provision",
    from: MARKETPLACE,
    to,
    items,
    evidence,
    startsAt: NOON - DAY,
    endsAt: null,
    ...more,
  };
}

for (const database of await startDatabases())
  describe(`the registers on ${database.name}`, () => {
    let one: Node;
    let other: Node;

    beforeAll(async () => {
      [one, other] = [await openNode(database.nodes[0]), await openNode(database.nodes[1])];
    });
    afterAll(() => database.stop());

    it("have an entry on the other node, the narrowest first, and none that has ended by the wider one", async () => {
      const named = sellerOf(randomUUID());
      const anyone = sellerOf(randomUUID());
      await one.flows.put(provisionTo(sellerOf("*")), KEEPER);
      await one.flows.put(provisionTo(named, { items: {} }), KEEPER);
      await other.follower.refresh();
      expect(other.flows.judge(MARKETPLACE, anyone, NOON).kind).toBe("allow");
      expect(other.flows.judge(MARKETPLACE, named, NOON)).toMatchObject({ reason: "provision-incomplete" });
      expect(other.flows.judge(anyone, named, NOON)).toMatchObject({ reason: "flow-missing" });
      const name = { from: MARKETPLACE, to: named, isOverseas: false };
      expect(await other.flows.end(name, KEEPER)).toMatchObject({ endsAt: NOON, endedAt: NOON });
      expect(await other.flows.end({ ...name, to: anyone }, KEEPER)).toBeNull();
      await one.flows.put(provisionTo(named), KEEPER);
      await one.flows.end(name, KEEPER);
      expect(one.flows.judge(MARKETPLACE, named, NOON)).toMatchObject({ reason: "flow-ended" });
      expect(one.accesses.at(-1)).toMatchObject({ action: "end-flow", detail: { to: `seller ${named.id}` } });
    });

    it("take nothing on file that cannot be recorded, and nothing from a stale copy", async () => {
      const node = await openNode(database.nodes[0]);
      const to = sellerOf(randomUUID());
      node.isLogDown = true;
      await expect(node.flows.put(provisionTo(to), KEEPER)).rejects.toThrow("the log is down");
      await other.follower.refresh();
      expect(other.flows.find({ from: MARKETPLACE, to, isOverseas: false })?.to.id).toBe("*");
      node.follower.isStale = true;
      expect(() => node.flows.judge(MARKETPLACE, to, NOON)).toThrow("stale");
    });

    it.each<[string, Partial<Flow>, string]>([
      ["an item of another kind", { items: { tasks: "x" } }, "items"],
      ["an item of two lines", { items: { purpose: "a\nb" } }, "items.purpose"],
      ["a kind that is none", { kind: "gift" as never }, "kind"],
      ["a party that is none", { to: { kind: "shop" as never, id: "x" } }, "to.kind"],
      ["an end before its beginning", { endsAt: NOON - 2 * DAY }, "endsAt"],
      ["seconds", { startsAt: NOON / 1_000 }, "startsAt"],
      ["evidence of both", { evidence: { business: "both" } as never }, "evidence.business"],
    ])("take no entry with %s, and say what is wanted", async (_, more, member) => {
      const flow = { ...provisionTo(sellerOf("x")), ...more };
      await expect(one.flows.put(flow, KEEPER)).rejects.toMatchObject({
        code: "ERR_GARIM_OPTION_INVALID",
        message: expect.stringContaining(member),
      });
    });

    it("ask each of a seller's staff, since they have the role, and count the later completion", async () => {
      const [sellerId, staffId] = [randomUUID(), "kim"];
      const id = randomUUID();
      const title = { ko: "교육", en: "Course" };
      await one.education.putCourse(
        { id, title, roles: ["owner"], sellerId, text: "…", link: null, months: 6 },
        KEEPER,
      );
      await other.follower.refresh();
      const person = { sellerId, staffId, roles: ["owner"] };
      expect((await other.education.statusOf({ ...person, roles: ["viewer"] }, NOON)).courses).toEqual([]);
      // Taken away and given back, a role gives nobody new time.
      for (const [at, roles] of [
        [NOON + DAY, ["owner"]],
        [NOON + 2 * DAY, []],
        [NOON + 3 * DAY, ["owner"]],
      ] as const)
        await other.education.statusOf({ ...person, roles }, at);
      const due = NOON + 15 * DAY;
      expect((await one.education.judge(person, due)).kind).toBe("allow");
      expect(await other.education.judge(person, due + 1)).toMatchObject({ reason: "education-missing" });
      one.now = due + 1;
      await one.education.complete({ sellerId, staffId, courseId: id, proof: "2026-17" }, KEEPER);
      expect((await other.education.judge(person, due + 1)).kind).toBe("allow");
      const { entries } = await one.education.list({ sellerId }, due + 1);
      expect(entries).toMatchObject([{ staffId, courses: [{ proof: "2026-17", isOverdue: false }] }]);
      expect(
        await one.education.complete({ sellerId, staffId, courseId: "none", proof: "x" }, KEEPER),
      ).toBeNull();
      one.now = NOON;
    });

    it("tell of a course once a week over both nodes, and again what could not be told", async () => {
      const sellerId = randomUUID();
      const course = { id: randomUUID(), title: { ko: "교육", en: "Course" }, roles: ["*"], sellerId };
      await one.education.putCourse(
        { ...course, text: null, link: "https://edu.example", months: null },
        KEEPER,
      );
      await other.follower.refresh();
      const staff = ["a", "b", "c"];
      for (const staffId of staff) await one.education.statusOf({ sellerId, staffId, roles: [] }, NOON);
      const told: string[] = [];
      const send = (fails: boolean) => async (reminder: { sellerId: string; staffId: string }) => {
        if (reminder.sellerId !== sellerId) return;
        if (fails) throw new Error("no mail");
        told.push(reminder.staffId);
      };
      const soon = NOON + 8 * DAY;
      await one.education.remind(send(true), soon);
      expect(told).toEqual([]);
      await Promise.all([one, other].map(({ education }) => education.remind(send(false), soon)));
      expect(told.toSorted()).toEqual(staff);
      await one.education.remind(send(false), soon + 7 * DAY);
      expect(told).toHaveLength(6);
      const pages: string[] = [];
      for (let after: string | undefined; ; ) {
        const asked = { sellerId, limit: 2, ...(after === undefined ? {} : { after }) };
        const page = await other.education.list(asked, soon);
        pages.push(...page.entries.map(({ staffId }) => staffId));
        if (page.next === null) break;
        after = page.next;
      }
      expect(pages).toEqual(staff);
      await expect(one.education.list({ after: "{" }, soon)).rejects.toThrow("the page before");
      const evidence = await gatherDutyEvidence(one, soon, policy);
      expect(evidence.education.people).toBeGreaterThanOrEqual(3);
    });

    it("are gathered though each copy is old a moment after it was confirmed", async () => {
      const { follower } = one;
      const ready = async (): Promise<void> => {
        follower.isStale = false;
        setImmediate(() => {
          follower.isStale = true;
        });
      };
      follower.isStale = true;
      try {
        const gathered = await gatherDutyEvidence({ ...one, ready }, NOON, policy);
        expect(gathered.education.people).toBeGreaterThan(0);
        follower.isStale = true;
        await expect(gatherDutyEvidence(one, NOON, policy)).rejects.toThrow("stale");
      } finally {
        follower.isStale = false;
      }
    });

    it("are evidence: what was signed, published, completed, what tools owe and confirmed, by pages", async () => {
      const [sellerId, toolId] = [randomUUID(), randomUUID()];
      const paper = { toolId, document: "archive/8", signedAt: NOON - DAY, endsAt: NOON + DAY };
      await one.register.putAgreement({ ...paper, version: "1" }, KEEPER);
      const tasks = ["송장 출력"];
      await one.register.putContract({ ...paper, sellerId, tasks, subProcessors: [], endsAt: null }, KEEPER);
      const course = { id: randomUUID(), title: { ko: "교육", en: "Course" }, roles: ["*"], sellerId };
      await one.education.putCourse({ ...course, text: "…", link: null, months: null }, KEEPER);
      const done = { staffId: "kim", courseId: course.id, proof: "수료증 17" };
      await one.education.complete({ sellerId, ...done }, KEEPER);
      const sections = Object.fromEntries(PRIVACY_SECTIONS.map((name) => [name, "해당 없음"]));
      await one.policies.publish({ sellerId, title: "상점", sections }, KEEPER);
      const read = ["o1", "o2", "o3"].map((orderId) => ({
        ...{ sellerId, orderId, isClear: true },
        purgeBy: orderId === "o3" ? NOON + 3 * DAY : NOON - 1,
      }));
      await one.purges.owe(toolId, read, NOON - 2 * DAY);
      const receipt = { toolId, sellerId, orderIds: ["o2"], destroyedAt: NOON - DAY, method: "삭제" };
      const { receipt: id } = await one.purges.confirm(receipt, KEEPER);
      const found = async (now: number) => {
        const evidence = await gatherDutyEvidence(other, now, policy);
        const own = <T extends object>(rows: readonly T[]) =>
          rows.filter((row) => Object.values(row).some((value) => value === sellerId || value === toolId));
        for (const name of ["privacy-policies", "completions", "tool-debts", "tool-receipts"] as const)
          expect(evidence[name].count).toBe(evidence[name].named.length);
        expect(evidence.rights).toBeUndefined();
        return {
          agreements: own(evidence.agreements),
          contracts: own(evidence.contracts),
          policies: own(evidence["privacy-policies"].named),
          completions: own(evidence.completions.named),
          debts: own(evidence["tool-debts"].named),
          receipts: own(evidence["tool-receipts"].named),
        };
      };
      await other.follower.refresh();
      expect(await found(NOON)).toMatchObject({
        agreements: [{ version: "1", reason: null }],
        contracts: [{ tasks, reason: null }],
        policies: [{ version: 1, publishedAt: NOON, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
        completions: [{ ...done, completedAt: NOON, saidBy: expect.any(String) }],
        debts: [{ toolId, sellerId, orders: 2, overdue: 1, dueAt: NOON - 1 }],
        receipts: [{ receipt: id, toolId, sellerId, orders: 1, destroyedAt: NOON - DAY }],
      });
      expect(await found(NOON + 4 * DAY)).toMatchObject({
        agreements: [{ reason: "contract-ended" }],
        debts: [{ overdue: 2 }],
      });
      const mine = await one.purges.debts({ sellerId, limit: 1 }, NOON);
      expect([
        mine.entries.length,
        (await one.purges.debts({ sellerId, after: `["${toolId}","${sellerId}"]` }, NOON)).entries,
      ]).toEqual([1, []]);
      const newest = await one.purges.receipts({ limit: 1 });
      const behind = newest.next === null ? [] : (await one.purges.receipts({ after: newest.next })).entries;
      expect(behind.some((each) => each.receipt === newest.entries[0]?.receipt)).toBe(false);
      const page = await one.education.completions({ sellerId, limit: 1 });
      expect(await one.education.completions({ sellerId, after: String(page.next) })).toEqual({
        entries: [],
        next: null,
      });
      for (const read of [
        one.purges.debts({ after: "[1,2]" }, NOON),
        one.purges.receipts({ after: "x" }),
        one.education.completions({ after: '["a"]' }),
      ])
        await expect(read).rejects.toThrow("the page before");
    });

    it("publish versions of a policy one after the other, however many publish at once", async () => {
      const sellerId = randomUUID();
      expect(await one.policies.judge(sellerId, NOON)).toMatchObject({ reason: "policy-missing" });
      const flows = listPublicFlows(one.flows.list(), sellerOf(sellerId), NOON, policy);
      const officer = { name: "개인정보팀", contact: "privacy@shop.example" };
      const said = { purposes: "배송", fields: "이름, 주소" };
      const draft = draftPrivacy({ sellerId, name: "상점", officer, ...said }, flows, [], policy);
      expect(PRIVACY_SECTIONS.filter((name) => !draft.sections[name])).toEqual([]);
      const published = await Promise.all(
        [0, 1, 2, 3].map((i) => {
          const sections = { ...draft.sections, changes: `${i}번째\n같은 줄` };
          return (i % 2 === 0 ? one : other).policies.publish({ ...draft, sections }, KEEPER);
        }),
      );
      expect(published.map((each) => ("version" in each ? each.version : 0)).toSorted()).toEqual([
        1, 2, 3, 4,
      ]);
      const pageOf = async (after?: string) => {
        const { entries, next } = await other.policies.history(sellerId, {
          limit: 2,
          ...(after === undefined ? {} : { after }),
        });
        return [entries.map(({ version }) => version), next];
      };
      expect([await pageOf(), await pageOf("3"), await pageOf("1")]).toEqual([
        [[4, 3], "3"],
        [[2, 1], null],
        [[], null],
      ]);
      await expect(one.policies.history(sellerId, { after: "x" })).rejects.toThrow("the page before");
      const listed: string[] = [];
      for (let after: { readonly after?: string } = {}; ; ) {
        const page = await other.policies.list({ limit: 3, ...after });
        listed.push(...page.entries.map((each) => `${each.sellerId} ${each.version}`));
        if (page.next === null) break;
        after = { after: page.next };
      }
      expect(listed.filter((name) => name.startsWith(sellerId))).toEqual(
        [1, 2, 3, 4].map((version) => `${sellerId} ${version}`),
      );
      await expect(one.policies.list({ after: '["a"]' })).rejects.toThrow("the page before");
      const [first, last] = await Promise.all([one.policies.find(sellerId, 1), one.policies.find(sellerId)]);
      if (first === null || last === null) throw new Error("not there");
      expect(diffPrivacy(first, last)).toMatchObject([
        {
          section: "changes",
          lines: [{ kind: "removed" }, { kind: "added" }, { kind: "same", text: "같은 줄" }],
        },
      ]);
      expect((await one.policies.judge(sellerId, NOON)).kind).toBe("allow");
      const nobody = { ...draft, sections: { ...draft.sections, officer: "" } };
      expect(await one.policies.publish(nobody, KEEPER)).toMatchObject({ reason: "policy-incomplete" });
      await expect(
        one.policies.publish({ ...draft, sections: { ...draft.sections, purpose: "x" } as never }, KEEPER),
      ).rejects.toThrow("sections");
    });
  });
