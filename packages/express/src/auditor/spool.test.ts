import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { openSpool } from "./spool.ts";

const left = (): readonly string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith("garim-export-"));

describe("openSpool", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("gives back what was written, from the beginning", async () => {
    const spool = await openSpool(() => false);
    const pieces = [Buffer.alloc(100_000, "a"), Buffer.from("한글"), Buffer.alloc(3, "b")];
    for (const piece of pieces) await spool.write(piece);
    await spool.release();
    expect((await buffer(spool.read())).equals(Buffer.concat(pieces))).toBe(true);
  });

  it("leaves no name that anybody could open, even while it is written", async () => {
    const spool = await openSpool(() => false);
    await spool.write(Buffer.from("x"));
    expect(left()).toEqual([]);
    await spool.discard();
    await expect(spool.write(Buffer.from("y"))).rejects.toThrow();
  });

  it("is written no further once whoever it is for has gone", async () => {
    let isGone = false;
    const spool = await openSpool(() => isGone);
    await spool.write(Buffer.from("x"));
    isGone = true;
    await expect(spool.write(Buffer.from("y"))).rejects.toThrow("has gone");
    await spool.discard();
  });

  it("says what to do where the folder takes no file", async () => {
    vi.stubEnv("TMPDIR", join(tmpdir(), "garim-nowhere"));
    await expect(openSpool(() => false)).rejects.toMatchObject({
      code: "ERR_GARIM_STATE_UNAVAILABLE",
      message: expect.stringContaining("TMPDIR"),
    });
  });
});
