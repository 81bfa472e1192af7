import { join } from "node:path";
import { parseArgs } from "node:util";
import { openKeyFile, type PseudonymKeys } from "@garim/audit";
import { GarimError } from "@garim/policy";

/** What the month's work needs to know. */
export interface Settings {
  /** Who asks: stands on record of every question. */
  readonly auditor: string;
  /** A PostgreSQL server; without it the embedded database in `market`. */
  readonly databaseUrl: string | undefined;
  /** The marketplace's folder. */
  readonly market: string;
  /** Where the copy of the log's checkpoints outside the database is, and the log's name in them. */
  readonly checkpoints: string;
  readonly logName: string;
  /** Make buyers pseudonyms, as the marketplace does. */
  readonly subjects: PseudonymKeys;
  /** The log's public keys; from the marketplace's own key file they prove nothing to anybody else. */
  readonly publicKeys: readonly string[];
  readonly isKeyHandedOver: boolean;
  /** A month in Korea, `2026-11`. */
  readonly month: string;
  /** Whom the month's spot check is about. */
  readonly buyer: string | undefined;
  /** The folder for report and proof. */
  readonly out: string;
}

const TEXT = { type: "string" } as const;

/** Reads command line and environment. @throws GarimError `ERR_GARIM_INPUT_INVALID`, and what is wrong with the key file */
export function readSettings(args: readonly string[], env: NodeJS.ProcessEnv): Settings {
  const options = { month: TEXT, market: TEXT, buyer: TEXT, out: TEXT };
  const {
    month = "",
    market = join(".garim", "marketplace"),
    ...rest
  } = parseArgs({
    args: [...args],
    options,
  }).values;
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw invalid("Say which month: --month 2026-11");
  const auditor = (env["GARIM_AUDITOR"] ?? "").trim();
  if (auditor === "") throw invalid("Say who asks, for the record: GARIM_AUDITOR=kim");
  const onFault = (fault: GarimError): unknown => process.stderr.write(`${fault.message}\n`);
  const path = env["GARIM_KEYS"] ?? join(market, "garim.keys");
  const { subjects, signers } = openKeyFile(path, { isProduction: false, onFault });
  const key = env["GARIM_LOG_KEY"];
  return {
    auditor,
    databaseUrl: env["DATABASE_URL"],
    market,
    checkpoints: env["GARIM_CHECKPOINTS"] ?? join(market, "checkpoints"),
    logName: env["GARIM_LOG_NAME"] ?? "garim-market.example/access-log",
    subjects,
    publicKeys: key?.split(" ") ?? signers.all().map(({ verifierKey }) => verifierKey),
    isKeyHandedOver: key !== undefined,
    month,
    buyer: rest.buyer,
    out: rest.out ?? join(".garim", "auditor"),
  };
}

function invalid(what: string): GarimError {
  return new GarimError("ERR_GARIM_INPUT_INVALID", what);
}
