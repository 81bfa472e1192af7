import { PGlite } from "@electric-sql/pglite";
import type { Access } from "@garim/audit";
import { addMonths, DAY, resolvePolicy, SOURCES } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handFollower, KEEPER, NOON } from "../../test/keeping.ts";
import type { FiledAnswer, SelfCheck, SelfCheckFacts } from "../index.ts";
import { checkSelf, createSelfCheck, writeSelfCheck } from "../index.ts";
import { QUESTIONS } from "./questions.ts";

const GOOD: SelfCheckFacts = {
  sellerId: null,
  now: NOON,
  policy: resolvePolicy(),
  isOn: { enforced: true, watch: true, checkpoints: true, allowList: true },
  flows: { filed: 2, incomplete: 0 },
  education: { people: 3, overdue: 0, courses: 1 },
  isPolicyPublished: null,
  requestsOverdue: 0,
  kept: { schedules: 1, overdue: 0 },
  reviewedAt: NOON - DAY,
  loggedSince: NOON - 90 * DAY,
  spareRoles: null,
  shared: { people: 0, lastAt: null },
  undestroyed: 0,
  outsourced: { filed: 1, unsupervised: 0, late: 0 },
};
const SELLER: SelfCheckFacts = {
  ...GOOD,
  sellerId: "S1",
  isPolicyPublished: true,
  kept: null,
  spareRoles: 0,
};
const said = (question: string, more: Partial<FiledAnswer> = {}): FiledAnswer => ({
  ...{
    sellerId: null,
    question,
    answer: "yes",
    note: "대표가 맡음",
    answeredAt: NOON,
    answeredBy: "operator lee",
  },
  ...more,
});
const stateOf = (id: string, facts: SelfCheckFacts, answers: readonly FiledAnswer[] = []) =>
  checkSelf(facts, answers).entries.find((entry) => entry.id === id)?.state;

describe("QUESTIONS", () => {
  it("have an id each, words in both languages and what to do next, and sources there are", () => {
    expect(new Set(QUESTIONS.map(({ id }) => id)).size).toBe(QUESTIONS.length);
    for (const { question, next, sources } of QUESTIONS) {
      for (const { ko, en } of [question, next]) {
        expect(ko).toMatch(/[가-힣]/);
        expect(en).toMatch(/^[\x20-\x7e]+$/);
      }
      expect(sources.filter((id) => !Object.hasOwn(SOURCES, id))).toEqual([]);
    }
  });
});

describe("checkSelf", () => {
  it("answers by itself what is known, and leaves open what only a person knows", () => {
    const { entries, counts } = checkSelf(GOOD, []);
    expect(
      entries.filter(({ isKnown }) => isKnown).every(({ state, next }) => state === "yes" && next === null),
    ).toBe(true);
    expect(counts.no).toBe(0);
    expect(counts.open).toBe(entries.filter(({ isKnown }) => !isKnown).length);
    expect(entries.filter(({ state }) => state === "open").every(({ next }) => next !== null)).toBe(true);
  });

  it.each<[string, Partial<SelfCheckFacts>]>([
    ["second-factor", { isOn: { ...GOOD.isOn, enforced: false } }],
    ["masking", { isOn: { ...GOOD.isOn, enforced: false } }],
    ["record", { isOn: { ...GOOD.isOn, enforced: false } }],
    ["detection", { isOn: { ...GOOD.isOn, watch: false } }],
    ["sealed", { isOn: { ...GOOD.isOn, checkpoints: false } }],
    ["addresses", { isOn: { ...GOOD.isOn, allowList: false } }],
    ["flows", { flows: { filed: 2, incomplete: 1 } }],
    ["flows", { flows: { filed: 0, incomplete: 0 } }],
    ["education", { education: { people: 3, overdue: 1, courses: 1 } }],
    ["education", { education: { people: 0, overdue: 0, courses: 0 } }],
    ["requests", { requestsOverdue: 1 }],
    ["kept-apart", { kept: { schedules: 1, overdue: 2 } }],
    ["own-accounts", { shared: { people: 1, lastAt: NOON - DAY } }],
    ["copies", { undestroyed: 1 }],
    ["supervision", { outsourced: { filed: 1, unsupervised: 1, late: 0 } }],
    ["supervision", { outsourced: { filed: 1, unsupervised: 0, late: 7 } }],
    ["reviewed", { reviewedAt: null }],
    ["reviewed", { reviewedAt: addMonths(NOON, -1) - 1 }],
  ])("says no to %s where %j, and what to do", (id, more) => {
    const entry = checkSelf({ ...GOOD, ...more }, []).entries.find((one) => one.id === id);
    expect(entry).toMatchObject({
      state: "no",
      isKnown: true,
      because: { ko: expect.any(String) },
      next: { ko: expect.any(String) },
    });
  });

  it("says of a seller what is the seller's, and asks none of the marketplace's questions", () => {
    expect(stateOf("least-privilege", { ...SELLER, spareRoles: 2 })).toBe("no");
    expect(stateOf("privacy-policy", { ...SELLER, isPolicyPublished: false })).toBe("no");
    expect(stateOf("sealed", SELLER)).toBeUndefined();
    expect(stateOf("least-privilege", GOOD)).toBe("open");
    expect([stateOf("kept-apart", GOOD), stateOf("kept-apart", SELLER)]).toEqual(["yes", "open"]);
  });

  it("leaves open what cannot be seen from here", () => {
    const isOn = { enforced: null, watch: null, checkpoints: null, allowList: null };
    for (const id of ["second-factor", "detection", "sealed", "addresses"])
      expect(stateOf(id, { ...GOOD, isOn })).toBe("open");
  });

  it("takes a person's word for a year, and none against what is known", () => {
    expect(stateOf("officer", GOOD, [said("officer")])).toBe("yes");
    expect(stateOf("officer", GOOD, [said("officer", { answer: "no" })])).toBe("no");
    const old = said("officer", { answeredAt: addMonths(NOON, -12) });
    expect(stateOf("officer", GOOD, [old])).toBe("open");
    expect(stateOf("officer", { ...GOOD, now: NOON - 1 }, [old])).toBe("yes");
    expect(stateOf("requests", { ...GOOD, requestsOverdue: 1 }, [said("requests")])).toBe("no");
  });

  it("takes a person's word after a sign in the log, and none from before it", () => {
    const signs = { ...GOOD, shared: { people: 1, lastAt: NOON - DAY } };
    expect(stateOf("own-accounts", signs, [said("own-accounts", { answeredAt: NOON - DAY })])).toBe("no");
    expect(stateOf("own-accounts", signs, [said("own-accounts", { answeredAt: NOON - DAY + 1 })])).toBe(
      "yes",
    );
    // No sign proves nothing.
    for (const id of ["own-accounts", "copies", "supervision"]) expect(stateOf(id, GOOD)).toBe("open");
  });
});

