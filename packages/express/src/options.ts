import { GarimError, type Identity, nearest, type PolicyOptions } from "@garim/policy";
import type { Request, Response } from "express";
import type { Database } from "./database.ts";
import type { Keys } from "./keys.ts";
import type { Logger } from "./logger.ts";

/** What `createGarim` takes. */
export interface GarimOptions {
  /** A `pg` Pool, or `embedded("./.garim")`: always said, never guessed from a missing variable. */
  readonly database: Database | Promise<Database>;
  /** `keysFromFile("./garim.keys")`, or keys of a vault. */
  readonly keys: Keys;
  /** The edition and stricter numbers. */
  readonly policy?: PolicyOptions;
  /** Who the host's own log-in says is asking; nothing for nobody. */
  readonly identify: (req: Request) => Identity | null | undefined | Promise<Identity | null | undefined>;
  /** Ends the host's own log-in, so that an ended session ends there too. Awaited. */
  readonly signOut?: (req: Request, res: Response) => unknown;
  /** The name staff see in their authenticator app. Default `Garim`. */
  readonly issuer?: string;
  /** Requests that are no deed of a person (polling): they do not extend the session. HEAD and OPTIONS never do. */
  readonly isBackground?: (req: Request) => boolean;
  /** UTC milliseconds. Default `Date.now`. */
  readonly clock?: () => number;
  /** Where diagnostics go; a pino logger fits. Default: pino on standard output. */
  readonly logger?: Logger;
  /** A session cookie without TLS, for http://localhost. Refused in production. */
  readonly insecureCookie?: boolean;
}

const NAMES: readonly (keyof GarimOptions)[] = [
  "database",
  "keys",
  "policy",
  "identify",
  "signOut",
  "issuer",
  "isBackground",
  "clock",
  "logger",
  "insecureCookie",
];

/**
 * Checks the options once, at start.
 *
 * @throws GarimError `ERR_GARIM_OPTION_UNKNOWN`, `ERR_GARIM_OPTION_INVALID`, `ERR_GARIM_DEPLOYMENT`
 */
export function checkOptions(options: GarimOptions, isProduction: boolean): void {
  if (typeof options !== "object" || options === null)
    throw invalid("options", "an object", "createGarim({ … })");
  for (const name of Object.keys(options))
    if (!NAMES.includes(name as keyof GarimOptions)) throw unknown(name);
  if (typeof options.database !== "object" || options.database === null)
    throw invalid("database", "a pg Pool or embedded(dir)", 'database: embedded("./.garim")');
  if (typeof options.keys?.subjects?.all !== "function" || typeof options.keys.secrets?.all !== "function")
    throw invalid("keys", "keys", 'keys: keysFromFile("./garim.keys")');
  if (typeof options.identify !== "function")
    throw invalid("identify", "a function", "identify: (req) => req.session?.user");
  if (isProduction && options.insecureCookie === true)
    throw new GarimError(
      "ERR_GARIM_DEPLOYMENT",
      "insecureCookie is for http://localhost; take it out and serve production over TLS",
    );
}

function unknown(name: string): GarimError {
  const hint = nearest(name, NAMES);
  return new GarimError(
    "ERR_GARIM_OPTION_UNKNOWN",
    `createGarim has no option ${JSON.stringify(name)}.${hint === undefined ? "" : ` Did you mean ${hint}?`} It takes: ${NAMES.join(", ")}`,
  );
}

function invalid(name: string, wanted: string, line: string): GarimError {
  return new GarimError(
    "ERR_GARIM_OPTION_INVALID",
    `createGarim needs ${name} to be ${wanted}; write ${line}`,
  );
}
