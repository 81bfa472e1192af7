import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, describe, expect, it } from "vitest";
import { fileSpool } from "./file-spool.ts";
import { type ObjectStore, objectSpool } from "./object-spool.ts";
import type { Spool } from "./spool.ts";

const folder = mkdtempSync(join(tmpdir(), "garim-spool-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An object store in memory that behaves as S3 does: an object is there when all of it came. */
function memoryStore(): ObjectStore & { readonly objects: Map<string, Buffer> } {
  const objects = new Map<string, Buffer>();
  return {
    objects,
    put: async (key, body, signal) => {
      const whole = await buffer(body);
      signal.throwIfAborted();
      objects.set(key, whole);
    },
    get: async (key) => {
      const found = objects.get(key);
      if (found === undefined) throw new Error("no such key");
      return [found] as never;
    },
    delete: async (key) => {
      objects.delete(key);
    },
  };
}

const store = memoryStore();
const spools: readonly (readonly [string, Spool, () => readonly string[]])[] = [
  ["fileSpool", fileSpool(join(folder, "new", "files")), () => readdirSync(join(folder, "new", "files"))],
  ["objectSpool", objectSpool(store, "exports/"), () => [...store.objects.keys()].map((key) => key.slice(8))],
];

describe.each(spools)("%s", (_, spool, list) => {
  it("gives back what was written, once it is finished", async () => {
    const pieces = Array.from({ length: 40 }, (_, i) => Buffer.alloc(30_000, i));
    const writer = await spool.create("a.body");
    for (const piece of pieces) await writer.write(piece);
    await expect(spool.open("a.body").then((source) => buffer(source))).rejects.toThrow();
    await writer.finish();
    expect((await buffer(await spool.open("a.body"))).equals(Buffer.concat(pieces))).toBe(true);
    expect(list()).toEqual(["a.body"]);
    await spool.remove("a.body");
    await spool.remove("a.body");
    expect(list()).toEqual([]);
  });

  it("has nothing left of what was discarded", async () => {
    const writer = await spool.create("b.body");
    await writer.write(Buffer.alloc(300_000));
    await writer.discard();
    expect(list()).toEqual([]);
    await expect(spool.open("b.body").then((source) => buffer(source))).rejects.toThrow();
  });
});

describe("fileSpool", () => {
  it("makes files only their owner reads, and refuses an id that leads elsewhere", async () => {
    const spool = fileSpool(join(folder, "own"));
    const writer = await spool.create("c");
    expect(statSync(join(folder, "own", "c.part")).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, "own")).mode & 0o777).toBe(0o700);
    for (const id of ["../c", "a/b", ".c", "", "a\0b", "a".repeat(121)])
      await expect(spool.create(id)).rejects.toMatchObject({ code: "ERR_GARIM_OPTION_INVALID" });
    await writer.discard();
  });

  it("refuses to write over a file that is being written, and removes what a killed process left", async () => {
    const spool = fileSpool(join(folder, "own"));
    const left = await spool.create("d");
    await expect(spool.create("d")).rejects.toThrow("EEXIST");
    await spool.remove("d");
    expect(readdirSync(join(folder, "own"))).toEqual([]);
    await left.discard();
  });
});

describe("objectSpool", () => {
  it("fails at the write, and at the end, where the store refuses", async () => {
    const refusing = objectSpool({
      ...memoryStore(),
      put: async () => Promise.reject(new Error("no space")),
    });
    const writer = await refusing.create("e");
    await expect(
      (async () => {
        for (let i = 0; i < 50; i++) await writer.write(Buffer.alloc(65_536));
        await writer.finish();
      })(),
    ).rejects.toThrow("no space");
    await writer.discard();
  });
});
