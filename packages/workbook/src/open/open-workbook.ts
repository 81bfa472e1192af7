import { readFile } from "node:fs/promises";
import { openPackage } from "../agile/open-package.ts";
import { ContainerReader } from "../cfb/container-reader.ts";
import { unescapeText } from "../sheet/escape.ts";
import { sheetPath } from "../sheet/parts.ts";
import { ZipReader } from "../zip/zip-reader.ts";
import { damaged } from "./damaged.ts";
import { type ReadCell, readRows } from "./sheet-rows.ts";

/** A workbook of this package, decrypted in memory. */
export interface OpenedWorkbook {
  /** The export's id. */
  readonly mark: string;
  /** The first one says whose file it is; the others have rows below headings. */
  readonly sheets: readonly OpenedSheet[];
}

export interface OpenedSheet {
  readonly name: string;
  /** Each row as long as its last cell that is not empty. */
  rows(): Generator<readonly ReadCell[]>;
}

/**
 * Opens a workbook of this package, for tests and jobs. The file and one sheet at a time are in memory.
 *
 * @param source - the file's bytes, or its path
 * @throws GarimError `ERR_GARIM_WORKBOOK_PASSWORD`; `ERR_GARIM_WORKBOOK_DAMAGED` for what is no such workbook, was changed or cut off;
 * `ERR_GARIM_WORKBOOK_LIMIT` for a sheet beyond 512 MiB
 */
export async function openWorkbook(source: Uint8Array | string, password: string): Promise<OpenedWorkbook> {
  const bytes = typeof source === "string" ? await readFile(source) : source;
  const container = readContainer(bytes);
  const zip = new ZipReader(await openPackage(container.info, container.sealed, password));
  const names = [...readPart(zip, "xl/workbook.xml").matchAll(/<sheet name="([^"]*)"/g)];
  return {
    mark: /<vt:lpwstr>([^<]*)</.exec(readPart(zip, "docProps/custom.xml"))?.[1] ?? "",
    sheets: names.map(([, name = ""], i) => ({
      name: unescapeText(name),
      rows: () => readRows(readPart(zip, sheetPath(i))),
    })),
  };
}

function readContainer(bytes: Uint8Array): { readonly info: Buffer; readonly sealed: Buffer } {
  try {
    const container = new ContainerReader(bytes);
    return { info: container.read("EncryptionInfo"), sealed: container.read("EncryptedPackage") };
  } catch (error) {
    // Places beyond the file's end.
    throw error instanceof RangeError ? damaged("its container leads nowhere", error) : error;
  }
}

function readPart(zip: ZipReader, path: string): string {
  return zip.read(path).toString();
}
