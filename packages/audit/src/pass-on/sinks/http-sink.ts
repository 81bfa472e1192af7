import { GarimError, isGarimError } from "@garim/policy";
import type { LogEntry } from "../../access.ts";
import { readSafeUrl } from "../../safe-url.ts";
import { ocsfArray, ocsfLines } from "../ocsf/lines.ts";
import type { RecordSink } from "../sink.ts";
import { checkHttpOptions, type HttpSinkOptions } from "./http-options.ts";

/**
 * Posts records to a collector, as OCSF events: NDJSON or a JSON array. Any 2xx takes them; redirects are not followed. 401, 403,
 * 408, 429, 5xx and a broken connection are tried again; what is too large (413) comes in halves; any other status refuses the
 * batch for good.
 *
 * @param url - https, or http to this very machine
 * @throws GarimError `ERR_GARIM_OPTION_UNKNOWN`, `ERR_GARIM_OPTION_INVALID`
 */
export function httpSink(url: string | URL, options: HttpSinkOptions = {}): RecordSink {
  checkHttpOptions(options);
  return new HttpSink(readSafeUrl("httpSink", url), options);
}

class HttpSink implements RecordSink {
  readonly name: string;
  readonly #url: URL;
  readonly #options: HttpSinkOptions;

  constructor(url: URL, options: HttpSinkOptions) {
    this.name = options.name ?? `http:${url.host}`;
    this.#url = url;
    this.#options = options;
  }

  async send(records: readonly LogEntry[], signal?: AbortSignal): Promise<void> {
    const status = await this.#post(records, signal);
    if (status === TOO_LARGE && records.length > 1) return this.#sendHalves(records, signal);
    if (status < 200 || status > 299) throw this.#refusal(status);
  }

  /** A record that is too large alone holds up no other: it is told of when the others are sent. */
  async #sendHalves(records: readonly LogEntry[], signal?: AbortSignal): Promise<void> {
    const middle = records.length >> 1;
    let refusal: unknown;
    for (const half of [records.slice(0, middle), records.slice(middle)])
      try {
        await this.send(half, signal);
      } catch (error) {
        if (!(isGarimError(error) && error.code === "ERR_GARIM_SINK_REFUSED")) throw error;
        refusal = error;
      }
    if (refusal !== undefined) throw refusal;
  }

  async #post(records: readonly LogEntry[], signal?: AbortSignal): Promise<number> {
    const headers = await this.#headers();
    const timeout = AbortSignal.timeout(this.#options.timeoutMs ?? 10_000);
    const response = await fetch(this.#url, {
      method: "POST",
      headers,
      body: this.#bodyOf(records),
      redirect: "error",
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
    });
    await discard(response);
    return response.status;
  }

  #bodyOf(records: readonly LogEntry[]): string {
    return this.#options.format === "json" ? ocsfArray(records) : ocsfLines(records);
  }

  async #headers(): Promise<Headers> {
    const given = (await this.#options.headers?.()) ?? {};
    const headers = new Headers();
    for (const [name, value] of Object.entries(given)) setHeader(headers, name, value);
    headers.set(
      "content-type",
      this.#options.format === "json" ? "application/json" : "application/x-ndjson",
    );
    return headers;
  }

  #refusal(status: number): GarimError {
    if (isPassing(status)) return new GarimError("ERR_GARIM_SINK", `${this.#url.host} answered ${status}`);
    return new GarimError(
      "ERR_GARIM_SINK_REFUSED",
      `${this.#url.host} answered ${status}: it would not take the same records again. Check the address, the format and how large a body it takes`,
    );
  }
}

const TOO_LARGE = 413;

/** A secret that expired is renewed by `headers`, so those two pass too. */
const PASSING: readonly number[] = [401, 403, 408, 429];

function isPassing(status: number): boolean {
  return status >= 500 || PASSING.includes(status);
}

/** What fetch says of a bad header holds its value, which may be a secret. */
function setHeader(headers: Headers, name: string, value: string): void {
  try {
    headers.set(name, value);
  } catch {
    throw new GarimError(
      "ERR_GARIM_SINK",
      `The header ${JSON.stringify(name)} of httpSink is none that can be sent; give a name and a value of visible ASCII`,
    );
  }
}

const MAX_ANSWER_BYTES = 65_536;
const MAX_ANSWER_MS = 1_000;

/** Reads a short answer to its end, so that the connection serves again; a long or slow one is cut off. The status is known. */
async function discard({ body }: Response): Promise<void> {
  if (body === null) return;
  const reader = body.getReader();
  const cut = (): void => void reader.cancel().catch(() => undefined);
  const timer = setTimeout(cut, MAX_ANSWER_MS);
  try {
    let sizeBytes = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      sizeBytes += part.value.length;
      if (sizeBytes > MAX_ANSWER_BYTES) cut();
    }
  } catch {
    // A connection that breaks after the status changes nothing.
  } finally {
    clearTimeout(timer);
  }
}
