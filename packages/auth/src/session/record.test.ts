import { HOUR, resolvePolicy } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { NOON } from "../../test/people.ts";
import { HERE } from "../../test/sessions.ts";
import type { Worker } from "../worker.ts";
import { makeSessionId, nameSession } from "./id.ts";
import { startOrigins } from "./origin.ts";
import {
  decodeSession,
  encodeSession,
  type SessionRecord,
  toListed,
  toSession,
  traceExpiry,
} from "./record.ts";

const { idHash } = makeSessionId();
const kim: Worker = { kind: "staff", id: "kim", sellerId: "seller-1" };
const record: SessionRecord = {
  ...startOrigins(HERE),
  idHash,
  sellerId: "seller-1",
  authenticatedAt: NOON,
  openedAt: NOON + 1,
  lastActivityAt: NOON + 2,
  secondFactor: { method: "totp", at: NOON + 3 },
  suspectedAt: null,
  ended: null,
};

describe("decodeSession", () => {
  it("reads what encodeSession wrote", () => {
    expect(decodeSession(encodeSession(record, kim), kim)).toEqual(record);
  });

  it("reads the session of whoever works for another seller by now", () => {
    expect(decodeSession(encodeSession(record, kim), { ...kim, sellerId: "seller-2" })).toEqual(record);
  });

  it.each<[string, Worker, Partial<SessionRecord>]>([
    ["another person", { ...kim, id: "lee" }, {}],
    ["somebody of another kind", { kind: "operator", id: "kim", sellerId: null }, {}],
    ["another seller's, by what it says of itself", kim, { sellerId: "seller-2" }],
  ])("[B1] refuses what belongs to %s", (_, worker, other) => {
    const stored = JSON.parse(encodeSession(record, worker));
    expect(() => decodeSession(JSON.stringify({ ...stored, ...other }), kim)).toThrow(
      "belongs to another person or seller",
    );
  });

  it("[B1] refuses what does not say whose it is", () => {
    expect(() => decodeSession(JSON.stringify(record), kim)).toThrow("belongs to another person or seller");
  });

  it.each([
    "",
    "null",
    "{}",
    "[]",
    '{"idHash":"a"}',
    encodeSession({ ...record, openedAt: Number.NaN }, kim),
  ])("[T5] serves nothing where %j is stored", (value) => {
    expect(() => decodeSession(value, kim)).toThrow(
      expect.objectContaining({ code: "ERR_GARIM_STATE_UNAVAILABLE" }),
    );
  });
});

describe("traceExpiry", () => {
  it("keeps the trace of a log-in beyond the longest session any deployment may configure", () => {
    const strict = resolvePolicy({ absoluteHours: 1 });
    expect(traceExpiry(NOON, strict)).toBe(NOON + 24 * HOUR + 600_000);
  });
});

describe("toSession", () => {
  const worker = { kind: "staff", id: "kim", sellerId: "seller-1" } as const;

  it("[V7.2.3] shows 16 hex digits of the hash, and not the hash", () => {
    const session = toSession(worker, record, NOON);
    expect(session.name).toMatch(/^[0-9a-f]{16}$/);
    expect(session.name).toBe(nameSession(idHash));
    expect(JSON.stringify(session)).not.toContain(idHash);
  });

  it.each([
    ["before now", NOON + 60_000, NOON + 3],
    ["by a clock 90 s ahead", NOON - 90_000 + 3, NOON - 90_000 + 3],
    ["by a clock as far ahead as clocks differ", NOON - 120_000 + 3, NOON - 120_000 + 3],
    ["further in the future, which is not believed", NOON - 120_000 + 2, NOON + 3],
  ])("[S7] tells a factor proved %s", (_, now, at) => {
    expect(toSession(worker, record, now).secondFactor).toEqual({ method: "totp", at });
  });
});

describe("toListed", () => {
  it("[V7.5.2] shows what a person recognises a session by, and nothing that opens it", () => {
    expect(toListed(record)).toEqual({
      name: nameSession(idHash),
      openedAt: NOON + 1,
      lastActivityAt: NOON + 2,
      secondFactor: "totp",
      ...HERE,
    });
  });
});
