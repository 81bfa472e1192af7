import { GarimError } from "@garim/policy";
import { checkNames } from "./option-names.ts";

export interface HttpSinkOptions {
  /** `http:` and the host unless given. */
  readonly name?: string;
  /** Asked before every request, so that a secret is read where it is kept and may be renewed. */
  readonly headers?: () => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
  /** `ndjson`, a line an event, unless given; or one array. */
  readonly format?: "ndjson" | "json";
  /** How long a request may take until its status is there; 10,000 unless given. */
  readonly timeoutMs?: number;
}

const NAMES = [
  "name",
  "headers",
  "format",
  "timeoutMs",
] as const satisfies readonly (keyof HttpSinkOptions)[];

/** @throws GarimError `ERR_GARIM_OPTION_UNKNOWN`, `ERR_GARIM_OPTION_INVALID` */
export function checkHttpOptions(options: HttpSinkOptions): void {
  checkNames("httpSink", options, NAMES);
  const { headers, format, timeoutMs } = options;
  if (headers !== undefined && typeof headers !== "function")
    throw invalid(
      "headers must be a function, so that no secret is a constant: headers: () => ({ authorization: … })",
    );
  if (format !== undefined && format !== "ndjson" && format !== "json")
    throw invalid('format must be "ndjson" or "json"');
  if (timeoutMs !== undefined && !(Number.isSafeInteger(timeoutMs) && timeoutMs >= 1 && timeoutMs <= 600_000))
    throw invalid("timeoutMs must be a whole number from 1 to 600000");
}

function invalid(wanted: string): GarimError {
  return new GarimError("ERR_GARIM_OPTION_INVALID", `httpSink: ${wanted}`);
}
