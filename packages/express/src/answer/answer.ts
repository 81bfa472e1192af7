import type { Response } from "express";
import { throughSeal } from "../reveal/sealed-response.ts";
import type { Problem } from "./problem.ts";

/** What goes on the wire: everything of it is Garim's. */
export interface Answer {
  readonly status: number;
  readonly contentType: string | null;
  readonly body: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Headers of an answer that must not be kept: a cache would outlive the purpose, an ETag would tell what is masked. */
const VALIDATORS: readonly string[] = [
  "ETag",
  "Last-Modified",
  "Expires",
  "Content-Encoding",
  "Accept-Ranges",
];

/** Sends an answer of Garim's own. The status text is cleared: it, too, can be set by a handler. */
export function sendAnswer(res: Response, answer: Answer): void {
  // Somebody borrowed Node's own `end`: nothing left the seal, and nothing can be answered any more.
  if (res.writableEnded || !throughSeal(res, () => write(res, answer))) res.destroy();
}

function write(res: Response, answer: Answer): void {
  res.statusCode = answer.status;
  res.statusMessage = "";
  for (const name of VALIDATORS) res.removeHeader(name);
  res.setHeader("Cache-Control", "no-store");
  // Taken for what its type says, and loaded by no other site's page.
  res.setHeader("X-Content-Type-Options", "nosniff");
  res.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  for (const [name, value] of Object.entries(answer.headers ?? {})) res.setHeader(name, value);
  if (answer.contentType !== null) {
    res.setHeader("Content-Type", answer.contentType);
    res.setHeader("Content-Length", answer.body.length);
  }
  res.end(answer.body.length === 0 ? undefined : answer.body);
}

/** An answer without a body. */
export function emptyAnswer(status: number): Answer {
  return { status, contentType: null, body: NOTHING };
}

/** An answer of Garim's own data, which holds none of a buyer. */
export function jsonAnswer(status: number, value: unknown): Answer {
  return { status, contentType: "application/json; charset=utf-8", body: Buffer.from(JSON.stringify(value)) };
}

/** Bytes on the wire of a problem (RFC 9457). */
export function problemAnswer(problem: Problem, headers: Readonly<Record<string, string>> = {}): Answer {
  const body = Buffer.from(JSON.stringify(problem));
  return { status: problem.status, contentType: "application/problem+json; charset=utf-8", body, headers };
}

const NOTHING = new Uint8Array(0);
