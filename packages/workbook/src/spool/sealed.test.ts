import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MemorySpool, ROWS, seal } from "../../test/sample.ts";
import { openSealed, writeEnds } from "./sealed.ts";

/** A spool of two objects that come in pieces of a size, and that counts what is open. */
function inPieces(
  objects: Readonly<Record<string, Uint8Array>>,
  size: number,
): MemorySpool & { left: number } {
  return Object.assign(new MemorySpool(), {
    left: 0,
    async open(this: { left: number }, id: string) {
      const bytes = objects[id] ?? new Uint8Array(0);
      this.left += 1;
      const close = () => {
        this.left -= 1;
      };
      return (async function* () {
        try {
          for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
        } finally {
          close();
        }
      })();
    },
  });
}

describe("openSealed", () => {
  it("puts head, body and tail together, however they come", async () => {
    const bytes = fc.uint8Array({ maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(bytes, { maxLength: 3 }),
        bytes,
        bytes,
        fc.integer({ min: 1, max: 50 }),
        async (head, body, tail, size) => {
          const ends = Buffer.concat([...writeEnds({ head, tail })]);
          const spool = inPieces({ "a.body": body, "a.ends": ends }, size);
          const whole = await buffer(openSealed(spool, "a"));
          expect(whole.equals(Buffer.concat([...head, body, tail]))).toBe(true);
          expect(spool.left).toBe(0);
        },
      ),
    );
  });

  it("leaves nothing open where its reader goes away, at once or later", async () => {
    const memory = new MemorySpool();
    const { file } = await seal(memory, ROWS);
    for (const pieces of [1, 2, 20]) {
      const spool = inPieces(Object.fromEntries(memory.objects), 512);
      const stream = openSealed(spool, file.id);
      const read = stream[Symbol.asyncIterator]();
      for (let i = 0; i < pieces; i++) await read.next();
      const closed = new Promise((resolve) => stream.once("close", resolve));
      stream.destroy();
      await closed;
      expect(spool.left).toBe(0);
    }
  });

  it.each([
    ["cut off", Buffer.from([9, 0, 0, 0, 1])],
    ["empty", Buffer.alloc(0)],
  ])("says so where what stands around the body is %s", async (_, ends) => {
    const spool = inPieces({ "a.body": Buffer.alloc(9), "a.ends": ends }, 100);
    await expect(buffer(openSealed(spool, "a"))).rejects.toMatchObject({ code: "ERR_GARIM_WORKBOOK_SPOOL" });
    expect(spool.left).toBe(0);
  });
});
