import type { SmallStreams } from "../cfb/directory.ts";

const TRANSFORM_ID = "{FF9A3F03-56EF-4613-BDD5-5A41C1D07246}";

/** What says that a document is encrypted, and how (MS-OFFCRYPTO 2.1 and 2.3.4.1 to 2.3.4.3): the same in every one. */
export const DATA_SPACES: Omit<SmallStreams, "info"> = {
  version: Buffer.concat([text("Microsoft.Container.DataSpaces"), versions()]),
  map: Buffer.concat([
    numbers(8, 1, 0x68, 1, 0),
    text("EncryptedPackage"),
    text("StrongEncryptionDataSpace"),
  ]),
  space: Buffer.concat([numbers(8, 1), text("StrongEncryptionTransform")]),
  transform: makeTransform(),
};

function makeTransform(): Uint8Array {
  const id = text(TRANSFORM_ID);
  // The length tells where the name begins.
  const length = 8 + id.length;
  const name = text("Microsoft.Container.EncryptionTransform");
  return Buffer.concat([numbers(length, 1), id, name, versions(), numbers(0, 0, 0, 4)]);
}

/** A length and a text of UTF-16, to the next four bytes. */
function text(value: string): Buffer {
  const bytes = Buffer.from(value, "utf16le");
  return Buffer.concat([numbers(bytes.length), bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}

/** Of reader, updater and writer: 1.0 each. */
function versions(): Buffer {
  return numbers(1, 1, 1);
}

function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [i, value] of values.entries()) bytes.writeUInt32LE(value, 4 * i);
  return bytes;
}
