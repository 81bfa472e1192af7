import type { Agreement, Contract, FiledAgreement, FiledContract } from "@garim/duties";
import { decideContract, type Words } from "@garim/policy";
import type { RequestHandler } from "express";
import { emptyAnswer, jsonAnswer, sendAnswer } from "../answer/answer.ts";
import { membersOf } from "../privacy/input.ts";
import { refuseInput } from "../privacy/worker.ts";
import type { Settings } from "../start/settings.ts";
import { dutyEndpoint, refuseOther, sellerOf } from "./endpoint.ts";
import type { DutyGround } from "./ground.ts";
import { pageOf } from "./page.ts";
import { refuseNarrow } from "./whole-market.ts";

/*
 * What was signed with the tools: the marketplace's API agreements (API 이용 계약), and sellers' outsourcing contracts (위탁 계약). Without
 * both a tool reads nothing.
 */

/** `GET /agreements`: the marketplace's with each tool, and whether it is in force. */
export function listAgreements(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "put-agreement", who: ["operator", "auditor"], isChange: false } as const;
  return dutyEndpoint(purpose, ground, settings, async ({ req, res }, { identity }) => {
    const narrow = refuseNarrow(identity, settings);
    if (narrow !== undefined) return narrow;
    const all = ground.desk.register.agreements();
    const { entries, next } = pageOf(all, req, ({ toolId }) => [toolId]);
    sendAnswer(res, jsonAnswer(200, { agreements: entries.map((one) => view(one, settings)), next }));
    return undefined;
  });
}

/** `PUT /agreements/:toolId`: `{ version, document, signedAt, endsAt }`, in place of the one before. */
export function putAgreement(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "put-agreement", who: ["operator"], isChange: true } as const;
  return dutyEndpoint(purpose, ground, settings, async ({ req, res }, { keeper }) => {
    const given = { ...membersOf(req), toolId: req.params["toolId"] } as unknown as Agreement;
    const filed = await ground.desk.register.putAgreement(given, keeper);
    sendAnswer(res, jsonAnswer(200, view(filed, settings)));
    return undefined;
  });
}

/** `DELETE /agreements/:toolId`: the tool reads nothing of any seller from then on. */
export function endAgreement(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "end-agreement", who: ["operator"], isChange: true } as const;
  return dutyEndpoint(purpose, ground, settings, async (passage, { keeper }) => {
    const ended = await ground.desk.register.endAgreement(String(passage.req.params["toolId"]), keeper);
    if (ended === null) return refuseInput(passage, "agreement-unknown");
    sendAnswer(passage.res, emptyAnswer(204));
    return undefined;
  });
}

/** `GET /contracts`: of the own seller; of all, or of one by `?seller=`, for people of the marketplace. */
export function listContracts(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "put-contract", who: ["owner", "operator", "auditor"], isChange: false } as const;
  return dutyEndpoint(purpose, ground, settings, async ({ req, res }, { identity }) => {
    const sellerId = sellerOf(req, identity);
    const { register } = ground.desk;
    const all = sellerId === undefined ? register.contracts() : register.contractsOf(sellerId);
    const { entries, next } = pageOf(all, req, (one) => [one.sellerId, one.toolId]);
    sendAnswer(res, jsonAnswer(200, { contracts: entries.map((one) => view(one, settings)), next }));
    return undefined;
  });
}

/** `PUT /contracts`: `{ sellerId, toolId, tasks, subProcessors, document, signedAt, endsAt }`; an owner of the own seller alone. */
export function putContract(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "put-contract", who: ["owner", "operator"], isChange: true } as const;
  return dutyEndpoint(purpose, ground, settings, async ({ req, res }, { identity, keeper }) => {
    const given = membersOf(req) as unknown as Contract;
    const other = refuseOther(given.sellerId, identity, settings);
    if (other !== undefined) return other;
    const filed = await ground.desk.register.putContract(given, keeper);
    sendAnswer(res, jsonAnswer(200, view(filed, settings)));
    return undefined;
  });
}

/** `DELETE /contracts`: `{ sellerId, toolId }`: the tool reads nothing of the seller from then on. */
export function endContract(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "end-contract", who: ["owner", "operator"], isChange: true } as const;
  return dutyEndpoint(purpose, ground, settings, async (passage, { identity, keeper }) => {
    const { sellerId, toolId } = membersOf(passage.req) as unknown as Contract;
    const other = refuseOther(sellerId, identity, settings);
    if (other !== undefined) return other;
    const ended = await ground.desk.register.endContract(sellerId, toolId, keeper);
    if (ended === null) return refuseInput(passage, "contract-unknown");
    sendAnswer(passage.res, emptyAnswer(204));
    return undefined;
  });
}

interface View {
  /** `null` where nobody registered such a tool here. */
  readonly toolName: Words | null;
  /** Why the tool gets nothing by it; `null` where it is in force. */
  readonly reason: string | null;
}

function view<T extends FiledAgreement | FiledContract>(
  filed: T,
  { policy, clock, tools }: Settings,
): T & View {
  const decided = decideContract(filed, clock(), policy);
  return {
    ...filed,
    toolName: tools?.desk.tools.find(filed.toolId)?.name ?? null,
    reason: decided.kind === "refuse" ? decided.reason : null,
  };
}
