import { describe, expect, it } from "vitest";
import { NOON } from "../../test/people.ts";
import { endPrompts, isLive, messageOf, promptOf, putPrompt, startPrompt } from "./prompt.ts";
import { type AccountRecord, NO_ACCOUNT } from "./record.ts";

const place = { session: "one", action: "view" } as const;
const other = { session: "other", action: "view" } as const;
const tried = { ...startPrompt(place, NOON), failures: 3 };

describe("isLive", () => {
  it.each([
    ["at once", 0, true],
    ["in its last millisecond", 599_999, true],
    ["at its end", 600_000, false],
    ["on a clock as far behind as nodes differ", -120_000, true],
    ["on one further behind", -120_001, false],
    ["on none", Number.NaN, false],
  ])("[S7] judges a challenge %s", (_, age, expected) => {
    expect(isLive({ startedAt: NOON }, NOON + age)).toBe(expected);
  });
});

describe("promptOf", () => {
  it("finds the live challenge of a session and action, and else begins one", () => {
    const record = putPrompt(NO_ACCOUNT, tried, NOON);
    expect(promptOf(record, place, NOON)).toEqual(tried);
    for (const elsewhere of [other, { ...place, action: "manage" } as const])
      expect(promptOf(record, elsewhere, NOON)).toEqual(startPrompt(elsewhere, NOON));
    expect(promptOf(record, place, NOON + 600_000)).toMatchObject({ failures: 0 });
  });
});

describe("putPrompt", () => {
  it("keeps one of each place, and none that is over", () => {
    const both = putPrompt(putPrompt(NO_ACCOUNT, tried, NOON), startPrompt(other, NOON), NOON);
    const again = startPrompt(place, NOON + 1);
    expect(putPrompt(both, again, NOON + 1).prompts).toEqual([startPrompt(other, NOON), again]);
    expect(putPrompt(both, tried, NOON + 600_000).prompts).toEqual([tried]);
  });

  it("[T4] keeps no more than 16, the newest", () => {
    let record: AccountRecord = NO_ACCOUNT;
    for (let i = 0; i < 17; i++)
      record = putPrompt(record, startPrompt({ session: `${i}`, action: "view" }, NOON), NOON);
    expect(record.prompts.map(({ session }) => session)).toEqual(
      Array.from({ length: 16 }, (_, i) => `${i + 1}`),
    );
  });
});

describe("endPrompts", () => {
  it("takes away what one session was asked, and nothing of another's", () => {
    const message = { ...place, channel: "sms", startedAt: NOON, code: "x" };
    const record = {
      ...putPrompt(putPrompt(NO_ACCOUNT, tried, NOON), startPrompt(other, NOON), NOON),
      message,
    };
    expect(endPrompts(record, "one")).toMatchObject({ prompts: [other], message: null });
    expect(endPrompts(record, "other")).toMatchObject({ prompts: [place], message });
    expect(messageOf(record, other, NOON)).toBeUndefined();
    expect(messageOf(record, place, NOON)).toBe(message);
  });
});
