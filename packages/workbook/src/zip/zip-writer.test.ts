import { BlobReader, ZipReader as OtherReader, TextWriter } from "@zip.js/zip.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFLATE_END, deflatePiece } from "./deflate.ts";
import { ZipReader } from "./zip-reader.ts";
import { ZipWriter } from "./zip-writer.ts";

interface Part {
  readonly path: string;
  readonly isStored: boolean;
  readonly pieces: readonly string[];
}

const PART = fc.record({
  path: fc.stringMatching(/^[a-zA-Z가-힣_]{1,20}\.xml$/),
  isStored: fc.boolean(),
  pieces: fc.array(fc.string({ unit: "grapheme" }), { maxLength: 4 }),
});
const PARTS = fc.uniqueArray(PART, { selector: ({ path }) => path, maxLength: 6 });

async function makeZip(parts: readonly Part[]): Promise<Buffer> {
  const zip = new ZipWriter();
  const out: Uint8Array[] = [];
  for (const { path, isStored, pieces } of parts) {
    if (isStored) {
      out.push(zip.store(path, Buffer.from(pieces.join(""))));
      continue;
    }
    out.push(zip.open(path));
    for (const piece of pieces) {
      const clear = Buffer.from(piece);
      out.push(zip.add(clear, await deflatePiece(clear)));
    }
    out.push(zip.add(new Uint8Array(0), DEFLATE_END), zip.close());
  }
  return Buffer.concat([...out, zip.end()]);
}

describe("ZipWriter", () => {
  it("makes what this reader and another one read, of any parts in any pieces", async () => {
    await fc.assert(
      fc.asyncProperty(PARTS, async (parts) => {
        const bytes = await makeZip(parts);
        const ours = new ZipReader(bytes);
        for (const { path, pieces } of parts) expect(ours.read(path).toString()).toBe(pieces.join(""));
        const other = new OtherReader(new BlobReader(new Blob([new Uint8Array(bytes)])), {
          checkSignature: true,
        });
        const entries = await other.getEntries();
        expect(entries.map(({ filename }) => filename)).toEqual(parts.map(({ path }) => path));
        for (const [i, entry] of entries.entries()) {
          const text = entry.directory ? "" : await entry.getData(new TextWriter());
          expect(text).toBe(parts[i]?.pieces.join(""));
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("ZipWriter, for readers that read from the beginning", () => {
  it("has sum and sizes after the data of what is deflated alone", async () => {
    const flags = async (isStored: boolean) =>
      (await makeZip([{ path: "a.xml", isStored, pieces: ["가나다"] }])).readUInt16LE(6);
    expect(await flags(false)).toBe(0x0808);
    expect(await flags(true)).toBe(0x0800);
    const stored = await makeZip([{ path: "a.xml", isStored: true, pieces: ["가나다"] }]);
    expect([stored.readUInt32LE(18), stored.readUInt32LE(22)]).toEqual([9, 9]);
    expect(stored.subarray(35, 44).toString()).toBe("가나다");
  });
});

describe("ZipWriter, of what is encrypted", () => {
  it("says AE-2 with AES-256, and no sum of the clear bytes: it would tell of short ones", () => {
    const zip = new ZipWriter();
    const header = zip.openSealed("a.csv");
    zip.add(Buffer.from("01012345678"), new Uint8Array(30));
    const [descriptor, directory] = [zip.close(), zip.end()].map(Buffer.from);
    expect([Buffer.from(header).readUInt16LE(6), Buffer.from(header).readUInt16LE(8)]).toEqual([0x0809, 99]);
    expect(Buffer.from(header).subarray(35).toString("hex")).toBe("0199070002004145030800");
    expect(descriptor?.readUInt32LE(4)).toBe(0);
    expect(directory?.readUInt32LE(16)).toBe(0);
  });
});

describe("ZipReader", () => {
  const PARTS_ONE = [{ path: "a.xml", isStored: false, pieces: ["가나다 ".repeat(50)] }];
  const damaged = expect.objectContaining({ code: "ERR_GARIM_WORKBOOK_DAMAGED" });

  it("says which part is missing, changed or cut off", async () => {
    const bytes = await makeZip(PARTS_ONE);
    expect(() => new ZipReader(bytes).read("b.xml")).toThrow(damaged);
    expect(() => new ZipReader(bytes.subarray(0, -1))).toThrow(damaged);
    const changed = Buffer.from(bytes);
    changed[50] = (changed[50] ?? 0) ^ 1;
    expect(() => new ZipReader(changed).read("a.xml")).toThrow(damaged);
  });
});
