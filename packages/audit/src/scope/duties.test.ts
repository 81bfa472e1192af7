import { findSoftWords, HOUR, NOTICE_CONTENTS, NOTICE_WORDS, resolvePolicy } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { sampleEntry } from "../../test/entry.ts";
import type { BreachScope } from "./breach-scope.ts";
import { draftNotice, draftReport } from "./draft.ts";
import { listScopeDuties, type SaidFacts } from "./duties.ts";
import { ScopeTally } from "./scope-tally.ts";

const policy = resolvePolicy();
const KNOWN = Date.parse("2026-11-22T23:59:59.999+09:00");
const SMALL: SaidFacts = {
  knownAt: KNOWN,
  hasUniqueIds: false,
  hasSensitive: false,
  isOutsideAccess: false,
  isIntrusion: false,
  lacksContacts: false,
};

function scopeOf(people: number, more: Partial<BreachScope> = {}): BreachScope {
  const tally = new ScopeTally({ key: "k" });
  tally.add(sampleEntry(1, 2));
  return { ...tally.report(), people: { least: people, most: people }, ...more };
}

describe("listScopeDuties", () => {
  it("[pipa/34-1] runs 72 h from knowing, to the millisecond, in Korean time too", () => {
    const list = (now: number) => listScopeDuties(scopeOf(999), SMALL, now, policy);
    expect(list(KNOWN)).toMatchObject([
      {
        step: "notify",
        startsAt: KNOWN,
        startsAtKorea: "2026-11-22T23:59:59.999+09:00",
        dueAt: KNOWN + 72 * HOUR,
        dueAtKorea: "2026-11-25T23:59:59.999+09:00",
        isOverdue: false,
      },
    ]);
    expect(list(KNOWN + 72 * HOUR)[0]?.isOverdue).toBe(false);
    expect(list(KNOWN + 72 * HOUR + 1)[0]?.isOverdue).toBe(true);
  });

  it.each<[string, BreachScope, Partial<SaidFacts>, readonly string[]]>([
    ["999 people are told alone", scopeOf(999), {}, ["notify"]],
    ["1,000 are reported", scopeOf(1_000), {}, ["notify", "report"]],
    [
      "where they may be 1,000, they are",
      scopeOf(0, { people: { least: 500, most: 1_000 } }),
      {},
      ["notify", "report"],
    ],
    ["where not all were counted, nobody knows", scopeOf(1, { isWhole: false }), {}, ["notify", "report"]],
    ["access from outside is reported", scopeOf(1), { isOutsideAccess: true }, ["notify", "report"]],
    ["an intrusion is reported in 24 h", scopeOf(1), { isIntrusion: true }, ["notify", "reportIntrusion"]],
  ])("[pipa-decree/40] %s", (_, scope, said, steps) => {
    const duties = listScopeDuties(scope, { ...SMALL, ...said }, KNOWN, policy);
    expect(duties.map(({ step }) => step)).toEqual(steps);
    const intrusion = duties.find(({ step }) => step === "reportIntrusion");
    if (intrusion !== undefined) expect(intrusion.dueAt).toBe(KNOWN + 24 * HOUR);
  });

  it("takes what nobody says for the worse case", () => {
    expect(listScopeDuties(scopeOf(1), { knownAt: KNOWN }, KNOWN, policy).map(({ step }) => step)).toEqual([
      "notify",
      "report",
      "reportIntrusion",
      "post",
    ]);
  });

  it("refuses a moment that is none", () => {
    expect(() => listScopeDuties(scopeOf(1), { knownAt: Number.NaN }, KNOWN, policy)).toThrow(/knownAt/);
  });
});

describe("drafts of the notice and of the report", () => {
  const scope = scopeOf(1_500);
  const duties = listScopeDuties(scope, SMALL, KNOWN, policy);
  const all = Object.fromEntries(NOTICE_CONTENTS.map((content) => [content, `written: ${content}`]));

  for (const language of ["ko", "en"] as const)
    for (const draft of [draftNotice, draftReport]) {
      it(`${draft.name} in ${language} has the seven contents in order, and marks what nobody knows`, () => {
        const { text, missing, softWords } = draft({ scope, duties }, language);
        const places = NOTICE_CONTENTS.map((content, i) =>
          text.indexOf(`${i + 1}. ${NOTICE_WORDS[content][language]}`),
        );
        expect(places).not.toContain(-1);
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        expect(missing).toEqual(NOTICE_CONTENTS.filter((content) => content !== "items"));
        expect(text).toMatch(language === "ko" ? /1차\(일부\).*【확인 필요】/s : /partial.*\[TO FILL IN\]/s);
        expect(softWords).toEqual([]);
        if (language === "ko") expect(text).toContain("유출");
      });

      it(`${draft.name} in ${language} is whole, without a mark, once everything is written`, () => {
        const facts = { scope, duties, company: "가림마켓", contents: all };
        const { text, missing } = draft(facts, language);
        expect(missing).toEqual([]);
        expect(text).not.toMatch(/확인 필요|TO FILL IN|일부|partial/);
        for (const one of Object.values(all)) expect(text).toContain(one);
      });
    }

  it("[garim/wording] name a word that plays the leak down", () => {
    const { softWords } = draftNotice({ scope, duties, contents: { response: "정보 노출에 대해" } }, "ko");
    expect(softWords).toEqual(findSoftWords("노출"));
  });

  it("tell subjects nothing of keys and staff, and the report how many and until when", () => {
    const notice = draftNotice({ scope, duties }, "ko").text;
    expect(notice).not.toMatch(/staff-17|seller-3|203\.0\.113/);
    const report = draftReport({ scope, duties }, "ko").text;
    expect(report).toContain("1,500명");
    expect(report).toContain("기한 2026년 11월 25일 23:59");
  });

  it("say names and moments as people do", () => {
    const facts = { scope, duties, company: "가림마켓", contents: {} };
    expect(draftNotice(facts, "ko").text).toContain("가림마켓은 귀하의");
    expect(draftNotice({ ...facts, company: "우리가게" }, "ko").text).toContain("우리가게는 귀하의");
    expect(draftReport(facts, "en").text).toContain("until 25 November 2026, 23:59 KST");
    for (const draft of [draftNotice, draftReport])
      for (const language of ["ko", "en"] as const)
        expect(draft(facts, language).text).not.toMatch(/\dT\d\d:|\+09:00/);
  });

  it("count an empty or unwhole scope as not knowing the items", () => {
    const empty = new ScopeTally({ key: "k" }).report();
    expect(draftNotice({ scope: empty, duties }, "en").missing).toContain("items");
    expect(draftReport({ scope: scopeOf(1, { isWhole: false }), duties }, "ko").missing).toContain("items");
  });
});
