import { HOUR, MINUTE, type Reason, resolvePolicy } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { NOON, someStaff } from "../../test/people.ts";
import { type CheckFacts, decideCheck } from "./check.ts";
import { makeSessionId } from "./id.ts";
import { readLogin } from "./login.ts";
import type { SessionRecord } from "./record.ts";
import type { SessionUse } from "./session.ts";

const policy = resolvePolicy();
const { idHash } = makeSessionId();
const own: SessionRecord = {
  idHash,
  authenticatedAt: NOON,
  openedAt: NOON,
  lastActivityAt: NOON,
  secondFactor: null,
  ended: null,
};
const proved: SessionRecord = { ...own, secondFactor: { method: "totp", at: NOON } };

function decide(record: SessionRecord | undefined, now: number, more: Partial<CheckFacts> = {}) {
  const login = readLogin(someStaff());
  return decideCheck(record, { login, idHash, use: "activity", now, ...more }, policy);
}

function loggedInAt(authenticatedAt: number): Partial<CheckFacts> {
  return { login: readLogin(someStaff({ authenticatedAt })), idHash: null };
}

describe("decideCheck, with a session stored", () => {
  it.each<[string, SessionRecord, number, SessionUse, "live" | Reason]>([
    ["before the idle end", own, 30 * MINUTE - 1, "activity", "live"],
    ["at the idle end", own, 30 * MINUTE, "activity", "session-idle"],
    ["before the idle end, in the background", own, 30 * MINUTE - 1, "background", "live"],
    ["at the idle end, in the background", own, 30 * MINUTE, "background", "session-idle"],
    ["before the absolute end", busyUntil(12 * HOUR - 1), 12 * HOUR - 1, "activity", "live"],
    ["at the absolute end", busyUntil(12 * HOUR - 1), 12 * HOUR, "activity", "session-absolute"],
  ])("[S2 code-2022/idle garim/absolute] judges a request %s", (_, record, after, use, expected) => {
    const { answer } = decide(record, NOON + after, { use });
    expect(answer.kind === "refuse" ? answer.reason : answer.kind).toBe(expected);
  });

  it("[S2] moves the idle end by activity, every 5 seconds at most, and never by what runs in the background", () => {
    expect(decide(own, NOON + 4_999).record).toBeNull();
    expect(decide(own, NOON + 5_000).record).toEqual({ ...own, lastActivityAt: NOON + 5_000 });
    expect(decide(own, NOON + 29 * MINUTE, { use: "background" }).record).toBeNull();
  });

  it("stores why a session ended, so that it stays ended", () => {
    expect(decide(own, NOON + 30 * MINUTE).record).toEqual({ ...own, ended: "session-idle" });
    expect(decide(own, NOON + 13 * HOUR).record).toEqual({ ...own, ended: "session-absolute" });
  });

  it.each<[string, SessionRecord, string | null, Reason]>([
    ["its own id after it idled", { ...proved, ended: "session-idle" }, idHash, "session-idle"],
    [
      "its own id after its longest time",
      { ...proved, ended: "session-absolute" },
      idHash,
      "session-absolute",
    ],
    ["its own id after the log-out", { ...proved, ended: "log-out" }, idHash, "log-in-again"],
    [
      "another id after it idled",
      { ...proved, ended: "session-idle" },
      makeSessionId().idHash,
      "log-in-again",
    ],
    ["no id after it idled", { ...proved, ended: "session-idle" }, null, "log-in-again"],
    ["no id after the log-out, without a factor", { ...own, ended: "log-out" }, null, "log-in-again"],
    ["no id once a factor is proved", proved, null, "log-in-again"],
    ["another id once a factor is proved", proved, makeSessionId().idHash, "log-in-again"],
  ])("[S1 S3] refuses %s", (_, record, presented, reason) => {
    const outcome = decide(record, NOON + 1, { idHash: presented });
    expect(outcome).toMatchObject({ answer: { kind: "refuse", reason }, record: null });
  });

  it("[S1] gives a new id to the same log-in while no factor is proved, never the one that came", () => {
    const stranger = makeSessionId().idHash;
    const { answer, record } = decide(own, NOON + 1_000, { idHash: stranger });
    expect(answer).toMatchObject({ kind: "live", id: expect.stringMatching(/^[\w-]{43}$/) });
    expect([idHash, stranger]).not.toContain(record?.idHash);
    expect(record).toMatchObject({ openedAt: NOON, lastActivityAt: NOON });
  });

  it("[S2] does not move the idle end by opening again in the background", () => {
    const { record } = decide(own, NOON + 29 * MINUTE, { idHash: null, use: "background" });
    expect(record?.lastActivityAt).toBe(NOON);
  });

  it("[S7] lets a session live on a node whose clock is 90 s behind, and no longer than by that clock", () => {
    expect(decide(own, NOON - 90_000)).toMatchObject({ answer: { kind: "live" }, record: null });
    expect(decide(own, NOON + 30 * MINUTE).answer).toMatchObject({ reason: "session-idle" });
  });

  it("[S7] ends a session when the clock went back further than nodes differ", () => {
    expect(decide(proved, NOON - 120_000).answer).toMatchObject({ kind: "live" });
    expect(decide(proved, NOON - 120_001).answer).toMatchObject({ reason: "session-idle" });
  });

  it("[S7] counts the absolute end from the opening where the log-in claims to be later", () => {
    const ahead = { ...busyUntil(12 * HOUR), authenticatedAt: NOON + 60_000 };
    expect(decide(ahead, NOON + 12 * HOUR - 1).answer).toMatchObject({ kind: "live" });
    expect(decide(ahead, NOON + 12 * HOUR).answer).toMatchObject({ reason: "session-absolute" });
  });
});

describe("decideCheck, with nothing stored", () => {
  it.each<[string, number, number, "live" | Reason]>([
    ["just made", NOON, NOON, "live"],
    ["in the last millisecond of the longest session", NOON, NOON + 12 * HOUR - 1, "live"],
    ["at the end of the longest session", NOON, NOON + 12 * HOUR, "session-absolute"],
    ["60 s in the future", NOON + 60_000, NOON, "live"],
    ["further in the future", NOON + 60_001, NOON, "log-in-again"],
  ])("judges a log-in %s", (_, authenticatedAt, now, expected) => {
    const { answer } = decide(undefined, now, loggedInAt(authenticatedAt));
    expect(answer.kind === "refuse" ? answer.reason : answer.kind).toBe(expected);
  });

  it("[S1] opens with an id of its own, whatever id came", () => {
    const { answer, record } = decide(undefined, NOON);
    expect(answer).toMatchObject({ kind: "live", id: expect.stringMatching(/^[\w-]{43}$/) });
    expect(record?.idHash).not.toBe(idHash);
  });

  it("[S2] counts the idle time from the log-in where only polling opens it", () => {
    const opened = decide(undefined, NOON + 10 * MINUTE, { use: "background" });
    expect(opened.record?.lastActivityAt).toBe(NOON);
    const late = decide(undefined, NOON + 30 * MINUTE, { use: "background" });
    expect(late).toMatchObject({ answer: { reason: "session-idle" }, record: null });
  });
});

function busyUntil(after: number): SessionRecord {
  return { ...own, lastActivityAt: NOON + after };
}
