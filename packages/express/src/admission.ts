import { decideAction, decideStepUp, type Refuse, refuse } from "@garim/policy";
import type { GuardedRoute } from "./guarded-route.ts";
import type { Passage } from "./passage.ts";
import type { Settings } from "./settings.ts";
import type { Visitor, Worker } from "./visitor.ts";

/**
 * Judges whether a request may reach the handler of a guarded route; nothing stands in the way when undefined.
 *
 * @throws what kept it from being known who asks
 */
export async function judgeAdmission(
  { req, visitor }: Passage,
  route: GuardedRoute,
  settings: Settings,
): Promise<Refuse | undefined> {
  const refusal = await judgeVisitor(visitor, settings);
  if (refusal !== undefined) return refusal;
  // What may be masked must not be found by what it was.
  return route.asksPersonal(req) ? refuse("search-personal", settings.policy.edition) : undefined;
}

async function judgeVisitor(visitor: Visitor, settings: Settings): Promise<Refuse | undefined> {
  if (visitor.kind === "unknown") throw visitor.error;
  if (visitor.kind === "anonymous") return refuse(visitor.reason);
  if (visitor.kind === "buyer") return refuse("role-lacks-action");
  const { policy, clock } = settings;
  const secondFactorAt = visitor.session.secondFactor?.at ?? null;
  const due = decideStepUp({ secondFactorAt }, "view", clock(), policy);
  if (due.kind === "refuse") return await orUnenrolled(due, visitor, settings);
  return decideRole(visitor, settings);
}

/** Who has no second factor yet is sent to enrolment, never through. */
async function orUnenrolled(due: Refuse, { identity }: Worker, settings: Settings): Promise<Refuse> {
  return (await settings.totp.isEnrolled(identity)) ? due : refuse("second-factor-unenrolled");
}

/** Staff need a role that views; operators help under the same matrix; auditors read the log, not the orders. */
function decideRole({ identity }: Worker, { policy }: Settings): Refuse | undefined {
  if (identity.kind === "operator") return undefined;
  if (identity.kind === "auditor") return refuse("role-lacks-action");
  const decision = decideAction(identity.roles, "view", policy);
  return decision.kind === "refuse" ? decision : undefined;
}
