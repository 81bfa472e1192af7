import type { Policy, ScopeFacts } from "@garim/policy";
import type { LogDatabase } from "../database.ts";
import { readRetention } from "./facts.ts";
import { mayCountMatter, type RetentionPlan, retentionPlan } from "./plan.ts";

/** What a plan is judged by. */
export interface PlanRequest {
  /** What the deployment holds; whatever is not known counts as the case that is kept longer. */
  readonly scope: ScopeFacts;
  readonly policy: Policy;
  /** UTC milliseconds. */
  readonly now: number;
  /** Counts pseudonyms even where their number changes nothing; it reads every record. */
  readonly isCounting?: boolean;
}

/** Reads what may be destroyed when; needs the right to read the log and no other. */
export async function readRetentionPlan(
  database: LogDatabase,
  { scope, policy, now, isCounting = false }: PlanRequest,
): Promise<RetentionPlan> {
  const facts = await readRetention(database, isCounting || mayCountMatter(scope, policy));
  return retentionPlan(facts, scope, now, policy);
}
