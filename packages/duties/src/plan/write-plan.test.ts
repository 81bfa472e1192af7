import { type Policy, resolvePolicy, SOURCES } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { findInForceSince } from "./in-force.ts";
import { PLAN_SECTIONS } from "./plan-sections.ts";
import { writePlan } from "./write-plan.ts";

const policy = resolvePolicy();
const FACTS = { company: "가림마켓", madeAt: Date.parse("2026-11-22T12:00:00+09:00") };

/** A policy that remembers which of its numbers were asked for. */
function watched(asked: Set<string>): Policy {
  return new Proxy(policy, {
    get(target, name, receiver) {
      asked.add(String(name));
      return Reflect.get(target, name, receiver);
    },
  });
}

describe("writePlan", () => {
  it("says every number of the policy", () => {
    const asked = new Set<string>();
    for (const { say } of PLAN_SECTIONS) say(watched(asked));
    expect(Object.keys(policy.edition.numbers).filter((name) => !asked.has(name))).toEqual([]);
  });

  it("names every source of law and code that a number of the policy has", () => {
    const named = new Set(PLAN_SECTIONS.flatMap(({ sources }) => sources as readonly string[]));
    const wanted = Object.values(policy.edition.numbers).map(({ source }) => source);
    expect(
      wanted.filter(
        (source) => SOURCES[source].basis !== "ours" && !named.has(source) && source !== "notice-2026-9/5-2",
      ),
    ).toEqual([]);
  });

  it("says what is in force, with where it comes from and what is ours", () => {
    const strict = resolvePolicy({ idleMinutes: 7, educationCondition: 1, publicationCondition: 1 });
    const page = writePlan(strict, FACTS);
    expect(page).toContain("7분 동안 쓰지 않거나");
    expect(page).toContain("idleMinutes = 7, educationCondition = 1, publicationCondition = 1");
    expect(page).toContain("기한이 지난 교육이 있으면 구매자 정보를 볼 수 없습니다.");
    expect(page).toMatch(/근거: .*제6조 제4항.*\[notice-2026-9\/6-4, 법령, 2026-07-01 시행\]/);
    expect(page).toContain("당사 기준인 숫자: idleMinutes");
    expect(writePlan(policy, FACTS)).toContain("교육의 기한이 지나면 알리고 기록합니다.");
  });

  it("says since when it is in force, and since when what it goes by is", () => {
    const inForceSince = Date.parse("2026-11-02T09:00:00+09:00");
    expect(writePlan(policy, { ...FACTS, inForceSince })).toMatch(/적용일시<.{0,40}11.{1,3}2/s);
    const unknown = writePlan(policy, FACTS);
    expect(unknown).toMatch(/적용일시.{0,60}확인하지 못함/s);
    expect(unknown).toContain("[pipa/17, 법령, 2026-09-11 시행]");
    expect(unknown).toContain("[garim/elevation, 당사 기준]");
  });

  it("says of what the host has to switch on whether it did, or that nobody can tell", () => {
    const on = writePlan(policy, { ...FACTS, isOn: { watch: true, duties: true } });
    const off = writePlan(policy, { ...FACTS, isOn: { watch: false, duties: true } });
    const count = (page: string, text: string): number => page.split(text).length - 1;
    expect([on, off].map((page) => count(page, "켜지 않았습니다"))).toEqual([0, 1]);
    expect(count(writePlan(policy, FACTS), "애플리케이션에서 켠 경우")).toBe(4);
  });

  it("takes a company's name as text", () => {
    expect(writePlan(policy, { ...FACTS, company: "<b>가림</b>" })).toContain("&lt;b&gt;가림&lt;/b&gt;");
  });
});

describe("findInForceSince", () => {
  const recorded = (overrides: Readonly<Record<string, number>>) => ({
    find: async () => ({
      entries: [{ access: { at: 7, policy: { edition: policy.edition.id, overrides } } }],
    }),
  });

  it("takes the record of the last change, where it is of this configuration", async () => {
    const strict = resolvePolicy({ idleMinutes: 7 });
    expect(await findInForceSince(recorded({ idleMinutes: 7 }) as never, strict)).toBe(7);
    expect(await findInForceSince(recorded({ idleMinutes: 8 }) as never, strict)).toBeNull();
    expect(await findInForceSince(recorded({}) as never, strict)).toBeNull();
    expect(await findInForceSince(recorded({ idleMinutes: 7 }) as never, policy)).toBeNull();
    expect(await findInForceSince({ find: async () => ({ entries: [] }) } as never, policy)).toBeNull();
  });
});
