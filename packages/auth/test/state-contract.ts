import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StateStore } from "../src/index.ts";
import { handClock, NOON, race } from "./people.ts";
import type { SharedStore } from "./stores.ts";

/** What every implementation of the state port must do. */
export function describeStateContract(store: SharedStore): void {
  const connect = async () => {
    const clock = handClock();
    const [one, other] = await store.connect(clock);
    return { clock, one, other, key: randomUUID() };
  };
  const versionOf = async (state: StateStore, key: string) => (await state.read(key))?.version ?? Number.NaN;

  describe("read", () => {
    it("finds nothing under a key nobody wrote", async () => {
      const { one, key } = await connect();
      expect(await one.read(key)).toBeUndefined();
    });

    it("finds on one node what the other wrote", async () => {
      const { one, other, key } = await connect();
      await one.write(key, "first", null, null);
      expect(await other.read(key)).toEqual({ value: "first", version: expect.any(Number) });
    });

    it("finds the last millisecond before the expiry, and nothing at it", async () => {
      const { clock, one, key } = await connect();
      await one.write(key, "brief", null, NOON + 1_000);
      clock.now = NOON + 999;
      expect((await one.read(key))?.value).toBe("brief");
      clock.now = NOON + 1_000;
      expect(await one.read(key)).toBeUndefined();
    });

    it("gives back any key and text as they were written", async () => {
      const { one } = await connect();
      const text = fc.string({ unit: "grapheme" }).filter((part) => !part.includes("\0"));
      await fc.assert(
        fc.asyncProperty(text, text, async (suffix, value) => {
          const key = `${randomUUID()}:${suffix}`;
          await one.write(key, value, null, null);
          expect((await one.read(key))?.value).toBe(value);
        }),
        { numRuns: 50 },
      );
    });
  });

  describe("write", () => {
    it("replaces only the version that was read", async () => {
      const { one, other, key } = await connect();
      await one.write(key, "first", null, null);
      const version = await versionOf(one, key);
      expect(await one.write(key, "second", version, null)).toBe(true);
      expect(await other.write(key, "third", version, null)).toBe(false);
      expect((await other.read(key))?.value).toBe("second");
    });

    it("makes a key only where there is none", async () => {
      const { one, other, key } = await connect();
      await one.write(key, "first", null, null);
      expect(await other.write(key, "second", null, null)).toBe(false);
      expect((await one.read(key))?.value).toBe("first");
    });

    it("makes an expired key anew, and does not replace it", async () => {
      const { clock, one, key } = await connect();
      await one.write(key, "first", null, NOON + 1);
      const version = await versionOf(one, key);
      clock.now = NOON + 1;
      expect(await one.write(key, "second", version, null)).toBe(false);
      expect(await one.write(key, "third", null, null)).toBe(true);
      expect((await one.read(key))?.value).toBe("third");
    });

    it("never gives a key made again one of its old versions", async () => {
      const { one, key } = await connect();
      await one.write(key, "first", null, null);
      const version = await versionOf(one, key);
      await one.remove(key, version);
      await one.write(key, "second", null, null);
      expect(await one.write(key, "third", version, null)).toBe(false);
      expect(await one.remove(key, version)).toBe(false);
    });

    it("[T2] lets exactly one of 60 parallel writers make a key", async () => {
      const { one, other, key } = await connect();
      const written = await race(60, (index) => (index % 2 ? one : other).write(key, `${index}`, null, null));
      expect(written.filter(Boolean)).toHaveLength(1);
      expect((await one.read(key))?.value).toBe(`${written.indexOf(true)}`);
    });

    it("[T2] lets exactly one of 60 parallel writers replace a version", async () => {
      const { one, other, key } = await connect();
      await one.write(key, "first", null, null);
      const version = await versionOf(one, key);
      const written = await race(60, (index) =>
        (index % 2 ? one : other).write(key, `${index}`, version, null),
      );
      expect(written.filter(Boolean)).toHaveLength(1);
      expect((await one.read(key))?.value).toBe(`${written.indexOf(true)}`);
    });
  });

  describe("remove", () => {
    it("removes only the version that was read, or any", async () => {
      const { one, other, key } = await connect();
      await one.write(key, "first", null, null);
      expect(await other.remove(key, (await versionOf(one, key)) + 1)).toBe(false);
      expect(await other.remove(key, null)).toBe(true);
      expect(await one.read(key)).toBeUndefined();
    });

    it("removes nothing where there is nothing, or it has expired", async () => {
      const { clock, one, key } = await connect();
      expect(await one.remove(key, null)).toBe(false);
      await one.write(key, "brief", null, NOON + 1);
      clock.now = NOON + 1;
      expect(await one.remove(key, null)).toBe(false);
    });

    it("lets exactly one of 60 parallel removers remove a key", async () => {
      const { one, other, key } = await connect();
      await one.write(key, "first", null, null);
      const version = await versionOf(one, key);
      const removed = await race(60, (index) => (index % 2 ? one : other).remove(key, version));
      expect(removed.filter(Boolean)).toHaveLength(1);
    });
  });
}
