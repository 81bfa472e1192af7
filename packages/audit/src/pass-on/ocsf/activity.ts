import type { AccessAction } from "../../access.ts";

/** A class of OCSF 1.5.0 that events are written in; the first digit of `uid` is its category. */
export interface OcsfClass {
  readonly uid: 1008 | 2004 | 3001 | 3002 | 3004 | 6003;
  readonly name: string;
}

const EVENT_LOG: OcsfClass = { uid: 1008, name: "Event Log Activity" };
const DETECTION: OcsfClass = { uid: 2004, name: "Detection Finding" };
const ACCOUNT: OcsfClass = { uid: 3001, name: "Account Change" };
const AUTHENTICATION: OcsfClass = { uid: 3002, name: "Authentication" };
const ENTITY: OcsfClass = { uid: 3004, name: "Entity Management" };
/** Data is asked for through a route, of which OCSF's datastore classes know nothing. */
const API: OcsfClass = { uid: 6003, name: "API Activity" };

/** `severity_id`. What is refused is at least low. */
export const SEVERITY: Readonly<Record<"informational" | "low" | "medium" | "high", number>> = Object.freeze({
  informational: 1,
  low: 2,
  medium: 3,
  high: 4,
});

export interface OcsfActivity {
  readonly of: OcsfClass;
  readonly id: number;
  /** The caption of `id`; the action itself where `id` is 99, Other. */
  readonly name: string;
  readonly severity: number;
}

function activity(
  of: OcsfClass,
  id: number,
  name: string,
  severity: number = SEVERITY.informational,
): OcsfActivity {
  return Object.freeze({ of, id, name, severity });
}

const OTHER = 99;

