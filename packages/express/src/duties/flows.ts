import type { FiledFlow, Flow, FlowName } from "@garim/duties";
import { decideFlow, listFlowGaps, type WorkerIdentity } from "@garim/policy";
import type { RequestHandler } from "express";
import { emptyAnswer, jsonAnswer, sendAnswer } from "../answer/answer.ts";
import { membersOf } from "../privacy/input.ts";
import { refuseInput } from "../privacy/worker.ts";
import type { Settings } from "../start/settings.ts";
import { dutyEndpoint, refuseOther } from "./endpoint.ts";
import type { DutyGround } from "./ground.ts";
import { pageOf } from "./page.ts";

/** `GET /flows`: the entries, each with what it lacks and why nothing goes by it; a seller's people see those of their seller. */
export function listFlows(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "put-flow", who: ["owner", "operator", "auditor"], isChange: false } as const;
  return dutyEndpoint(purpose, ground, settings, async ({ req, res }, { identity }) => {
    const seen = ground.desk.flows.list().filter((flow) => isSeen(flow, identity));
    const { entries, next } = pageOf(seen, req, ({ from, to, kind }) => [
      from.kind,
      from.id,
      to.kind,
      to.id,
      kind === "overseas",
    ]);
    const now = settings.clock();
    const flows = entries.map((flow) => viewFlow(flow, now, settings));
    sendAnswer(res, jsonAnswer(200, { flows, next }));
    return undefined;
  });
}

/** `PUT /flows`: an entry, in place of the one of the same two. */
export function putFlow(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "put-flow", who: ["owner", "operator"], isChange: true } as const;
  return dutyEndpoint(purpose, ground, settings, async ({ req, res }, { identity, keeper }) => {
    const given = membersOf(req) as unknown as Flow;
    const other = refuseOther(senderOf(given), identity, settings);
    if (other !== undefined) return other;
    const filed = await ground.desk.flows.put(given, keeper);
    sendAnswer(res, jsonAnswer(200, viewFlow(filed, settings.clock(), settings)));
    return undefined;
  });
}

/** `DELETE /flows`: ends an entry, named by its two parties and `isOverseas`. */
export function endFlow(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "end-flow", who: ["owner", "operator"], isChange: true } as const;
  return dutyEndpoint(purpose, ground, settings, async (passage, { identity, keeper }) => {
    const given = membersOf(passage.req) as unknown as FlowName;
    const other = refuseOther(senderOf(given), identity, settings);
    if (other !== undefined) return other;
    const ended = await ground.desk.flows.end(given, keeper);
    if (ended === null) return refuseInput(passage, "flow-unknown");
    sendAnswer(passage.res, emptyAnswer(204));
    return undefined;
  });
}

/** The seller whose data it is to hand on; `null` where it is no one seller's. */
function senderOf({ from }: Pick<Flow, "from">): string | null {
  return from?.kind === "seller" ? from.id : null;
}

function isSeen({ from, to }: FiledFlow, identity: WorkerIdentity): boolean {
  const within = identity.kind === "operator" ? undefined : identity.sellerId;
  if (within === undefined) return true;
  return [from, to].some(({ kind, id }) => kind === "seller" && (id === within || id === "*"));
}

function viewFlow(flow: FiledFlow, now: number, { policy }: Settings): object {
  const decided = decideFlow(flow, now, policy);
  return { ...flow, gaps: listFlowGaps(flow), reason: decided.kind === "refuse" ? decided.reason : null };
}
