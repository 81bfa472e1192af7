/**
 * Why a JSON document could not be had: `dns`: the name leads nowhere · `refused`: nothing listens there · `timeout` · `tls`: no
 * certificate to trust · `redirect`: it wants us elsewhere · `status`: the answer is no 200 · `too-large` · `not-json` · `network`: the
 * connection broke, or anything else
 */
export type JsonFault =
  | "dns"
  | "refused"
  | "timeout"
  | "tls"
  | "redirect"
  | "status"
  | "too-large"
  | "not-json"
  | "network";

/** A document that could not be had. Names no address and no secret. */
export interface JsonFailure {
  readonly kind: "failure";
  readonly fault: JsonFault;
  /** Of the answer; `null` where there was none. */
  readonly status: number | null;
}

export interface JsonDocument {
  readonly kind: "document";
  readonly value: unknown;
}

const LARGEST_BYTES = 65_536;

/** Asks for a JSON document: no redirect is followed, and no more than 64 KiB are read. It settles within the time given. */
export async function readJson(
  url: string,
  request: RequestInit,
  timeoutMs: number,
): Promise<JsonDocument | JsonFailure> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const answer = await fetch(url, { ...request, redirect: "manual", signal });
    const { status } = answer;
    if (status !== 200) {
      await answer.body?.cancel();
      return fail(status >= 300 && status < 400 ? "redirect" : "status", status);
    }
    return await readBody(answer);
  } catch (error) {
    return fail(faultOfFetch(error));
  }
}

async function readBody({ body, status }: Response): Promise<JsonDocument | JsonFailure> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > LARGEST_BYTES) return fail("too-large", status);
    parts.push(part);
  }
  try {
    return { kind: "document", value: JSON.parse(Buffer.concat(parts).toString("utf8")) };
  } catch {
    return fail("not-json", status);
  }
}

function fail(fault: JsonFault, status: number | null = null): JsonFailure {
  return { kind: "failure", fault, status };
}

const FAULTS: Readonly<Record<string, JsonFault>> = {
  ENOTFOUND: "dns",
  EAI_AGAIN: "dns",
  ECONNREFUSED: "refused",
  ETIMEDOUT: "timeout",
  UND_ERR_CONNECT_TIMEOUT: "timeout",
  UND_ERR_HEADERS_TIMEOUT: "timeout",
  UND_ERR_BODY_TIMEOUT: "timeout",
};

const TLS = /^(?:ERR_TLS|ERR_SSL|CERT_|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO)/;

/** What `fetch` failed of. Its own words are one for all; what happened is in the cause, or the causes of its tries. */
export function faultOfFetch(error: unknown): JsonFault {
  for (const one of causesOf(error)) {
    if (one.name === "TimeoutError") return "timeout";
    if (/redirect/i.test(one.message)) return "redirect";
    const code = String((one as NodeJS.ErrnoException).code);
    const fault = FAULTS[code] ?? (TLS.test(code) ? "tls" : undefined);
    if (fault !== undefined) return fault;
  }
  return "network";
}

const DEEPEST = 5;

function causesOf(error: unknown, depth: number = 0): readonly Error[] {
  if (!(error instanceof Error) || depth > DEEPEST) return [];
  const more: readonly unknown[] = error instanceof AggregateError ? error.errors : [];
  return [error, ...[error.cause, ...more].flatMap((one) => causesOf(one, depth + 1))];
}