/** What each action is in OCSF. */
export const ACTIVITIES: Readonly<Record<AccessAction, OcsfActivity>> = Object.freeze({
  view: activity(API, 2, "Read"),
  download: activity(API, 2, "Read"),
  "ask-download": activity(ENTITY, 1, "Create"),
  "approve-download": activity(ENTITY, 3, "Update", SEVERITY.low),
  "cancel-download": activity(ENTITY, 3, "Update"),
  "fetch-download": activity(API, 2, "Read", SEVERITY.low),
  "destroy-download": activity(ENTITY, 4, "Delete"),
  "log-in": activity(AUTHENTICATION, 1, "Logon"),
  "log-out": activity(AUTHENTICATION, 2, "Logoff"),
  "session-end": activity(AUTHENTICATION, 2, "Logoff"),
  "end-sessions": activity(AUTHENTICATION, 2, "Logoff"),
  "enrol-factor": activity(ACCOUNT, 10, "MFA Factor Enable"),
  "rename-factor": activity(ACCOUNT, OTHER, "rename-factor"),
  "remove-factor": activity(ACCOUNT, 11, "MFA Factor Disable"),
  "make-recovery-codes": activity(ACCOUNT, OTHER, "make-recovery-codes"),
  "send-code": activity(AUTHENTICATION, OTHER, "send-code"),
  // No log-on: who counts sessions would count it twice.
  "step-up": activity(AUTHENTICATION, OTHER, "step-up"),
  "step-up-failed": activity(AUTHENTICATION, OTHER, "step-up-failed", SEVERITY.low),
  "account-locked": activity(ACCOUNT, 9, "Lock", SEVERITY.medium),
  "view-account": activity(API, 2, "Read"),
  "reset-factors": activity(ACCOUNT, 11, "MFA Factor Disable", SEVERITY.medium),
  "unlock-account": activity(ACCOUNT, 12, "Unlock"),
  "dismiss-account": activity(ACCOUNT, 5, "Disable"),
  "reinstate-account": activity(ACCOUNT, 2, "Enable"),
  "reactivate-account": activity(ACCOUNT, 2, "Enable"),
  signal: activity(DETECTION, 1, "Create", SEVERITY.medium),
  "change-roles": activity(ACCOUNT, OTHER, "change-roles", SEVERITY.low),
  "ask-elevation": activity(ACCOUNT, OTHER, "ask-elevation"),
  "approve-elevation": activity(ACCOUNT, OTHER, "approve-elevation", SEVERITY.low),
  "end-elevation": activity(ACCOUNT, OTHER, "end-elevation"),
  "register-tool": activity(ENTITY, 1, "Create"),
  "approve-tool": activity(ENTITY, 8, "Enable"),
  "change-tool": activity(ENTITY, 3, "Update"),
  "suspend-tool": activity(ENTITY, 9, "Disable", SEVERITY.medium),
  "grant-tool": activity(ENTITY, 1, "Create"),
  "change-grant": activity(ENTITY, 3, "Update"),
  "revoke-grant": activity(ENTITY, 4, "Delete"),
  "issue-token": activity(ENTITY, 1, "Create"),
  "revoke-token": activity(ENTITY, 4, "Delete"),
  "put-agreement": activity(ENTITY, 1, "Create"),
  "end-agreement": activity(ENTITY, 4, "Delete"),
  "put-contract": activity(ENTITY, 1, "Create"),
  "end-contract": activity(ENTITY, 4, "Delete"),
  "confirm-destruction": activity(ENTITY, 3, "Update"),
  "put-flow": activity(ENTITY, 1, "Create"),
  "end-flow": activity(ENTITY, 4, "Delete"),
  "put-course": activity(ENTITY, 1, "Create"),
  "end-course": activity(ENTITY, 4, "Delete"),
  "complete-course": activity(ENTITY, 3, "Update"),
  "publish-policy": activity(ENTITY, 1, "Create"),
  "open-request": activity(ENTITY, 1, "Create"),
  "answer-request": activity(ENTITY, 3, "Update"),
  "answer-self-check": activity(ENTITY, 3, "Update"),
  "put-schedule": activity(ENTITY, 1, "Create"),
  "end-schedule": activity(ENTITY, 4, "Delete"),
  "hold-data": activity(ENTITY, 1, "Create"),
  "release-data": activity(ENTITY, 4, "Delete"),
  "separate-data": activity(ENTITY, 3, "Update"),
  "destroy-data": activity(ENTITY, 4, "Delete", SEVERITY.medium),
  "confirm-data": activity(ENTITY, 3, "Update"),
  "call-destruction": activity(ENTITY, 3, "Update"),
  "open-breach": activity(ENTITY, 1, "Create", SEVERITY.medium),
  "change-breach": activity(ENTITY, 3, "Update"),
  "write-notice": activity(ENTITY, 1, "Create"),
  "send-notice": activity(ENTITY, 3, "Update"),
  "post-notice": activity(ENTITY, 3, "Update"),
  "close-breach": activity(ENTITY, 4, "Delete"),
  "hold-text": activity(DETECTION, 1, "Create", SEVERITY.low),
  "change-policy": activity(ENTITY, 3, "Update", SEVERITY.medium),
  "rotate-key": activity(ENTITY, 3, "Update"),
  "retire-key": activity(ENTITY, 9, "Disable", SEVERITY.medium),
  "log-query": activity(API, 2, "Read"),
  "export-log": activity(EVENT_LOG, 3, "Export", SEVERITY.low),
  "resolve-subject": activity(API, 2, "Read", SEVERITY.medium),
  review: activity(ENTITY, 3, "Update"),
  "hold-records": activity(EVENT_LOG, OTHER, "hold-records"),
  "release-records": activity(EVENT_LOG, OTHER, "release-records", SEVERITY.low),
  "destroy-records": activity(EVENT_LOG, 2, "Delete", SEVERITY.medium),
  refusals: activity(API, OTHER, "refusals", SEVERITY.low),
  gap: activity(EVENT_LOG, OTHER, "gap", SEVERITY.high),
});
