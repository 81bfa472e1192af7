import { describe, expect, it } from "vitest";
import type { Answered } from "../answered.ts";
import { recipientOf } from "../orders.ts";
import { AnswerObserver } from "./answers.ts";

/** Of seller S0, with the data of order 5 in the clear. */
const page = (more: Partial<Answered> = {}): Answered => ({
  ask: "page",
  node: 0,
  startedAt: 10_000,
  endedAt: 10_020,
  status: 200,
  record: "r-1",
  trace: null,
  retryAfter: null,
  text: JSON.stringify([{ orderNo: "N5", recipient: recipientOf(5) }]),
  seller: "S0",
  session: "session-1",
  ...more,
});
const bulk = (more: Partial<Answered> = {}): Answered =>
  page({ ask: "bulk", seller: null, trace: "t-1", ...more });

function checksAfter(look: (observer: AnswerObserver) => void): readonly string[] {
  const observer = new AnswerObserver();
  look(observer);
  return observer.breaches.map(({ check }) => check);
}

describe("AnswerObserver", () => {
  it("finds nothing wrong with the seller's own order, and holds it for the log", () => {
    const observer = new AnswerObserver();
    observer.take(page());
    expect(observer.breaches).toEqual([]);
    expect(observer.takeHeld()).toEqual([{ record: "r-1", orders: [5] }]);
    expect(observer.takeHeld()).toEqual([]);
  });

  it.each<[string, Partial<Answered>, readonly string[]]>([
    ["clear data without a record's name", { record: null }, ["unrecorded"]],
    [
      "a piece of clear data of a broken answer",
      { record: null, status: null, text: "로 wq5@canary" },
      ["unrecorded"],
    ],
    ["another seller's order", { seller: "S1" }, ["foreign"]],
    ["another seller's order, though masked", { seller: "S1", text: '[{"orderNo":"N5"}]' }, ["foreign"]],
    ["a fault", { status: 500, text: "" }, ["fault"]],
    ["an outage that does not say when to come back", { status: 503, text: "" }, ["fault"]],
    ["a request nobody answered", { endedAt: 40_000 }, ["hung"]],
  ])("finds %s", (_, more, found) => {
    expect(checksAfter((observer) => observer.take(page(more)))).toEqual(found);
  });

  it("takes no name of a record or request for a phone", () => {
    const observer = new AnswerObserver();
    observer.take(bulk({ status: 401, text: '{"trace":"61aba010-9429-4d10-8429-26c4d384eccf"}' }));
    expect(observer.takeHeld()).toEqual([]);
    observer.take(bulk({ text: '{"phone":"010-1005-5678"}' }));
    expect(observer.takeHeld()).toEqual([{ record: "t-1", orders: [5] }]);
  });

  it("takes an outage that says when to come back as what it is", () => {
    expect(
      checksAfter((observer) => observer.take(page({ status: 503, retryAfter: "5", text: "" }))),
    ).toEqual([]);
  });

  it.each<[string, number, readonly string[]]>([
    ["a second after", 11_000, []],
    ["later than a second after", 11_001, ["ended"]],
  ])("finds a confirmed order that is asked for %s", (_, startedAt, found) => {
    const checks = checksAfter((observer) => {
      observer.note({ deed: "confirmed", order: 5, at: 10_000 });
      observer.take(page({ startedAt, endedAt: startedAt + 20 }));
    });
    expect(checks).toEqual(found);
  });

  it.each<[string, number, number, readonly string[]]>([
    ["is asked for a second after", 11_000, 11_020, []],
    ["is asked for later", 11_001, 11_020, ["ended"]],
    ["was asked for before, and comes a second after and what a client takes to look", 9_000, 11_500, []],
    ["was asked for before, and comes later", 9_000, 11_501, ["ended"]],
  ])("finds what a session that was signed out gets where it %s", (_, startedAt, endedAt, found) => {
    const checks = checksAfter((observer) => {
      observer.note({ deed: "signed-out", session: "session-1", at: 10_000 });
      observer.take(page({ startedAt, endedAt }));
    });
    expect(checks).toEqual(found);
  });

  it("finds what a tool gets of a seller that revoked, until it agrees again", () => {
    const observer = new AnswerObserver();
    observer.note({ deed: "revoked", seller: "S0", at: 10_000 });
    observer.take(bulk({ startedAt: 10_900, endedAt: 10_950 }));
    expect(observer.breaches).toEqual([]);
    observer.take(bulk({ startedAt: 11_100, endedAt: 11_150 }));
    expect(observer.breaches.map(({ check }) => check)).toEqual(["ended"]);
    observer.note({ deed: "granted", seller: "S0", at: 15_000 });
    observer.take(bulk({ startedAt: 15_010, endedAt: 15_050 }));
    expect(observer.breaches).toHaveLength(1);
    observer.take(bulk({ startedAt: 14_000, endedAt: 14_050 }));
    expect(observer.breaches).toHaveLength(2);
  });

  it.each(["code", "proof", "link"] as const)(
    "finds a %s that works twice, and none that is refused once",
    (ask) => {
      const observer = new AnswerObserver();
      const used = (status: number): Answered => page({ ask, status, text: "", once: "x", record: "r" });
      observer.take(used(200));
      observer.take(used(401));
      expect(observer.breaches).toEqual([]);
      observer.take(used(200));
      expect(observer.breaches.map(({ check }) => check)).toEqual(["twice"]);
    },
  );
});
