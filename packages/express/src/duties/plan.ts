import { findInForceSince, writePlan } from "@garim/duties";
import type { RequestHandler } from "express";
import { sendAnswer } from "../answer/answer.ts";
import type { Settings } from "../start/settings.ts";
import { dutyEndpoint } from "./endpoint.ts";
import type { DutyGround } from "./ground.ts";

/** `GET /plan`: the configuration in force as the part of an internal management plan it implements, a page in Korean. */
export function tellPlan(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "change-policy", who: ["operator", "auditor"], isChange: false } as const;
  return dutyEndpoint(purpose, ground, settings, async ({ res }) => {
    const page = await writeOwnPlan(ground, settings);
    const contentType = "text/html; charset=utf-8";
    const headers = { "X-Content-Type-Options": "nosniff" };
    sendAnswer(res, { status: 200, contentType, body: Buffer.from(page), headers });
    return undefined;
  });
}

/** The plan of this deployment, by what is switched on. */
export async function writeOwnPlan(
  { options }: DutyGround,
  { log, policy, watch, clock }: Settings,
): Promise<string> {
  const { company = "회사 이름을 정하지 않음" } = options;
  const since = await findInForceSince(log, policy);
  const facts = { company, madeAt: clock(), isOn: { watch: watch !== null, duties: true } };
  return writePlan(policy, since === null ? facts : { ...facts, inForceSince: since });
}
