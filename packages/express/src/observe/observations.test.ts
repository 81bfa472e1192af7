import type { Access } from "@garim/audit";
import { memoryState, stateUnavailable } from "@garim/auth";
import { DAY, resolvePolicy } from "@garim/policy";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Ground } from "../start/settings.ts";
import { createHistories } from "./history.ts";
import { createObservations } from "./observations.ts";

const START = Date.parse("2026-11-22T09:00:00+09:00");
const HOUR = 3_600_000;
const ROUTE = "GET /orders";

function openGround() {
  const said: { level: string; fields: object; message: string }[] = [];
  const recorded: Access[] = [];
  const say = (level: string) => (fields: object, message: string) =>
    void said.push({ level, fields, message });
  const append = async (access: Access) => ({ seq: recorded.push(access), id: "" });
  const ground = {
    policy: resolvePolicy(),
    clock: Date.now,
    logger: { info: say("info"), warn: say("warn"), error: say("error") },
    log: { append },
  } as unknown as Ground;
  return { ground, said, recorded, state: memoryState({ clock: Date.now }) };
}

const planOf = (until: number) => ({ until, isFor: null });

beforeEach(() => void vi.useFakeTimers({ now: START }));
afterEach(() => void vi.useRealTimers());

describe("createObservations", () => {
  it("shouts at start and every hour with what was seen, says the end once, and then no more", async () => {
    const { ground, said, state } = openGround();
    const observations = createObservations(ground, state, null);
    const plan = planOf(START + 3 * HOUR - 1);
    observations.begin(plan, "a route");
    observations.count(ROUTE);
    observations.fail(ROUTE, "unrecorded", new Error("out"));
    await vi.advanceTimersByTimeAsync(5 * HOUR);
    expect(said.map(({ message }) => message)).toEqual([
      expect.stringContaining("DANGEROUS: a route is only observed"),
      expect.stringContaining("left unrecorded"),
      expect.stringContaining("only OBSERVED"),
      expect.stringContaining("only OBSERVED"),
      expect.stringContaining("has ended"),
    ]);
    expect(said[2]?.fields).toMatchObject({
      routes: [{ route: ROUTE, answers: 1, unjudged: 0, unrecorded: 1 }],
    });
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is quiet once it is closed", () => {
    const { ground, state } = openGround();
    const observations = createObservations(ground, state, null);
    observations.begin(planOf(START + DAY), "a route");
    observations.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("tells a fault at once, and of one route once a minute", () => {
    const { ground, said, state } = openGround();
    const observations = createObservations(ground, state, null);
    for (const after of [0, 1, 58_999, 1_000]) {
      vi.setSystemTime(Date.now() + after);
      observations.fail(ROUTE, "unjudged", new Error("broken"));
    }
    expect(said).toHaveLength(2);
    expect(said[1]?.fields).toMatchObject({ unjudged: 4 });
  });

  it.each([
    [START - 1, START + 1, START + 1],
    [START + 1, START - 1, START + 1],
    [START - 1, START - 1, null],
  ])("takes a route's own plan before that of some sellers, while it lasts: %#", (own, sellers, until) => {
    const { ground, state } = openGround();
    const observations = createObservations(ground, state, { until: sellers, isFor: () => true });
    expect(observations.planOf(planOf(own))?.until ?? null).toBe(until);
    observations.close();
  });

  it("observes on while the store is out, until the option's own end", async () => {
    const { ground } = openGround();
    const out = async (): Promise<never> => Promise.reject(stateUnavailable("out"));
    const observations = createObservations(ground, { read: out, write: out, remove: out }, null);
    expect(await observations.endOf(ROUTE, planOf(START + DAY))).toBe(START + DAY);
    vi.setSystemTime(START + DAY);
    expect(await observations.endOf(ROUTE, planOf(START + DAY))).toBeNull();
  });

  it("puts beginning and end of a route on record, once over all nodes", async () => {
    const { ground, recorded, state } = openGround();
    const nodes = [1, 2].map(() => createObservations(ground, state, null));
    await Promise.all(nodes.map((node) => node.endOf(ROUTE, planOf(START + DAY))));
    for (const node of nodes) node.guard(ROUTE);
    await vi.waitFor(() => expect(recorded).toHaveLength(2));
    expect(recorded.map(({ action, detail }) => [action, detail])).toEqual([
      ["change-policy", { observe: ROUTE, until: new Date(START + DAY).toISOString() }],
      ["change-policy", { observe: ROUTE, ended: expect.any(String) }],
    ]);
  });
});

describe("createHistories", () => {
  it("keeps the first observation, and never takes a guarded route back", async () => {
    const state = memoryState({ clock: Date.now });
    const histories = createHistories(state, Date.now);
    expect(await histories.observe(ROUTE)).toEqual({ history: { observedAt: START }, isFirst: true });
    vi.setSystemTime(START + DAY);
    expect(await histories.observe(ROUTE)).toEqual({ history: { observedAt: START }, isFirst: false });
    expect([await histories.guard(ROUTE), await histories.guard(ROUTE)]).toEqual([true, false]);
    const { history, isFirst } = await histories.observe(ROUTE);
    expect([history, isFirst]).toEqual([{ observedAt: START, guardedAt: START + DAY }, false]);
    expect(await histories.guard("GET /guarded")).toBe(false);
    expect(await histories.observe("GET /guarded")).toEqual({
      history: { guardedAt: START + DAY },
      isFirst: false,
    });
  });

  it("takes what it cannot read for guarded", async () => {
    const state = memoryState({ clock: Date.now });
    const histories = createHistories(state, Date.now);
    await histories.observe(ROUTE);
    const broken = { ...state, read: async () => ({ value: "{", version: 1 }) };
    expect((await createHistories(broken, Date.now).observe(ROUTE)).history).toEqual({ guardedAt: 0 });
  });
});
