import { describe, expect, it } from "vitest";
import { type BreachFacts, type BreachStep, listBreachDuties } from "./breach.ts";
import { DAY, HOUR } from "./moment.ts";
import { resolvePolicy } from "./policy.ts";

const policy = resolvePolicy();
const KNOWN = Date.parse("2026-11-22T23:59:59.999+09:00");
const small: BreachFacts = {
  knownAt: KNOWN,
  isPossibleOnly: false,
  subjects: 999,
  hasUniqueIds: false,
  hasSensitive: false,
  isOutsideAccess: false,
  isIntrusion: false,
  lacksContacts: false,
  doneAt: {},
};
const list = (facts: Partial<BreachFacts>, now = KNOWN) =>
  listBreachDuties({ ...small, ...facts }, now, policy);
const steps = (facts: Partial<BreachFacts>) => list(facts).map((duty) => duty.step);

describe("listBreachDuties", () => {
  it("[pipa/34-1 pipa-decree/39] gives 72 h from knowing to tell each data subject", () => {
    expect(list({})).toEqual([
      {
        kind: "duty",
        step: "notify",
        reason: "breach-notify",
        source: "pipa/34-1",
        dueAt: KNOWN + 72 * HOUR,
        isOverdue: false,
        doneAt: null,
        staysUntil: null,
      },
    ]);
    expect(list({}, KNOWN + 72 * HOUR)[0]?.isOverdue).toBe(false);
    expect(list({}, KNOWN + 72 * HOUR + 1)[0]?.isOverdue).toBe(true);
  });

  it.each<[string, Partial<BreachFacts>]>([
    ["of 1,000 data subjects", { subjects: 1_000 }],
    ["of a number nobody knows yet", { subjects: null }],
    ["of a number below nothing", { subjects: -1 }],
    ["of a number that is none", { subjects: Number.NaN }],
    ["with unique identifiers", { hasUniqueIds: true }],
    ["where unique identifiers are not excluded", { hasUniqueIds: null }],
    ["with sensitive data", { hasSensitive: true }],
    ["where sensitive data is not excluded", { hasSensitive: null }],
    ["with access from outside", { isOutsideAccess: true }],
    ["where access from outside is not excluded", { isOutsideAccess: null }],
  ])("[pipa-decree/40] has a leak reported within 72 h %s", (_, facts) => {
    expect(list(facts)).toMatchObject([{ step: "notify" }, { step: "report", reason: "breach-report" }]);
    expect(list(facts)[1]?.dueAt).toBe(KNOWN + 72 * HOUR);
  });

  it("[pipa-decree/40] has no small one reported", () => {
    expect(steps({})).toEqual(["notify"]);
    expect(steps({ subjects: 0 })).toEqual(["notify"]);
  });

  it.each([true, null])(
    "[network-act/intrusion] has an intrusion (%s) reported within 24 h",
    (isIntrusion) => {
      expect(list({ isIntrusion })[1]).toMatchObject({
        step: "reportIntrusion",
        source: "network-act/intrusion",
        dueAt: KNOWN + 24 * HOUR,
      });
    },
  );

  it.each([true, null])(
    "[pipa-decree/39] has it posted for 30 days where contacts are missing (%s)",
    (lacksContacts) => {
      expect(list({ lacksContacts })[1]).toMatchObject({
        step: "post",
        dueAt: KNOWN + 72 * HOUR,
        staysUntil: null,
      });
      const posted = list({ lacksContacts, doneAt: { post: KNOWN + HOUR } })[1];
      expect(posted?.staysUntil).toBe(KNOWN + HOUR + 30 * DAY);
      expect(list({ doneAt: { notify: KNOWN } })[0]?.staysUntil).toBeNull();
    },
  );

  it("[pipa/34-2] has a possible leak told within 72 h, and nothing reported but an intrusion", () => {
    const possible = { isPossibleOnly: true, subjects: null, lacksContacts: null, isIntrusion: true };
    expect(list(possible)).toMatchObject([
      { step: "notify", reason: "breach-possible", source: "pipa/34-2", dueAt: KNOWN + 72 * HOUR },
      { step: "reportIntrusion" },
    ]);
  });

  it("[garim/closed] takes a leak as certain where nobody says it is not", () => {
    const unknown = undefined as unknown as boolean;
    expect(steps({ isPossibleOnly: unknown, subjects: null })).toEqual(["notify", "report"]);
  });

  it("[pipa-decree/39] keeps in mind what was done, and what was done late", () => {
    const done = (at: number, step: BreachStep = "notify") =>
      list({ doneAt: { [step]: at } }, KNOWN + 99 * DAY)[0];
    expect(done(KNOWN + 72 * HOUR)).toMatchObject({ doneAt: KNOWN + 72 * HOUR, isOverdue: false });
    expect(done(KNOWN + 72 * HOUR + 1)).toMatchObject({ isOverdue: true });
    expect(done(KNOWN, "report")).toMatchObject({ doneAt: null, isOverdue: true });
    expect(done(Number.NaN)).toMatchObject({ isOverdue: true });
  });

  it("[garim/closed] is overdue where nobody can read when it was known", () => {
    expect(list({ knownAt: Number.NaN })[0]).toMatchObject({ isOverdue: true });
    expect(list({ knownAt: Infinity })[0]).toMatchObject({ isOverdue: true });
  });
});
