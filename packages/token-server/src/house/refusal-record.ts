import { randomUUID } from "node:crypto";
import { isGarimError, REASONS, type Reason } from "@garim/policy";
import type { Refused } from "../core/core.ts";
import { callerOf } from "./caller.ts";
import type { Desk } from "./desk.ts";
import { languageOf } from "./language.ts";

/** Where diagnostics go. */
export interface Logger {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
}

/** What an OAuth error means, on record and to the tool, where the house gave no reason of its own. */
const REASONS_OF_ERRORS: Readonly<Record<string, Reason>> = {
  // Of an id that nobody has and a proof that is wrong the same is said.
  invalid_client: "tool-unproven",
  invalid_grant: "code-void",
  invalid_token: "token-invalid",
  invalid_dpop_proof: "proof-invalid",
  use_dpop_nonce: "proof-nonce",
  access_denied: "grant-missing",
  temporarily_unavailable: "unavailable",
  server_error: "unavailable",
};

/**
 * Puts a refusal on record and says why. Refusals are summed per origin and minute: who names a tool is not yet that tool, and nobody
 * shall flood the log in its name.
 *
 * @returns members of the answer besides the OAuth error; `trace_id` stands in the diagnostics, too
 */
export function recordRefusal(
  refused: Refused,
  desk: Desk,
  logger: Logger,
): Readonly<Record<string, string>> {
  const { req, toolId, error, status, keys, cause } = refused;
  const { origin, route } = callerOf(req);
  const trace = randomUUID();
  const reason = refused.reason ?? REASONS_OF_ERRORS[error] ?? "request-invalid";
  desk.log.countRefusal({ ip: origin.ip, route, reason });
  const fault = keys === undefined ? {} : { keys: keys.fault, keysStatus: keys.status };
  const said = { trace, route, toolId, error, reason, ...fault, ...describe(cause) };
  if (status >= 500) logger.error(said, "garim: the token server failed");
  else logger.warn(said, "garim: the token server refused");
  return { ...explain(reason, languageOf(req.headers["accept-language"])), trace_id: trace };
}

function explain(reason: Reason, language: "ko" | "en"): Readonly<Record<string, string>> {
  const { source, because, remedy } = REASONS[reason];
  const words = { reason, source, because: because[language] };
  return remedy === null ? words : { ...words, remedy: remedy[language] };
}

/** Class and code of an error, and the core's own words for it, or Garim's; nothing that came with the request. */
function describe(cause: unknown): Readonly<Record<string, string>> {
  if (!(cause instanceof Error)) return {};
  if (isGarimError(cause)) return { cause: cause.name, code: cause.code, help: cause.message };
  const { error_detail: detail } = cause as { error_detail?: unknown };
  return { cause: cause.name, ...(typeof detail === "string" ? { detail } : {}) };
}
