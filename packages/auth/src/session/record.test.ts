import { HOUR, resolvePolicy } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { NOON } from "../../test/people.ts";
import { makeSessionId, nameSession } from "./id.ts";
import { decodeSession, encodeSession, type SessionRecord, sessionExpiry, toSession } from "./record.ts";

const { idHash } = makeSessionId();
const record: SessionRecord = {
  idHash,
  authenticatedAt: NOON,
  openedAt: NOON + 1,
  lastActivityAt: NOON + 2,
  secondFactor: { method: "totp", at: NOON + 3 },
  ended: null,
};

describe("decodeSession", () => {
  it("reads what encodeSession wrote", () => {
    expect(decodeSession(encodeSession(record))).toEqual(record);
  });

  it.each(["", "null", "{}", "[]", '{"idHash":"a"}', encodeSession({ ...record, openedAt: Number.NaN })])(
    "[T5] serves nothing where %j is stored",
    (value) => {
      expect(() => decodeSession(value)).toThrow(
        expect.objectContaining({ code: "ERR_GARIM_STATE_UNAVAILABLE" }),
      );
    },
  );
});

describe("sessionExpiry", () => {
  it("keeps the trace of a log-in beyond the longest session any deployment may configure", () => {
    const strict = resolvePolicy({ absoluteHours: 1 });
    expect(sessionExpiry(record, strict)).toBe(NOON + 24 * HOUR + 600_000);
  });
});

describe("toSession", () => {
  it("shows 16 hex digits of the hash, and not the hash", () => {
    const session = toSession({ kind: "staff", id: "kim", sellerId: "seller-1" }, record);
    expect(session.name).toMatch(/^[0-9a-f]{16}$/);
    expect(session.name).toBe(nameSession(idHash));
    expect(JSON.stringify(session)).not.toContain(idHash);
  });
});
