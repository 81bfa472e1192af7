import type { TroubleKind } from "./trouble.ts";

/** What readiness looks at. */
export type CheckName =
  | "database"
  | "state"
  | "log"
  | "checkpoints"
  | "replica"
  | "keys"
  | "clock"
  | "partitions"
  | "disk"
  | "policy";

/** What a check came to: `fail` where guarded routes cannot answer; `warn` where somebody must act, and they still do. */
export interface Checked {
  readonly check: CheckName;
  readonly state: "ok" | "warn" | "fail";
  /** What is the matter. */
  readonly code?: TroubleKind;
}

export function passed(check: CheckName): Checked {
  return { check, state: "ok" };
}

export function troubled(check: CheckName, state: "warn" | "fail", code: TroubleKind): Checked {
  return { check, state, code };
}
