import { GarimError, nearest } from "@garim/policy";
import type { Access } from "./access.ts";
import type { LogDatabase } from "./database.ts";
import type { NoteSigner } from "./note/signer.ts";
import { checkSinks } from "./pass-on/check-sinks.ts";
import type { RecordLine } from "./pass-on/record-line.ts";
import type { RecordSink } from "./pass-on/sink.ts";
import type { PseudonymKeys } from "./pseudonym.ts";
import type { CheckpointPlace } from "./seal/place.ts";

export interface AccessLogOptions {
  /** A `pg` Pool or a PGlite. */
  readonly database: LogDatabase;
  /**
   * A read replica of that database: auditors' questions are answered from it, while their records go to `database`. Each answer says
   * how far it was behind.
   */
  readonly replica?: LogDatabase;
  readonly keys: PseudonymKeys;
  /** UTC milliseconds; the computer's clock unless given. */
  readonly clock?: () => number;
  /** Records that may wait to be written: {@link LOG_DEFAULTS}. */
  readonly queueLimit?: number;
  /** Milliseconds an append waits before it is refused: {@link LOG_DEFAULTS}. */
  readonly timeoutMs?: number;
  /** Refuses a database that does not write to disk (`fsync = off`). */
  readonly production?: boolean;
  /** Makes changes provable: who signs the log, and where the signatures are kept. Must be given in production. */
  readonly seal?: SealOptions;
  /** Where durable records are passed on to; they hold up neither an append nor an answer. */
  readonly sinks?: readonly RecordSink[];
  /** Told of each durable record, for diagnostics: no personal data. */
  readonly onRecord?: (line: RecordLine) => void;
  /** Told of each access of this process once it is durable, as it was handed in: it names data subjects, so keep nothing of it. */
  readonly onAccess?: (access: Access) => void;
  /** Told when the log stops taking records, once until it takes one again, and what could not be recorded at the end. */
  readonly onFault?: (error: GarimError) => void;
}

/**
 * How the log is sealed.
 *
 * @source notice-2026-9/8-3
 */
export interface SealOptions {
  /** Names the log in every checkpoint, for ever: a name of yours without spaces, as `shop.example/access-log`. */
  readonly origin: string;
  /** Those who sign now; while a key is changed, the new one and the old one. Asked each time. */
  readonly signers: { all(): readonly NoteSigner[] };
  /** Where checkpoints are kept outside the database: at least one in production. */
  readonly places: readonly CheckpointPlace[];
}

export const LOG_DEFAULTS: { readonly queueLimit: number; readonly timeoutMs: number } = Object.freeze({
  queueLimit: 10_000,
  timeoutMs: 5_000,
});

const SEAL_EXAMPLE =
  'seal: { origin: "shop.example/access-log", signers: { all: () => [signer] }, places: [filePlace("/mnt/elsewhere/checkpoints")] }';

const NAMES: readonly string[] = [
  "database",
  "replica",
  "keys",
  "clock",
  "queueLimit",
  "timeoutMs",
  "production",
  "seal",
  "sinks",
  "onRecord",
  "onAccess",
  "onFault",
];

/** The options with their defaults; only what has none may be missing. */
export type ResolvedLogOptions = Required<Omit<AccessLogOptions, OptionalName>> &
  Pick<AccessLogOptions, OptionalName>;

type OptionalName = "replica" | "seal" | "onRecord" | "onAccess";

/**
 * Checks the options and fills in the defaults.
 *
 * @throws GarimError `ERR_GARIM_OPTION_UNKNOWN` (names the nearest option), `ERR_GARIM_OPTION_INVALID`
 */
export function resolveOptions(options: AccessLogOptions): ResolvedLogOptions {
  for (const name of Object.keys(options)) if (!NAMES.includes(name)) throw unknownOption(name);
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const resolved: ResolvedLogOptions = {
    database: options.database,
    keys: options.keys,
    clock: Date.now,
    production: false,
    sinks: [],
    onFault: () => undefined,
    ...LOG_DEFAULTS,
    ...given,
  };
  if (typeof resolved.database?.query !== "function")
    throw invalid("database", "a pg Pool or a PGlite; write database: new Pool({ connectionString })");
  if (resolved.replica !== undefined && typeof resolved.replica?.query !== "function")
    throw invalid("replica", "a pg Pool of a replica; leave it out where there is none");
  if (typeof resolved.keys?.all !== "function")
    throw invalid("keys", "a source of keys; write keys: { all: () => [{ id, key }] }");
  for (const name of ["clock", "onRecord", "onAccess", "onFault"] as const)
    if (!["function", "undefined"].includes(typeof resolved[name])) throw invalid(name, "a function");
  for (const name of ["queueLimit", "timeoutMs"] as const) checkWhole(name, resolved[name]);
  if (typeof resolved.production !== "boolean") throw invalid("production", "true or false");
  checkSinks(resolved.sinks);
  checkSeal(resolved);
  return resolved;
}

/** Without a copy of its signatures elsewhere, whoever has the database has the whole truth. */
function checkSeal({ seal, production }: ResolvedLogOptions): void {
  if (seal === undefined && !production) return;
  const isWhole =
    typeof seal?.origin === "string" && typeof seal.signers?.all === "function" && Array.isArray(seal.places);
  if (isWhole && (seal.places.length > 0 || !production)) return;
  throw invalid("seal", `whole, in production with a place outside the database; write ${SEAL_EXAMPLE}`);
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
