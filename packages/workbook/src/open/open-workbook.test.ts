import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MemorySpool, PASSWORD, ROWS, seal } from "../../test/sample.ts";
import { SIGNATURE } from "../cfb/constant.ts";
import { openWorkbook } from "./open-workbook.ts";

const folder = mkdtempSync(join(tmpdir(), "garim-open-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const isDamaged = expect.objectContaining({ code: "ERR_GARIM_WORKBOOK_DAMAGED" });
let bytes: Buffer;
beforeAll(async () => {
  bytes = (await seal(new MemorySpool(), ROWS)).bytes;
});

function change(at: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}

/** A place in the ciphertext: it lies between the directory and the last sectors. */
const places: readonly (readonly [string, () => number])[] = [
  [
    "the length",
    () =>
      bytes.indexOf("EncryptedPackage", 0, "utf16le") -
      (bytes.indexOf("EncryptedPackage", 0, "utf16le") % 512) +
      512,
  ],
  ["the first segment", () => 3_000],
  ["the middle", () => bytes.length >> 1],
  ["the last segment", () => bytes.length - 512 * 6 - 40],
  ["what locks the check's key", () => bytes.indexOf("encryptedHmacKey") + 30],
  ["what locks the check's value", () => bytes.indexOf("encryptedHmacValue") + 30],
];

describe("openWorkbook", () => {
  it("opens a path as it opens bytes", async () => {
    const path = join(folder, "주문.xlsx");
    writeFileSync(path, bytes);
    expect((await openWorkbook(path, PASSWORD)).mark).toBe("ex-20261122-1");
  });

  it("takes a password in either form of Hangul", async () => {
    expect((await openWorkbook(bytes, PASSWORD.normalize("NFD"))).sheets).toHaveLength(2);
  });

  it.each(places)(
    "[V11.3.3] says that a file is damaged of which one bit of %s was changed",
    async (_, place) => {
      await expect(openWorkbook(change(place()), PASSWORD)).rejects.toEqual(isDamaged);
    },
  );

  it("says that a file is damaged that was cut off, wherever", async () => {
    for (const kept of [0, 7, 511, 512, 2_048, bytes.length - 512 * 6, bytes.length - 1])
      await expect(openWorkbook(bytes.subarray(0, kept), PASSWORD)).rejects.toEqual(isDamaged);
  });

  it("says that what is no workbook is damaged, and nothing else, whatever it is", async () => {
    const any = fc.uint8Array({ minLength: 504, maxLength: 4_096 });
    await fc.assert(
      fc.asyncProperty(any, async (noise) => {
        const file = Buffer.concat([SIGNATURE, noise]);
        file.writeUInt16LE(9, 30);
        await expect(openWorkbook(file, PASSWORD)).rejects.toEqual(isDamaged);
      }),
    );
  });

  it("does not spin a password for as long as a file asks for", async () => {
    const changed = Buffer.from(bytes);
    changed.write("900000", changed.indexOf('spinCount="') + 11);
    await expect(openWorkbook(changed, PASSWORD)).rejects.toEqual(isDamaged);
  });
});
