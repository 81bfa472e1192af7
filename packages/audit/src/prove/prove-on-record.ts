import { createHash } from "node:crypto";
import type { Receipt, RecordedFile } from "../access.ts";
import type { LogDatabase } from "../database.ts";
import { type Asker, accessOfAsker, type Deed } from "../desk/asker.ts";
import type { OnRecord } from "../desk/desk.ts";
import type { AccessLog } from "../log.ts";
import { decodeRecord } from "../record/decode.ts";
import type { Bundle } from "./bundle.ts";
import { noRecord } from "./fault.ts";
import { checkReference } from "./find-record.ts";
import { type ProofRequest, proveRecord } from "./prove-record.ts";

/** A bundle that somebody asked for. */
export interface ProofOnRecord extends OnRecord {
  readonly bundle: Bundle;
  /** The file to hand out, as it is on record: JSON with a newline at its end. */
  readonly text: string;
  readonly file: RecordedFile;
}

/** Where somebody asks for proofs. */
export interface ProofDesk {
  readonly log: Pick<AccessLog, "append">;
  /** The log's own. */
  readonly database: LogDatabase;
  readonly asker: Asker;
  /** UTC milliseconds; the computer's clock unless given. */
  readonly clock?: () => number;
}

/**
 * Proves a record to somebody, as {@link proveRecord} does. Who asked stands on record before anything is read (`log-query`), and
 * what leaves before it may be had (`export-log`, with size and SHA-256).
 *
 * @throws GarimError as `proveRecord` and `append` do
 * @source notice-2026-9/8-1
 */
export async function proveOnRecord(desk: ProofDesk, request: ProofRequest): Promise<ProofOnRecord> {
  const { record, checkpoint = "newest" } = request;
  // What is neither is not recorded either: it may be anything.
  checkReference(record);
  const asked = { verb: "prove", record: String(record), checkpoint: String(checkpoint) };
  await put(desk, { action: "log-query", detail: asked });
  const bundle = await proveRecord(desk.database, request);
  if (!maySee(desk.asker, bundle)) throw noRecord(record);
  const text = `${JSON.stringify(bundle, null, 2)}\n`;
  const file = {
    sha256: createHash("sha256").update(text).digest("hex"),
    sizeBytes: Buffer.byteLength(text),
  };
  const detail = { verb: "prove", format: "bundle", seq: bundle.seq };
  return { bundle, text, file, record: await put(desk, { action: "export-log", detail, file }) };
}

function put({ log, asker, clock = Date.now }: ProofDesk, deed: Deed): Promise<Receipt> {
  return log.append(accessOfAsker(asker, deed, clock()));
}

/** Who may see one seller's records gets no other's proof. */
function maySee({ within }: Asker, { record }: Bundle): boolean {
  if (within === undefined) return true;
  const hexes = Buffer.from(record.subjects, "base64").toString("hex").match(/.{32}/g) ?? [];
  const { access } = decodeRecord(Buffer.from(record.body, "base64"), hexes);
  return access.actor.sellerId === within.sellerId;
}
