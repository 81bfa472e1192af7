import { GarimError, nearest } from "@garim/policy";
import type { LogDatabase } from "./database.ts";
import type { PseudonymKeys } from "./pseudonym.ts";

export interface AccessLogOptions {
  /** A `pg` Pool or a PGlite. */
  readonly database: LogDatabase;
  readonly keys: PseudonymKeys;
  /** UTC milliseconds; the computer's clock unless given. */
  readonly clock?: () => number;
  /** Records that may wait to be written: {@link LOG_DEFAULTS}. */
  readonly queueLimit?: number;
  /** Milliseconds an append waits before it is refused: {@link LOG_DEFAULTS}. */
  readonly timeoutMs?: number;
  /** Refuses a database that does not write to disk (`fsync = off`). */
  readonly production?: boolean;
  /** Told when the log stops taking records, once until it takes one again, and what could not be recorded at the end. */
  readonly onFault?: (error: GarimError) => void;
}

export const LOG_DEFAULTS: { readonly queueLimit: number; readonly timeoutMs: number } = Object.freeze({
  queueLimit: 10_000,
  timeoutMs: 5_000,
});

const NAMES: readonly string[] = [
  "database",
  "keys",
  "clock",
  "queueLimit",
  "timeoutMs",
  "production",
  "onFault",
];

/**
 * Checks the options and fills in the defaults.
 *
 * @throws GarimError `ERR_GARIM_OPTION_UNKNOWN` (names the nearest option), `ERR_GARIM_OPTION_INVALID`
 */
export function resolveOptions(options: AccessLogOptions): Required<AccessLogOptions> {
  for (const name of Object.keys(options)) if (!NAMES.includes(name)) throw unknownOption(name);
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const resolved: Required<AccessLogOptions> = {
    database: options.database,
    keys: options.keys,
    clock: Date.now,
    production: false,
    onFault: () => undefined,
    ...LOG_DEFAULTS,
    ...given,
  };
  if (typeof resolved.database?.query !== "function")
    throw invalid("database", "a pg Pool or a PGlite; write database: new Pool({ connectionString })");
  if (typeof resolved.keys?.all !== "function")
    throw invalid("keys", "a source of keys; write keys: { all: () => [{ id, key }] }");
  for (const name of ["clock", "onFault"] as const)
    if (typeof resolved[name] !== "function") throw invalid(name, "a function");
  for (const name of ["queueLimit", "timeoutMs"] as const) checkWhole(name, resolved[name]);
  if (typeof resolved.production !== "boolean") throw invalid("production", "true or false");
  return resolved;
}

function checkWhole(name: keyof typeof LOG_DEFAULTS, value: number): void {
  // Longer than 2^31 - 1 ms a timer of Node does not wait: it would fire at once.
  if (!Number.isSafeInteger(value) || value < 1 || value > 2_147_483_647)
    throw invalid(name, `a whole number of at least 1; write ${name}: ${LOG_DEFAULTS[name]}`);
}

function unknownOption(name: string): GarimError {
  const hint = nearest(name, NAMES);
  return new GarimError(
    "ERR_GARIM_OPTION_UNKNOWN",
    `createAccessLog has no option ${JSON.stringify(name)}.${hint === undefined ? "" : ` Did you mean ${hint}?`} It takes: ${NAMES.join(", ")}`,
  );
}

function invalid(name: string, wanted: string): GarimError {
  return new GarimError("ERR_GARIM_OPTION_INVALID", `createAccessLog: ${name} must be ${wanted}`);
}
