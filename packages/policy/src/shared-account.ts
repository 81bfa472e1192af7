import type { Reason } from "./reason.ts";

/** A device not known before is none: people buy new ones. */
const SIGNS: ReadonlySet<Reason> = new Set<Reason>(["impossible-hop", "shared-password"]);

/**
 * Whether a signal on record says that more than one person uses an account.
 *
 * @source notice-2026-9/5-4
 */
export function isSharedAccountSign(reason: Reason | null): boolean {
  return reason !== null && SIGNS.has(reason);
}
