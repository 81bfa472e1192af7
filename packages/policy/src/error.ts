/**
 * The codes of every error Garim raises, all in one place so that docs, `explain` and tests read one list.
 * A refusal of data is never an error: it is a decision (`decision.ts`).
 */
export type GarimErrorCode =
  // policy
  | "ERR_GARIM_EDITION_UNKNOWN"
  | "ERR_GARIM_POLICY_LAX"
  | "ERR_GARIM_POLICY_INVALID"
  | "ERR_GARIM_OPTION_UNKNOWN"
  | "ERR_GARIM_OPTION_INVALID"
  | "ERR_GARIM_SUBJECT_INVALID"
  // masking
  | "ERR_GARIM_SCHEMA_INVALID"
  | "ERR_GARIM_ANSWER_SHAPE"
  | "ERR_GARIM_ANSWER_UNDECLARED"
  | "ERR_GARIM_ANSWER_TOO_LARGE"
  | "ERR_GARIM_ANSWER_CHANGED"
  // auth
  | "ERR_GARIM_IDENTITY_INVALID"
  | "ERR_GARIM_STATE_UNAVAILABLE"
  | "ERR_GARIM_KEYS_INVALID"
  | "ERR_GARIM_KEYS_MISSING"
  | "ERR_GARIM_CHANNEL"
  | "ERR_GARIM_SIGNAL"
  // audit
  | "ERR_GARIM_RECORD_INVALID"
  | "ERR_GARIM_LOG_UNAVAILABLE"
  | "ERR_GARIM_LOG_BUSY"
  | "ERR_GARIM_LOG_CLOSED"
  | "ERR_GARIM_QUERY_INVALID"
  | "ERR_GARIM_SCHEMA_VERSION"
  | "ERR_GARIM_SINK"
  | "ERR_GARIM_SINK_REFUSED"
  | "ERR_GARIM_PROOF_INVALID"
  | "ERR_GARIM_RETENTION"
  // workbook
  | "ERR_GARIM_PASSWORD_WEAK"
  | "ERR_GARIM_WORKBOOK_ROW"
  | "ERR_GARIM_WORKBOOK_LIMIT"
  | "ERR_GARIM_WORKBOOK_SPOOL"
  | "ERR_GARIM_WORKBOOK_CLOSED"
  | "ERR_GARIM_WORKBOOK_PASSWORD"
  | "ERR_GARIM_WORKBOOK_DAMAGED"
  // express
  | "ERR_GARIM_DEPLOYMENT"
  | "ERR_GARIM_DATABASE"
  | "ERR_GARIM_ROUTE_UNGUARDED"
  | "ERR_GARIM_ANSWER_WAY"
  // cli
  | "ERR_GARIM_INPUT_INVALID";

/** Where a port is out, whoever asks again is answered once it is back. */
const OUTAGES: ReadonlySet<GarimErrorCode> = new Set([
  "ERR_GARIM_STATE_UNAVAILABLE",
  "ERR_GARIM_LOG_UNAVAILABLE",
  "ERR_GARIM_LOG_BUSY",
  "ERR_GARIM_LOG_CLOSED",
]);

/** Seconds; what guarded routes say, too. */
const OUTAGE_HEADERS: Readonly<Record<string, string>> = Object.freeze({ "Retry-After": "5" });

/**
 * The one error class of Garim: misuse by the host, or a broken port.
 *
 * The message is English, names the remedy and never carries personal data. `cause` is the underlying error.
 *
 * An outage (`ERR_GARIM_STATE_UNAVAILABLE`, `ERR_GARIM_LOG_UNAVAILABLE`, `ERR_GARIM_LOG_BUSY`, `ERR_GARIM_LOG_CLOSED`) has `status` and
 * `statusCode` 503 and `headers` with `Retry-After`, by the names under which error handlers of servers look for them: one that a
 * handler of the host lets through is no fault of that handler. All other errors have none of the three.
 */
export class GarimError extends Error {
  override readonly name: string = "GarimError";
  readonly code: GarimErrorCode;

  constructor(code: GarimErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }

  /** 503 for an outage. Not the error's own members, so that nobody's log repeats them. */
  get status(): 503 | undefined {
    return OUTAGES.has(this.code) ? 503 : undefined;
  }

  get statusCode(): 503 | undefined {
    return this.status;
  }

  get headers(): Readonly<Record<string, string>> | undefined {
    return OUTAGES.has(this.code) ? OUTAGE_HEADERS : undefined;
  }
}

/** Tells whether a caught value is a {@link GarimError}, also when it comes from a second copy of the package. */
export function isGarimError(value: unknown): value is GarimError {
  return value instanceof Error && value.name === "GarimError" && "code" in value;
}
