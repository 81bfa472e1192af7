import { MINUTE, resolvePolicy } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { NOON, someStaff } from "../../test/people.ts";
import { ELSEWHERE, HERE } from "../../test/sessions.ts";
import { makeSessionId } from "./id.ts";
import { readLogin } from "./login.ts";
import { moveTo, startOrigins } from "./origin.ts";
import { decideRaise, decideTouch } from "./raise.ts";
import { type SessionRecord, toSession } from "./record.ts";
import { EMPTY_ROSTER, type Roster } from "./roster.ts";

const policy = resolvePolicy();
const login = readLogin(someStaff());
const listed: Roster = {
  ...EMPTY_ROSTER,
  sessions: [{ key: login.key, authenticatedAt: NOON, openedAt: NOON }],
};
const record: SessionRecord = {
  ...startOrigins(HERE),
  idHash: makeSessionId().idHash,
  sellerId: login.worker.sellerId,
  authenticatedAt: NOON,
  openedAt: NOON,
  lastActivityAt: NOON,
  secondFactor: null,
  suspectedAt: null,
  ended: null,
};
const session = toSession(login.worker, record, NOON);

/** What no proof raises and no deed extends. */
const dead: readonly (readonly [string, SessionRecord | undefined, number])[] = [
  ["that is gone", undefined, NOON],
  ["that has ended", { ...record, ended: "log-out" }, NOON],
  ["whose id was replaced", { ...record, idHash: makeSessionId().idHash }, NOON],
  ["that has idled", record, NOON + 30 * MINUTE],
];

describe("decideRaise", () => {
  const raise = (stored: SessionRecord | undefined, at = NOON + 1, roster = listed, from = session) =>
    decideRaise({ record: stored, roster }, login, from, { ...proof, at }, policy).record;
  const proof = { ...makeSessionId(), method: "totp" } as const;

  it("[S1 V7.2.4] stores the proof under a new id", () => {
    expect(raise(record)).toEqual({
      ...record,
      idHash: proof.idHash,
      lastActivityAt: NOON + 1,
      secondFactor: { method: "totp", at: NOON + 1 },
    });
  });

  it.each(dead)("[S3 S4] raises nothing %s", (_, stored, at) => {
    expect(raise(stored, at)).toBeNull();
  });

  it("[S3 V7.4.2] raises nothing that does not stand in the roster any more", () => {
    expect(raise(record, NOON, EMPTY_ROSTER)).toBeNull();
  });

  it("[S7] has nothing due where it was proved, though a node ahead noticed the move", () => {
    const moved = { ...record, ...moveTo(record, ELSEWHERE, NOON + 90_000) };
    const there = toSession(login.worker, moved, NOON);
    const raised = raise(moved, NOON + 1, listed, there);
    expect(raised).toMatchObject({ device: "phone", deviceSince: null, networks: [{ since: null }, {}] });
  });
});

describe("decideTouch", () => {
  const touch = (stored: SessionRecord | undefined, now: number) =>
    decideTouch({ record: stored, roster: listed }, session, now, policy).record;

  it("moves the idle end, and only ever later", () => {
    expect(touch(record, NOON + 5_000)).toEqual({ ...record, lastActivityAt: NOON + 5_000 });
    expect(touch(record, NOON - 1)).toBeNull();
  });

  it("is not stored for a deed within five seconds of the last that was", () => {
    expect(touch(record, NOON + 4_999)).toBeNull();
  });

  it.each(dead)("[S3] moves nothing of one %s", (_, stored, now) => {
    expect(touch(stored, now + 5_000)).toBeNull();
  });

  it("moves no session back that is on another device by now", () => {
    const moved = { ...record, ...moveTo(record, ELSEWHERE, NOON) };
    expect(touch(moved, NOON + 5_000)).toEqual({ ...moved, lastActivityAt: NOON + 5_000 });
  });
});
