import { subject } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { FILTER_NAMES, type LogFilter, readFilter, readScope, type Scope } from "./filter.ts";
import { readPageRequest } from "./page.ts";
import { byActor, byTool, downloads, everything, rightsHistory, whoSaw } from "./question.ts";

const invalid = (message: RegExp) =>
  expect.objectContaining({ code: "ERR_GARIM_QUERY_INVALID", message: expect.stringMatching(message) });

describe("readFilter", () => {
  it("keeps what is given and leaves out what is not", () => {
    const filter: LogFilter = { subject: subject.buyer("b-1"), actor: "anna", hasPurpose: false, from: 0 };
    expect(readFilter({ ...filter, ip: undefined } as unknown as LogFilter)).toEqual(filter);
    expect(readFilter({})).toEqual({});
  });

  it("brings texts into the form they are stored in, and actions once each", () => {
    expect(readFilter({ actor: "a\0b", actions: ["view", "view"] })).toEqual({
      actor: "a\uFFFDb",
      actions: ["view"],
    });
  });

  it.each([
    [{ acter: "anna" }, /has no "acter"\. Did you mean actor\?.*subject, actor/],
    [{ constructor: 1 }, /has no "constructor"/],
    [{ subject: { type: "buyer", id: "" } }, /subject must be made by subject\.buyer/],
    [{ subject: { type: "person", id: "x" } }, /subject must be/],
    [{ subject: "b-1" }, /subject must be/],
    [{ actor: "" }, /actor must be a text of 1 to 256/],
    [{ actor: "x".repeat(257) }, /actor must be/],
    [{ session: 5 }, /session must be/],
    [{ kind: "stuff" }, /kind must be one of staff.*Did you mean staff\?/],
    [{ actions: [] }, /actions: \["download"\]/],
    [{ actions: "download" }, /a list of at least one/],
    [{ actions: ["downlod"] }, /Did you mean download\?/],
    [{ outcome: "refuse" }, /Did you mean refused\?/],
    [{ hasPurpose: "no" }, /true or false/],
    [{ from: -1 }, /from must be a moment.*Date\.parse/],
    [{ from: 1.5 }, /from must be/],
    [{ to: Number.NaN }, /to must be/],
    [{ to: 8.64e15 + 1 }, /to must be/],
    [{ from: 5, to: 5 }, /from must be before its to/],
    [null, /must be an object/],
    [[], /must be an object/],
  ])("refuses %j and says what to write", (filter, message) => {
    expect(() => readFilter(filter as LogFilter)).toThrow(invalid(message));
  });

  it("never repeats a value", () => {
    for (const name of FILTER_NAMES) {
      const filter = { [name]: ["010-1234-5678"] } as LogFilter;
      expect(() => readFilter(filter)).toThrow(
        expect.not.objectContaining({ message: expect.stringContaining("5678") }),
      );
    }
  });
});

describe("readScope", () => {
  it.each([
    {},
    { seller: "S1" },
    { sellerId: "" },
    { sellerId: null },
    { sellerId: "S1", all: true },
    null,
    "S1",
  ])("refuses %j, for a scope that is misspelt must not be none", (scope) => {
    expect(() => readScope(scope as Scope)).toThrow(invalid(/sellerId/));
  });
});

describe("readPageRequest", () => {
  it.each([
    [{ limit: 0 }, /1 to 1000/],
    [{ limit: 1_001 }, /1 to 1000/],
    [{ before: 0 }, /next of the page before/],
    [{ before: "5" }, /next of the page before/],
    [{ after: 5 }, /has no "after".*before, limit/],
  ])("refuses %j", (page, message) => {
    expect(() => readPageRequest(page as never)).toThrow(invalid(message));
  });
});

describe("a question", () => {
  it("is a filter with a name", () => {
    expect(everything()).toEqual({ verb: "find", filter: {} });
    expect(byTool("t", { seller: "S1" })).toEqual({
      verb: "by-tool",
      filter: { kind: "tool", actor: "t", seller: "S1" },
    });
    expect(downloads({ withoutPurpose: true }).filter).toEqual({ actions: ["download"], hasPurpose: false });
    expect(rightsHistory("anna").filter.person).toBe("anna");
  });

  it("is not narrowed by what it says itself", () => {
    expect(() => byActor("anna", { actor: "ben" })).toThrow(invalid(/by-actor says actor itself/));
    expect(() => whoSaw(subject.buyer("b-1"), { subject: subject.buyer("b-2") })).toThrow(invalid(/subject/));
  });
});
