import type { AccessAction } from "@garim/audit";
import type { Policy, Reason, StepUpClass } from "@garim/policy";

/** What a program has to bring, in the words of RFC 9470, and what for. */
export interface StepUpChallenge {
  /** What `POST /step-up` proves it for. */
  readonly action: StepUpClass;
  /** Means of authentication that would do, most wanted first. */
  readonly acr_values: string;
  /** How old, in seconds, its proof may be. */
  readonly max_age: number;
}

/** Several factors, by the name OpenID gave it (PAPE 1.0). */
const MULTI_FACTOR = "http://schemas.openid.net/pape/policies/2007/06/multi-factor";

/** Deeds that change what somebody proves with, or where they are logged in. */
const MANAGING: ReadonlySet<AccessAction> = new Set([
  "enrol-factor",
  "rename-factor",
  "remove-factor",
  "make-recovery-codes",
  "end-sessions",
  "reset-factors",
  "unlock-account",
  "dismiss-account",
  "reinstate-account",
  "reactivate-account",
] satisfies readonly AccessAction[]);

/** How fresh a deed wants the second factor: changing factors asks for more than looking. */
export function stepUpOf(action: AccessAction): StepUpClass {
  return MANAGING.has(action) ? "manage" : "view";
}

/** The challenge of a refusal that a fresh second factor would lift; none for any other. */
export function challengeOf(
  reason: Reason,
  action: StepUpClass,
  policy: Policy,
): StepUpChallenge | undefined {
  const minutes = freshMinutes(reason, action, policy);
  return minutes === undefined ? undefined : { action, acr_values: MULTI_FACTOR, max_age: minutes * 60 };
}

/** The value of `WWW-Authenticate`. @source RFC 9470 section 3 */
export function challengeHeader({ acr_values, max_age }: StepUpChallenge): string {
  return `Bearer error="insufficient_user_authentication", acr_values="${acr_values}", max_age="${max_age}"`;
}

function freshMinutes(reason: Reason, action: StepUpClass, policy: Policy): number | undefined {
  switch (reason) {
    case "second-factor-missing":
    case "second-factor-stale":
    case "second-factor-unenrolled":
      return classMinutes(action, policy);
    case "second-factor-network":
      return Math.min(classMinutes(action, policy), policy.networkFreshMinutes);
    // No proof given before the device changed, or the sign was seen, will do, however young.
    case "second-factor-device":
    case "second-factor-signal":
      return 0;
    default:
      return undefined;
  }
}

function classMinutes(action: StepUpClass, policy: Policy): number {
  switch (action) {
    case "view":
      return policy.viewFreshMinutes;
    case "download":
      return policy.downloadFreshMinutes;
    default:
      return policy.manageFreshMinutes;
  }
}
