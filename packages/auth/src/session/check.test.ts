import { HOUR, MINUTE, type Reason, resolvePolicy } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { NOON, someStaff } from "../../test/people.ts";
import { ELSEWHERE, HERE } from "../../test/sessions.ts";
import { decideCheck, decideRecheck, decideRecheckAnswer } from "./check.ts";
import { makeSessionId } from "./id.ts";
import { makeLogin, nameRoles, readLogin } from "./login.ts";
import { startOrigins } from "./origin.ts";
import type { CheckFacts } from "./outcome.ts";
import { type SessionRecord, toSession } from "./record.ts";
import { EMPTY_ROSTER, type Roster } from "./roster.ts";
import type { SessionUse } from "./session.ts";

const policy = resolvePolicy();
const worker = someStaff();
const login = readLogin(worker);
const roles = nameRoles(worker);
const listed: Roster = {
  sessions: [{ key: login.key, authenticatedAt: NOON, openedAt: NOON }],
  closedUntil: null,
  roles,
};
const { idHash } = makeSessionId();
const own: SessionRecord = {
  ...startOrigins(HERE),
  idHash,
  sellerId: worker.sellerId,
  authenticatedAt: NOON,
  openedAt: NOON,
  lastActivityAt: NOON,
  secondFactor: null,
  suspectedAt: null,
  ended: null,
};
const proved: SessionRecord = { ...own, secondFactor: { method: "totp", at: NOON } };

function decide(
  record: SessionRecord | undefined,
  now: number,
  more: Partial<CheckFacts> = {},
  roster: Roster = listed,
) {
  const facts: CheckFacts = { login, roles, idHash, use: "activity", origin: HERE, now, ...more };
  return decideCheck({ record, roster }, facts, policy);
}

function loggedInAt(authenticatedAt: number): Partial<CheckFacts> {
  return { login: makeLogin(login.worker, authenticatedAt), idHash: null };
}

