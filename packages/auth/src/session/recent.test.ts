import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { HOUR, MINUTE, resolvePolicy, type StaffIdentity } from "@garim/policy";
import { describe, expect, it, vi } from "vitest";
import { NOON, someStaff } from "../../test/people.ts";
import { HERE } from "../../test/sessions.ts";
import type { SessionRead } from "./cache.ts";
import { makeSessionId } from "./id.ts";
import { readLogin } from "./login.ts";
import { createRecentAnswers, type Question } from "./recent.ts";
import { EMPTY_ROSTER } from "./roster.ts";
import type { Live, Session } from "./session.ts";

const kim: StaffIdentity = { ...someStaff(), roles: ["owner", "shipper"] };
const { id } = makeSessionId();
const asked: Question = { id, identity: kim, use: "background", from: HERE };

function start({
  now = NOON,
  use = asked.use,
  ...changed
}: Partial<Session> & { now?: number; use?: Question["use"] } = {}) {
  const session = {
    authenticatedAt: NOON - HOUR,
    openedAt: NOON - HOUR,
    lastActivityAt: NOON - MINUTE,
    secondFactor: { method: "totp", at: NOON - HOUR },
    ...changed,
  } as Session;
  const answer: Live = { kind: "live", session, id: null, isFirst: false, hasMoved: false };
  const read: SessionRead = {
    startedAt: now,
    login: readLogin(kim),
    stored: new Promise(() => undefined),
    answers: new Map(),
    isDropped: false,
    isUsed: false,
  };
  const recent = createRecentAnswers(resolvePolicy());
  recent.keep({ ...asked, use }, answer, read, now);
  return { recent, answer, read, question: { ...asked, use } };
}

describe("recent answers", () => {
  it("are given again to who says the same, in objects of their own", () => {
    const { recent, answer } = start();
    const alike = { ...asked, identity: { ...kim, roles: [...kim.roles] }, from: { ...HERE } };
    expect(recent.find(alike, NOON)).toBe(answer);
    expect(recent.find(alike, NOON + 999)).toBe(answer);
  });

  it.each<[string, Partial<Question>]>([
    ["[S1] another id", { id: makeSessionId().id }],
    ["[S1] no id", { id: null }],
    ["another person", { identity: { ...kim, staffId: "lee" } }],
    ["[B1] another seller", { identity: { ...kim, sellerId: "seller-2" } }],
    ["another log-in", { identity: { ...kim, authenticatedAt: kim.authenticatedAt + 1 } }],
    ["[V7.4.2] fewer roles", { identity: { ...kim, roles: ["owner"] } }],
    ["[V7.4.2] other roles", { identity: { ...kim, roles: ["owner", "claims"] } }],
    ["roles nobody can read", { identity: { ...kim, roles: "owner" as unknown as readonly string[] } }],
    [
      "another kind",
      {
        identity: { kind: "operator", operatorId: String(kim.staffId), authenticatedAt: kim.authenticatedAt },
      },
    ],
    ["[S4] another device", { from: { ...HERE, device: "phone" } }],
    ["[S4] another network", { from: { ...HERE, network: "café" } }],
    ["a deed", { use: "activity" }],
  ])("are not given to %s", (_, other) => {
    expect(start().recent.find({ ...asked, ...other }, NOON)).toBeUndefined();
  });

  it("[V7.4.2] see a list of roles that the host has changed in place", () => {
    const roles = ["owner"];
    const { recent } = start();
    const mine = { ...asked, identity: { ...kim, roles } };
    recent.keep(mine, start().answer, start().read, NOON);
    roles.push("downloader");
    expect(recent.find(mine, NOON)).toBeUndefined();
  });

  it.each([
    ["[S3] whose read was dropped", true, 0],
    ["[S3] whose read is a second old", false, 1_000],
    ["[S7] when the clock went back", false, -1],
  ] as const)("are not given %s", (_, isDropped, after) => {
    const { recent, read } = start();
    read.isDropped = isDropped;
    expect(recent.find(asked, NOON + after)).toBeUndefined();
  });

  it.each<[string, Parameters<typeof start>[0], number]>([
    ["[S2] its idle end", { lastActivityAt: NOON - 30 * MINUTE + 10 }, 10],
    ["[S2] its absolute end", { authenticatedAt: NOON - 12 * HOUR + 10 }, 10],
    [
      "[S2] the moment its activity is due to be stored",
      { lastActivityAt: NOON - 4_990, use: "activity" },
      10,
    ],
  ])("end with %s", (_, session, after) => {
    const { recent, answer, question } = start(session);
    expect(recent.find(question, NOON + after - 1)).toBe(answer);
    expect(recent.find(question, NOON + after)).toBeUndefined();
  });

  it.each<[string, Partial<Session>]>([
    ["activity", { lastActivityAt: NOON + 1 }],
    ["a log-in", { authenticatedAt: NOON + 1 }],
    ["an opening", { openedAt: NOON + 1 }],
    ["a proof", { secondFactor: { method: "totp", at: NOON + 1 } }],
  ])("[S7] are not kept where another node's clock put %s into the future", (_, session) => {
    expect(start(session).recent.find(asked, NOON)).toBeUndefined();
  });
});

describe("recent answers of many sessions", () => {
  it("are held for about a second, not for the last ten thousand sessions", async () => {
    const { recent, answer } = start();
    const reads = Array.from({ length: 12_000 }, (_, i) => {
      const now = NOON + i;
      const read: SessionRead = {
        startedAt: now,
        login: readLogin(kim),
        stored: Promise.resolve({ record: undefined, roster: EMPTY_ROSTER }),
        answers: new Map(),
        isDropped: false,
        isUsed: false,
      };
      recent.keep({ ...asked, id: makeSessionId().id }, answer, read, now);
      return new WeakRef(read);
    });
    setFlagsFromString("--expose-gc");
    const collect: () => void = runInNewContext("gc");
    await vi.waitFor(() => {
      collect();
      const held = reads.filter((read) => read.deref() !== undefined);
      expect(held.length).toBeLessThanOrEqual(1_100);
    });
    expect(recent.find({ ...asked, id: null }, NOON)).toBeUndefined();
  });
});
