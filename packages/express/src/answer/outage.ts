import { isGarimError } from "@garim/policy";

/** Seconds after which whoever was told that something is out may ask again. */
export const RETRY_AFTER = "5";

/** Tells a fault of a port (the answer is 503) from a mistake in the host's code (500). */
export function isOutage(error: unknown): boolean {
  if (isGarimError(error)) return isLogOutage(error) || error.code === "ERR_GARIM_STATE_UNAVAILABLE";
  // The host's own code says so as Express reads it: its database is out, too.
  return typeof error === "object" && error !== null && "status" in error && error.status === 503;
}

/** Tells that a record was not taken: the log itself counts those. */
export function isLogOutage(error: unknown): boolean {
  return isGarimError(error) && LOG_OUTAGES.has(error.code);
}

const LOG_OUTAGES: ReadonlySet<string> = new Set([
  "ERR_GARIM_LOG_UNAVAILABLE",
  "ERR_GARIM_LOG_BUSY",
  "ERR_GARIM_LOG_CLOSED",
]);
