import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { Found } from "../ask/entry.ts";
import type { FileTarget, RowSink } from "./sink.ts";

/** Bytes are handed on in pieces of about this size. */
const PIECE = 65_536;

export interface TextForm {
  readonly format: string;
  /** What the file begins with. */
  readonly head: string;
  /** One record, its line end included. */
  readonly line: (found: Found) => string;
}

/** Writes lines as UTF-8, and hashes what it writes. */
export function textSink(target: FileTarget, { format, head, line }: TextForm): RowSink {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  let waiting = head;
  const flush = async (): Promise<void> => {
    const bytes = Buffer.from(waiting, "utf8");
    waiting = "";
    hash.update(bytes);
    sizeBytes += bytes.length;
    await target.write(bytes);
  };
  return {
    format,
    write: async (found) => {
      waiting += line(found);
      if (waiting.length >= PIECE) await flush();
    },
    finish: async () => {
      if (waiting !== "") await flush();
      return { sha256: hash.digest("hex"), sizeBytes };
    },
    release: () => target.release(),
    discard: () => target.discard(),
  };
}
