import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";

/** Whoever asked for an answer that took longer may have left meanwhile. Ours; the law gives no number. */
const LONGEST_DEED_MS = 60_000;

const NO_DEEDS: ReadonlySet<string> = new Set(["HEAD", "OPTIONS", "TRACE"]);

/**
 * Tells whether a request, now answered, was something a person did: as far as the exchange itself shows it.
 *
 * What a client says of itself is heard only against it (an `EventSource`, a prefetch): no header makes a deed of a request.
 *
 * @param tookMs - from the first look at the request to the last byte of its answer
 * @source code-2022/idle
 */
export function isDeed(req: IncomingMessage, res: ServerResponse, tookMs: number): boolean {
  const type = String(res.getHeader("content-type"));
  return mayBeDeed(req) && isGood(res.statusCode) && tookMs <= LONGEST_DEED_MS && !isEventStream(type);
}

/** Whether a request, not yet answered, may turn out to be something a person did. */
export function mayBeDeed({ method = "", headers }: IncomingMessage): boolean {
  return !NO_DEEDS.has(method) && !isEventStream(headers.accept) && !isPrefetch(headers);
}

/** A 304 says that a page asked by itself whether anything is new, and nothing was. */
function isGood(status: number): boolean {
  return status < 400 && status !== 304;
}

function isEventStream(type: string | undefined): boolean {
  return type?.toLowerCase().includes("text/event-stream") === true;
}

function isPrefetch(headers: IncomingHttpHeaders): boolean {
  return [headers["sec-purpose"], headers["purpose"]].some((purpose) => String(purpose).includes("prefetch"));
}
