import { END_OF_CHAIN, FREE, MINI_SECTOR, SECTOR } from "./constant.ts";
import { miniSectorsOf, type SmallStreams } from "./directory.ts";
import { sectorsOf } from "./layout.ts";

/** What stands after the package: the mini stream's table, and the mini stream with the small streams. */
export function makeTail(small: SmallStreams): Uint8Array {
  const streams = listSmall(small);
  const bytes = Buffer.alloc(SECTOR * (1 + sectorsOf(miniStreamBytes(small))));
  bytes.fill(0xff, 0, SECTOR);
  let sector = 0;
  for (const stream of streams) {
    bytes.set(stream, SECTOR + sector * MINI_SECTOR);
    const end = sector + miniSectorsOf(stream.length);
    for (; sector < end; sector++)
      bytes.writeUInt32LE(sector + 1 === end ? END_OF_CHAIN : sector + 1, 4 * sector);
  }
  if (bytes.readUInt32LE(SECTOR - 4) !== FREE) throw new Error("the small streams fill more than one table");
  return bytes;
}

export function miniStreamBytes(small: SmallStreams): number {
  return MINI_SECTOR * listSmall(small).reduce((sum, { length }) => sum + miniSectorsOf(length), 0);
}

function listSmall({ version, map, space, transform, info }: SmallStreams): readonly Uint8Array[] {
  return [version, map, space, transform, info];
}
