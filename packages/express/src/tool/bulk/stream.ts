import { once } from "node:events";
import type { Reason } from "@garim/policy";
import type { Response } from "express";
import { accessOf } from "../../answer/access.ts";
import type { Answer } from "../../answer/answer.ts";
import { isOutage } from "../../answer/outage.ts";
import type { Passage } from "../../answer/passage.ts";
import { describeError } from "../../logger.ts";
import type { Settings } from "../../start/settings.ts";
import { type BulkPage, type BulkRun, readPage } from "./page.ts";

/** How a reading ended: `next` goes on where it stopped. */
interface StreamEnd {
  readonly next: string | null;
  readonly reason?: Reason;
}

/** A page as one JSON answer. */
export function pageAnswer(page: BulkPage, cursor: string | null): Answer {
  const parts: Uint8Array[] = [Buffer.from('{"lines":[')];
  for (const [i, line] of page.lines.entries()) parts.push(...(i === 0 ? [] : [COMMA]), line);
  parts.push(Buffer.from(`],"next":${JSON.stringify(cursor)}}`));
  return { status: 200, contentType: "application/json; charset=utf-8", body: Buffer.concat(parts) };
}

const COMMA = Buffer.from(",");
const LINE_END = Buffer.from("\n");

/**
 * Streams a reading as NDJSON, page after page, each on record before its bytes leave. The last line says how it ended:
 * `{"_end":{"next":null}}`, or the reason and where to go on. A stream without it was cut off: go on after the last line you have stored.
 */
export async function streamPages<R>(
  run: BulkRun<R>,
  first: BulkPage,
  limit: number,
  cursorOf: (key: string) => string,
): Promise<void> {
  const { res } = run.passage;
  res.status(200).type("application/x-ndjson").setHeader("Cache-Control", "no-store");
  let page: BulkPage = first;
  for (;;) {
    if (!(await writePage(res, page))) return;
    if (page.next === null) return writeEnd(res, { next: null });
    const here = page.next;
    const following = await nextPage(run, here, limit);
    if (typeof following === "string") return writeEnd(res, { next: cursorOf(here), reason: following });
    page = following;
  }
}

/** The next page, or why there is none. What keeps it from being recorded keeps it from being sent. */
async function nextPage<R>(run: BulkRun<R>, after: string, limit: number): Promise<BulkPage | Reason> {
  try {
    const page = await readPage(run, after, limit);
    if (page.kind === "page") return page;
    await refuseUnsent(page.passage, page.refusal.reason, run.settings);
    return page.refusal.reason;
  } catch (error) {
    run.settings.logger.error(
      { route: run.passage.route, ...describeError(error) },
      "garim: a tool's reading ended early",
    );
    return isOutage(error) ? "unavailable" : "answer-refused";
  }
}

/** The head is out: the refusal goes on record, and into the last line. */
async function refuseUnsent(
  passage: Passage,
  reason: Reason,
  { log, clock, policy }: Settings,
): Promise<void> {
  const { action, purpose = "" } = passage;
  const deed = { at: clock(), action, outcome: "refused", reason, purpose } as const;
  await log.append(accessOf(passage, deed, policy));
}

/** Waits while the client reads slowly. @returns whether the client is still there */
async function writePage(res: Response, page: BulkPage): Promise<boolean> {
  if (res.destroyed || res.writableEnded) return false;
  const isRoom = res.write(Buffer.concat(page.lines.flatMap((line) => [line, LINE_END])));
  if (isRoom) return true;
  const gone = new AbortController();
  const onClose = (): void => gone.abort();
  res.once("close", onClose);
  try {
    await once(res, "drain", { signal: gone.signal });
    return true;
  } catch {
    return false;
  } finally {
    res.off("close", onClose);
  }
}

function writeEnd(res: Response, end: StreamEnd): void {
  res.end(`${JSON.stringify({ _end: end })}\n`);
}