describe("writeSelfCheck", () => {
  it("is a page in Korean with what to do next first, each answer with what shows it, names as text", () => {
    const report = checkSelf({ ...GOOD, requestsOverdue: 3 }, [said("officer", { note: "<b>대표</b>" })]);
    const page = writeSelfCheck(report, "<i>가림</i>");
    expect(page).toContain('<html lang="ko">');
    expect(page).toContain("&lt;i&gt;가림&lt;/i&gt;");
    expect(page).toContain("&lt;b&gt;대표&lt;/b&gt; (operator lee, 2026-11-22)");
    expect(page.indexOf("garim duties requests --open에 나온 요구에 답하세요")).toBeLessThan(
      page.indexOf("2. 모든 질문"),
    );
    expect(page).toContain(`예 ${report.counts.yes}, 아니요 1, 확인 필요 ${report.counts.open}`);
    expect(page).toContain("자동 확인: 기한 지난 요구 3건");
  });
});

describe("createSelfCheck", () => {
  let database: PGlite;
  let selfCheck: SelfCheck;
  const accesses: Access[] = [];

  beforeAll(async () => {
    database = await PGlite.create();
    const append = async (access: Access) => {
      accesses.push(access);
      return { seq: 1, id: "x" };
    };
    const options = { database, follower: handFollower(), append, policy: GOOD.policy, clock: () => NOON };
    selfCheck = await createSelfCheck(options);
  }, 60_000);
  afterAll(() => database.close());

  it("keeps the newest answer of each seller and question, on record with who said so", async () => {
    const given = { sellerId: "S1", question: "officer", answer: "no", note: "아직 없음" } as const;
    await selfCheck.answer(given, KEEPER);
    await selfCheck.answer({ ...given, answer: "yes", note: "대표" }, KEEPER);
    expect(selfCheck.answers("S1")).toMatchObject([
      { answer: "yes", note: "대표", answeredBy: "operator lee" },
    ]);
    expect(selfCheck.answers(null)).toEqual([]);
    expect(accesses.map(({ action, detail }) => [action, detail?.["answer"], detail?.["seller"]])).toEqual([
      ["answer-self-check", "no", "S1"],
      ["answer-self-check", "yes", "S1"],
    ]);
  });

  it.each<[string, object]>([
    ["question", { question: "none" }],
    ["question", { question: "sealed" }],
    ["answer", { answer: "maybe" }],
    ["note", { note: " " }],
    ["note", { note: "두\n줄" }],
    ["sellerId", { sellerId: "" }],
  ])("takes no half-filled answer, naming %s", async (member, more) => {
    const given = { sellerId: "S1", question: "officer", answer: "yes", note: "대표", ...more };
    await expect(selfCheck.answer(given as never, KEEPER)).rejects.toThrow(member);
  });
});
