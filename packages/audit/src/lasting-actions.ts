import type { AccessAction } from "./access.ts";

/** Tools, grants, contracts, flows, roles, factors, dismissals, policy and holds: the history of rights. @source notice-2026-9/5-3 */
export const RIGHTS_ACTIONS: readonly AccessAction[] = Object.freeze([
  "change-roles",
  "register-tool",
  "approve-tool",
  "change-tool",
  "suspend-tool",
  "grant-tool",
  "change-grant",
  "revoke-grant",
  "put-agreement",
  "end-agreement",
  "put-contract",
  "end-contract",
  "put-flow",
  "end-flow",
  "enrol-factor",
  "rename-factor",
  "remove-factor",
  "make-recovery-codes",
  "reset-factors",
  "account-locked",
  "unlock-account",
  "dismiss-account",
  "reinstate-account",
  "reactivate-account",
  "change-policy",
  "hold-records",
  "release-records",
] satisfies readonly AccessAction[]);

/** What outlives its month: the history of rights (three years), education, privacy policies, what became of keys, reviews, and what was destroyed. */
export const KEPT_ACTIONS: readonly AccessAction[] = Object.freeze([
  ...RIGHTS_ACTIONS,
  "confirm-destruction",
  "put-course",
  "end-course",
  "complete-course",
  "publish-policy",
  "rotate-key",
  "retire-key",
  "review",
  "destroy-records",
] satisfies readonly AccessAction[]);