describe("decideCheck, with a session stored", () => {
  it.each<[string, SessionRecord, number, SessionUse, "live" | Reason]>([
    ["before the idle end", own, 30 * MINUTE - 1, "activity", "live"],
    ["at the idle end", own, 30 * MINUTE, "activity", "session-idle"],
    ["before the idle end, in the background", own, 30 * MINUTE - 1, "background", "live"],
    ["at the idle end, in the background", own, 30 * MINUTE, "background", "session-idle"],
    ["before the absolute end", busyUntil(12 * HOUR - 1), 12 * HOUR - 1, "activity", "live"],
    ["at the absolute end", busyUntil(12 * HOUR - 1), 12 * HOUR, "activity", "session-absolute"],
  ])(
    "[S2 V7.3.1 V7.3.2 code-2022/idle garim/absolute] judges a request %s",
    (_, record, after, use, expected) => {
      const { answer } = decide(record, NOON + after, { use });
      expect(answer.kind === "refuse" ? answer.reason : answer.kind).toBe(expected);
    },
  );

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

  it("knows for a minute after a proof that a request with the id before it was only overtaken", () => {
    const livesOn = (now: number, presented: string | null, record = proved) => {
      const { answer } = decide(record, now, { idHash: presented });
      return answer.kind === "refuse" && answer.livesOn === true;
    };
    const [provedAt, other] = [proved.secondFactor?.at ?? 0, makeSessionId().idHash];
    expect([provedAt, provedAt + 59_999, provedAt + 60_000].map((now) => livesOn(now, other))).toEqual([
      true,
      true,
      false,
    ]);
    expect(livesOn(provedAt, null)).toBe(true);
    expect(livesOn(provedAt, other, { ...proved, ended: "session-revoked" })).toBe(false);
    expect(livesOn(provedAt, idHash, { ...proved, ended: "session-revoked" })).toBe(false);
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
    const { answer } = decide(undefined, now, loggedInAt(authenticatedAt), EMPTY_ROSTER);
    expect(answer.kind === "refuse" ? answer.reason : answer.kind).toBe(expected);
  });

  it("[S1 V7.2.1 V7.2.2] opens with an id of its own, whatever id came", () => {
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

describe("decideCheck, by the roster", () => {
  it("stores nothing of a log-in that has not joined", () => {
    const outcome = decide(undefined, NOON, {}, EMPTY_ROSTER);
    expect(outcome).toMatchObject({ joins: true, record: null, ended: null });
    expect(decide(undefined, NOON)).toMatchObject({ joins: false, record: { openedAt: NOON } });
  });

  it.each([
    ["up to the moment everything ended", NOON, "log-in-again"],
    ["later", NOON - 1, "live"],
  ] as const)("[S3 V7.4.2] judges a log-in from %s", (_, closedUntil, expected) => {
    const { answer } = decide(undefined, NOON, {}, { ...EMPTY_ROSTER, closedUntil });
    expect(answer.kind === "refuse" ? answer.reason : answer.kind).toBe(expected);
  });

  it("[S3 V7.4.2] refuses a session that does not stand there, whatever its record says", () => {
    const outcome = decide(proved, NOON + 1, {}, EMPTY_ROSTER);
    expect(outcome).toMatchObject({ answer: { reason: "session-revoked" }, record: null, ended: null });
    expect(decide(own, NOON + 1, { idHash: null }, EMPTY_ROSTER).answer).toMatchObject({
      reason: "log-in-again",
    });
  });

  it("[V7.4.2 notice-2026-9/5-2] ends a session whose worker has other roles", () => {
    const other = nameRoles({ ...worker, roles: ["owner"] });
    const ended = { ...proved, ended: "roles-changed" };
    expect(decide(proved, NOON + 1, { roles: other })).toMatchObject({
      answer: { reason: "roles-changed" },
      record: ended,
      ended,
    });
  });
});

describe("decideCheck, for another seller", () => {
  const other = readLogin({ ...worker, sellerId: "seller-2" });
  const there = { login: other };

  it("opens with another id, without the proof, and ends the session before", () => {
    const { answer, record, ended } = decide(proved, NOON + 1, there);
    expect(answer).toMatchObject({ kind: "live", isFirst: true, id: expect.any(String) });
    expect(record).toMatchObject({ sellerId: "seller-2", openedAt: NOON + 1, secondFactor: null });
    expect(record?.idHash).not.toBe(idHash);
    expect(ended).toEqual({ ...proved, ended: "seller-changed" });
  });

  it("has to join the other seller's roster first", () => {
    expect(decide(proved, NOON + 1, there, EMPTY_ROSTER)).toMatchObject({
      joins: true,
      record: null,
      ended: null,
    });
  });

  it.each([
    ["proved by another id", proved, { idHash: null }],
    ["that has ended", { ...own, ended: "log-out" } as const, {}],
  ])("[S1 S4] opens nothing over a session %s", (_, record, more) => {
    expect(decide(record, NOON + 1, { ...there, ...more })).toMatchObject({
      answer: { kind: "refuse", reason: "log-in-again" },
      record: null,
    });
  });

  it("[S2] inherits the idle end where a background request changes the seller", () => {
    const active = { ...own, lastActivityAt: NOON + 20 * MINUTE };
    const { record } = decide(active, NOON + 40 * MINUTE, { ...there, use: "background" });
    expect(record?.lastActivityAt).toBe(NOON + 20 * MINUTE);
  });
});

describe("decideCheck, from elsewhere", () => {
  it("[S4] stores a move at once, also in the background, and tells when it was", () => {
    const { answer, record } = decide(proved, NOON + 10, { origin: ELSEWHERE, use: "background" });
    expect(answer).toMatchObject({ hasMoved: true });
    expect(record).toMatchObject({ device: "phone", deviceSince: NOON + 10, lastActivityAt: NOON });
    expect(answer).toMatchObject({ session: { deviceSince: NOON + 10, networkSince: NOON + 10 } });
  });

  it("[S7] puts a move after the proof, though this node's clock is behind", () => {
    const { record } = decide(proved, NOON - 90_000, { origin: ELSEWHERE });
    expect(record).toMatchObject({ deviceSince: NOON + 1, networks: [{ since: NOON + 1 }, {}] });
  });

  it("stores nothing where the session goes back to a network it knows, and says since when", () => {
    const moved = decide(proved, NOON + 10, { origin: { ...HERE, network: "café" } }).record ?? proved;
    const { answer, record } = decide(moved, NOON + 20);
    expect(record).toBeNull();
    expect(answer).toMatchObject({ hasMoved: false, session: { network: "office", networkSince: null } });
  });
});

describe("decideRecheck", () => {
  const session = toSession(login.worker, proved, NOON);
  const recheck = (record: SessionRecord | undefined, now = NOON, roster = listed) => {
    const decision = decideRecheck({ record, roster }, session, login, now, policy);
    return decision.kind === "refuse" ? decision.reason : decision.kind;
  };

  it.each<[string, SessionRecord | undefined, string]>([
    ["as it is", proved, "allow"],
    ["with another id", { ...proved, idHash: makeSessionId().idHash }, "log-in-again"],
    ["that is gone", undefined, "log-in-again"],
    ["that was signed out", { ...proved, ended: "log-out" }, "log-in-again"],
    ["that was ended by an owner", { ...proved, ended: "session-revoked" }, "session-revoked"],
  ])("[S3 V7.4.1] judges a session %s", (_, record, expected) => {
    expect(recheck(record)).toBe(expected);
  });

  it("[S2 S3] judges it by the clock and by the roster", () => {
    expect(recheck(proved, NOON + 30 * MINUTE - 1)).toBe("allow");
    expect(recheck(proved, NOON + 30 * MINUTE)).toBe("session-idle");
    expect(recheck(busyUntil(12 * HOUR - 1, proved), NOON + 12 * HOUR)).toBe("session-absolute");
    expect(recheck(proved, NOON, EMPTY_ROSTER)).toBe("session-revoked");
  });
});

describe("decideRecheckAnswer", () => {
  const session = toSession(login.worker, own, NOON);
  const moved = { ...proved, idHash: makeSessionId().idHash };
  const recheck = (record: SessionRecord | undefined, now = NOON, roster = listed) => {
    const decision = decideRecheckAnswer({ record, roster }, session, login, now, policy);
    return decision.kind === "refuse" ? decision.reason : decision.kind;
  };

  it.each<[string, SessionRecord | undefined, string]>([
    ["as it is", own, "allow"],
    ["that goes on under the id of a proof", moved, "allow"],
    ["that is gone", undefined, "log-in-again"],
    ["that goes on and was signed out", { ...moved, ended: "log-out" }, "log-in-again"],
    ["that goes on and was ended by an owner", { ...moved, ended: "session-revoked" }, "session-revoked"],
    ["that was opened anew", { ...moved, openedAt: NOON + 1 }, "log-in-again"],
    ["of another seller", { ...moved, sellerId: "S2" }, "log-in-again"],
  ])("[S3 V7.4.1] judges an answer of a session %s", (_, record, expected) => {
    expect(recheck(record)).toBe(expected);
  });

  it("[S2 S3] judges it by the clock and by the roster", () => {
    expect(recheck(moved, NOON + 30 * MINUTE)).toBe("session-idle");
    expect(recheck(moved, NOON, EMPTY_ROSTER)).toBe("session-revoked");
  });
});

function busyUntil(after: number, record: SessionRecord = own): SessionRecord {
  return { ...record, lastActivityAt: NOON + after };
}
