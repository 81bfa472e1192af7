import type { Refuse } from "@garim/policy";
import type { Settings } from "../start/settings.ts";
import { judgeDuties, judgeSchedules } from "../step-up/admission.ts";
import { judgeLent } from "./lent-roles.ts";
import type { Worker } from "./visitor.ts";

/**
 * Judges whether what let somebody in as the request began still does: the session, the roles lent, and what the registers say of the
 * seller, the person and the kinds of record. A slow answer, or a long file, outlives none of it. Nothing stands in the way when undefined.
 *
 * @param schemas - names of the schemas of what is about to leave
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where this node cannot tell
 */
export async function judgeStanding(
  visitor: Worker,
  schemas: readonly string[],
  settings: Settings,
): Promise<Refuse | undefined> {
  const life = await settings.sessions.recheckAnswer(visitor.session);
  if (life.kind === "refuse") return life;
  return (
    judgeLent(visitor, settings) ??
    (await judgeDuties(visitor, settings)) ??
    (await judgeSchedules(schemas, settings))
  );
}
