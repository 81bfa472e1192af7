import { ENTRIES, LISTED_IN_HEADER, SECTOR } from "./constant.ts";

/** Sectors of the directory: eleven entries, four a sector. */
export const DIRECTORY_SECTORS = 3;

/**
 * Where the parts of the container lie, counted in sectors after the header. The package comes in one run, so that it can be
 * written before its length is known; what speaks of it is made last:
 *
 * ```
 * header | lists of the table | table | directory | package … | mini table | mini stream
 * ```
 */
export interface Layout {
  readonly packageBytes: number;
  readonly listSectors: number;
  readonly tableSectors: number;
  readonly directoryAt: number;
  readonly packageAt: number;
  readonly packageSectors: number;
  readonly miniTableAt: number;
  readonly miniStreamAt: number;
  readonly miniStreamSectors: number;
  /** Of the whole file, the header included. */
  readonly sizeBytes: number;
}

/**
 * Lays out a container.
 *
 * @param packageBytes - of the stream `EncryptedPackage`, 4,096 at least
 * @param miniStreamBytes - of the small streams together
 */
export function layOut(packageBytes: number, miniStreamBytes: number): Layout {
  const packageSectors = sectorsOf(packageBytes);
  const miniStreamSectors = sectorsOf(miniStreamBytes);
  const others = DIRECTORY_SECTORS + packageSectors + 1 + miniStreamSectors;
  const { tableSectors, listSectors } = countTable(others);
  const directoryAt = listSectors + tableSectors;
  const packageAt = directoryAt + DIRECTORY_SECTORS;
  const miniTableAt = packageAt + packageSectors;
  return {
    packageBytes,
    listSectors,
    tableSectors,
    directoryAt,
    packageAt,
    packageSectors,
    miniTableAt,
    miniStreamAt: miniTableAt + 1,
    miniStreamSectors,
    sizeBytes: SECTOR * (1 + directoryAt + others),
  };
}

/** The table speaks of its own sectors, too: it grows until it fits. */
function countTable(others: number): { readonly tableSectors: number; readonly listSectors: number } {
  let tableSectors = 0;
  let listSectors = 0;
  while (tableSectors * ENTRIES < others + tableSectors + listSectors) {
    tableSectors = Math.ceil((others + tableSectors + listSectors) / ENTRIES);
    // The last entry of a list leads to the next list.
    listSectors = Math.max(0, Math.ceil((tableSectors - LISTED_IN_HEADER) / (ENTRIES - 1)));
  }
  return { tableSectors, listSectors };
}

export function sectorsOf(bytes: number): number {
  return Math.ceil(bytes / SECTOR);
}
