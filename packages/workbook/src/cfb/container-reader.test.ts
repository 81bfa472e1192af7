import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SECTOR } from "./constant.ts";
import { ContainerReader } from "./container-reader.ts";
import { makeDirectory, type SmallStreams } from "./directory.ts";
import { makeHead } from "./head.ts";
import { layOut } from "./layout.ts";
import { makeTail, miniStreamBytes } from "./tail.ts";

const NAMES = {
  version: "Version",
  map: "DataSpaceMap",
  space: "StrongEncryptionDataSpace",
  transform: "\u0006Primary",
  info: "EncryptionInfo",
} as const;

function filled(length: number, seed: number): Buffer {
  return Buffer.alloc(
    length,
    Uint8Array.from({ length: 251 }, (_, i) => (i * seed) & 255),
  );
}

function makeContainer(
  packageBytes: number,
  small: SmallStreams,
): { readonly file: Buffer; readonly sealed: Buffer } {
  const layout = layOut(packageBytes, miniStreamBytes(small));
  const sealed = filled(packageBytes, 7);
  const filler = Buffer.alloc((SECTOR - (packageBytes % SECTOR)) % SECTOR);
  const head = makeHead(layout, makeDirectory(layout, small));
  const file = Buffer.concat([...head, sealed, filler, makeTail(small)]);
  expect(file.length).toBe(layout.sizeBytes);
  return { file, sealed };
}

function smallOf(lengths: readonly number[]): SmallStreams {
  const [version = 0, map = 0, space = 0, transform = 0, info = 0] = lengths;
  return {
    version: filled(version, 3),
    map: filled(map, 5),
    space: filled(space, 11),
    transform: filled(transform, 13),
    info: filled(info, 17),
  };
}

function expectReadBack(packageBytes: number, small: SmallStreams): void {
  const { file, sealed } = makeContainer(packageBytes, small);
  const reader = new ContainerReader(file);
  expect(reader.read("EncryptedPackage").equals(sealed)).toBe(true);
  for (const [key, name] of Object.entries(NAMES))
    expect(reader.read(name).equals(small[key as keyof SmallStreams])).toBe(true);
}

/** The package's bytes at which the table takes just so many sectors. */
function packageOf(tableSectors: number, listSectors: number): number {
  const others = 3 + 1 + layOut(4_096, miniStreamBytes(USUAL)).miniStreamSectors;
  return SECTOR * (tableSectors * 128 - tableSectors - listSectors - others);
}

const USUAL = smallOf([76, 112, 64, 200, 1_300]);

describe("ContainerReader", () => {
  it("reads what the container's parts make, for streams of any length", () => {
    const small = fc.array(fc.integer({ min: 1, max: 1_500 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(fc.integer({ min: 4_096, max: 300_000 }), small, (packageBytes, lengths) => {
        expectReadBack(packageBytes, smallOf(lengths));
      }),
    );
  });

  it.each([
    ["the header lists all of the table", 109, 0],
    ["one list beside the header begins", 110, 1],
    ["one list is full", 109 + 127, 1],
    ["a second one begins", 110 + 127, 2],
  ])("reads it where %s, and one sector more", (_, tableSectors, listSectors) => {
    const bytes = packageOf(tableSectors, listSectors);
    expect(layOut(bytes, miniStreamBytes(USUAL))).toMatchObject({ tableSectors, listSectors });
    expect(layOut(bytes + 1, miniStreamBytes(USUAL)).tableSectors).toBe(tableSectors + 1);
    expectReadBack(bytes, USUAL);
    expectReadBack(bytes + 1, USUAL);
  });

  it("reads the same or says that it is damaged, whatever byte of what stands around the package is changed", () => {
    const { file, sealed } = makeContainer(5_000, USUAL);
    const around = [
      ...Array(SECTOR * 5).keys(),
      ...Array.from({ length: SECTOR * 5 }, (_, i) => file.length - 1 - i),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...around), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Buffer.from(file);
        changed[at] = (changed[at] ?? 0) ^ change;
        try {
          const reader = new ContainerReader(changed);
          for (const name of [...Object.values(NAMES), "EncryptedPackage"]) reader.read(name);
        } catch (error) {
          expect(error).toSatisfy(
            (one) => one instanceof RangeError || one.code === "ERR_GARIM_WORKBOOK_DAMAGED",
          );
        }
        expect(sealed.length).toBe(5_000);
      }),
      { numRuns: 2_000 },
    );
  });
});
