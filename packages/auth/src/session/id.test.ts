import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hashSessionId, makeSessionId } from "./id.ts";

describe("makeSessionId", () => {
  it("[V11.5.1] [V7.2.3] makes 256 random bits, and their SHA-256", () => {
    const { id, idHash } = makeSessionId();
    expect(Buffer.from(id, "base64url")).toHaveLength(32);
    expect(idHash).toBe(createHash("sha256").update(id).digest("hex"));
    expect(hashSessionId(id)).toBe(idHash);
    expect(makeSessionId().id).not.toBe(id);
  });
});

describe("hashSessionId", () => {
  const { id } = makeSessionId();

  it.each([null, "", id.slice(1), `${id}=`, `${id} `, `${id}\n`, "x".repeat(1_000_000)])(
    "[S1] takes nothing else for an id (%#)",
    (text) => {
      expect(hashSessionId(text)).toBeNull();
    },
  );
});
