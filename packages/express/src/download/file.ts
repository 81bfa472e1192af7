import { Buffer } from "node:buffer";
import { pipeline } from "node:stream/promises";
import { type Refuse, refuse } from "@garim/policy";
import { openSealed, removeSealed } from "@garim/workbook";
import type { RequestHandler } from "express";
import { accessOf, type Deed, nameOnRecord } from "../answer/access.ts";
import { emptyAnswer, sendAnswer } from "../answer/answer.ts";
import { tookLong } from "../answer/passage.ts";
import { describeError } from "../logger.ts";
import { type Outcome, type WorkerPassage, workerEndpoint } from "../privacy/worker.ts";
import type { Settings } from "../start/settings.ts";
import { judgeFactor } from "../step-up/admission.ts";
import { attachmentOf, fileNameOf } from "./file-name.ts";
import { judgeLeaving } from "./leaving.ts";
import type { DownloadEntry, DownloadFile } from "./ledger/entry.ts";
import type { Ledger } from "./ledger/ledger.ts";
import { detailOf } from "./on-record.ts";
import { findDownload, isOwnDownload } from "./passage.ts";
import { hashOfLink } from "./rows.ts";

/** A file that may leave now, this once. */
interface Leaving {
  readonly entry: DownloadEntry;
  readonly file: DownloadFile;
  readonly record: string;
}

const TYPES: Readonly<Record<string, readonly [type: string, extension: string]>> = {
  xlsx: ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"],
  "csv-zip": ["application/zip", ".zip"],
};
const UNKNOWN_TYPE = ["application/octet-stream", ".bin"] as const;

/** Looking whether it is there must not take it. */
export function refuseHead(_settings: Settings): RequestHandler {
  return (_req, res) => sendAnswer(res, { ...emptyAnswer(405), headers: { Allow: "GET" } });
}

/**
 * `GET /:id/file?key=…`: the file, whole, once, to the session that asked for it. That it leaves is on record before it does.
 *
 * @source notice-2026-9/8-1
 */
export function fetchFile(settings: Settings): RequestHandler {
  return workerEndpoint({ action: "fetch-download", stepUp: "view" }, settings, async (passage) => {
    const { res, visitor } = passage;
    // A device or network that was never proved gets none, whatever link it has.
    const due = await judgeFactor(visitor, "view", settings);
    if (due !== undefined) return due;
    const leaving = await claim(passage, settings);
    if ("kind" in leaving) return leaving;
    sendHead(passage, leaving, settings);
    settings.longResponses.watch(res, visitor.session);
    return await stream(passage, leaving.entry, settings);
  });
}

async function claim(passage: WorkerPassage, settings: Settings): Promise<Leaving | Refuse> {
  const { policy, clock, downloads } = settings;
  const found = await findDownload(passage, settings);
  if ("kind" in found) return found;
  const ledger = await downloads.ledger();
  const key: unknown = passage.req.query["key"];
  const session = nameOnRecord(passage.visitor.session);
  if (typeof key !== "string" || !isOwnDownload(found, passage) || found.session !== session)
    return refuse("download-unknown", policy.edition);
  // What the file was made on may have ended since. It stays where it is: put in order, it may be fetched.
  const findEnd = () => judgeLeaving(passage.visitor, found, downloads.routes, settings);
  const end = await findEnd();
  if (end !== undefined) return end;
  const entry = await ledger.claim(found.id, hashOfLink(key), session, clock());
  if (entry === undefined || entry.file === null) return refuse("download-link-ended", policy.edition);
  const begunAt = performance.now();
  const record = await recordLeaving(passage, entry, ledger, settings);
  const late = tookLong(begunAt) ? await findEnd() : undefined;
  if (late === undefined) return { entry, file: entry.file, record };
  await ledger.unclaim(entry.id);
  return late;
}

/** Where it cannot be recorded nothing leaves, and it may be fetched later. */
async function recordLeaving(
  passage: WorkerPassage,
  entry: DownloadEntry,
  ledger: Ledger,
  { log, policy, clock }: Settings,
): Promise<string> {
  const { why: purpose, file } = entry;
  const left = file === null ? {} : { file };
  const deed: Deed = {
    at: clock(),
    action: "fetch-download",
    outcome: "done",
    purpose,
    detail: detailOf(entry),
    ...left,
  };
  try {
    return (await log.append(accessOf(passage, deed, policy))).id;
  } catch (error) {
    await ledger.unclaim(entry.id);
    throw error;
  }
}

function sendHead({ res }: WorkerPassage, { entry, file, record }: Leaving, { downloads }: Settings): void {
  const [type, extension] = TYPES[entry.format] ?? UNKNOWN_TYPE;
  const name = downloads.routes.find(({ schema }) => schema.name === entry.schema)?.fileName ?? entry.schema;
  res.statusCode = 200;
  res.setHeader("Content-Type", type);
  res.setHeader("Content-Length", file.sizeBytes);
  res.setHeader("Content-Disposition", attachmentOf(fileNameOf(name, entry.askedAt, extension)));
  res.setHeader("Cache-Control", "no-store");
  res.setHeader("Accept-Ranges", "none");
  res.setHeader("X-Content-Type-Options", "nosniff");
  res.setHeader("Repr-Digest", `sha-256=:${Buffer.from(file.sha256, "hex").toString("base64")}:`);
  res.setHeader("Garim-Record", record);
}

/** What breaks off now is the reader's line: it is on record, its length says that it is not whole, and it is gone here. */
async function stream(
  { res }: WorkerPassage,
  { id }: DownloadEntry,
  { downloads, logger }: Settings,
): Promise<Outcome> {
  try {
    await pipeline(openSealed(downloads.spool, id), res);
  } catch (error) {
    logger.warn({ download: id, ...describeError(error) }, "garim: a file was not fetched to its end");
    res.destroy();
  }
  await removeSealed(downloads.spool, id).catch((error) =>
    logger.error({ download: id, ...describeError(error) }, "garim: a fetched file could not be removed"),
  );
  return undefined;
}
