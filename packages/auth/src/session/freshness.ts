import { type Allow, decideStepUp, type Policy, type Refuse, refuse, type StepUpClass } from "@garim/policy";
import { AUTH_DEFAULTS } from "../defaults.ts";
import type { ProvedFactor, Session } from "./session.ts";

/**
 * Judges whether what was proved in a session is fresh enough for an action, where the session is by now.
 *
 * @param now - UTC milliseconds
 * @returns allow; or refuse with `second-factor-missing`, `-stale`, `-device`, `-network`, `-signal`
 * @source code-2022/second-factor, notice-2026-9/6-2
 */
export function judgeFreshness(
  session: Session,
  action: StepUpClass,
  now: number,
  policy: Policy,
): Allow | Refuse {
  const { deviceSince, networkSince, suspectedAt } = session;
  const secondFactorAt = readProof(session.secondFactor, now)?.at ?? null;
  return decideStepUp({ secondFactorAt, deviceSince, networkSince, suspectedAt }, action, now, policy);
}

/**
 * Judges whether a session may change what somebody proves with: it takes a fresh proof, and not one by message. Whoever took over
 * the phone number would else take over the account.
 *
 * @returns allow; or refuse as {@link judgeFreshness} for `manage`, or with `factor-weak`
 * @source notice-2026-9/6-2
 */
export function judgeManager(session: Session, now: number, policy: Policy): Allow | Refuse {
  const due = judgeFreshness(session, "manage", now, policy);
  const isWeak = due.kind === "allow" && session.secondFactor?.method === "message";
  return isWeak ? refuse("factor-weak", policy.edition) : due;
}

/** A factor proved on a node whose clock is ahead was proved just now; one further in the future is fresh nowhere. */
export function readProof(proved: ProvedFactor | null, now: number): ProvedFactor | null {
  const isAhead = proved !== null && proved.at > now && proved.at <= now + AUTH_DEFAULTS.clockSkewMs;
  return isAhead ? { ...proved, at: now } : proved;
}
