import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createCursors } from "./cursor.ts";

const KEY = { id: "k1", key: randomBytes(32) };
const cursors = createCursors({ all: () => [KEY] });
const owner = { toolId: "tool-1", route: "GET /tool/lines" };

describe("cursors", () => {
  it("give back what was written, on every node that has the key", () => {
    const other = createCursors({ all: () => [{ id: "k2", key: randomBytes(32) }, KEY] });
    for (const key of ["1", "2026112200000001", "가나다", "a\u0000b", "x".repeat(256), '"}'])
      expect(other.read(cursors.write(key, owner), owner)).toBe(key);
  });

  it("say nothing of the key they hold", () => {
    const cursor = cursors.write("2026112200000001", owner);
    expect(Buffer.from(cursor, "base64url").includes("2026112200000001")).toBe(false);
    expect(cursors.write("2026112200000001", owner)).not.toBe(cursor);
  });

  it("are nobody else's, and no other route's", () => {
    const cursor = cursors.write("1", owner);
    expect(cursors.read(cursor, { ...owner, toolId: "tool-2" })).toBeUndefined();
    expect(cursors.read(cursor, { ...owner, route: "GET /tool/claims" })).toBeUndefined();
  });

  it.each(["", "1", "AAAA", "x".repeat(1_025), "not/base64", `${"A".repeat(60)}=`])("are not %j", (text) => {
    expect(cursors.read(text, owner)).toBeUndefined();
  });

  it("[V11.3.3] are void with any letter changed", () => {
    const cursor = cursors.write("order-1", owner);
    for (let at = 0; at < cursor.length; at++) {
      const letter = cursor[at] === "A" ? "B" : "A";
      expect(cursors.read(cursor.slice(0, at) + letter + cursor.slice(at + 1), owner)).toBeUndefined();
    }
  });
});
