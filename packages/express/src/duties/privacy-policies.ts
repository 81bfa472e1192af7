import {
  draftPrivacy,
  type Flows,
  listPublicFlows,
  MARKETPLACE,
  type PrivacyDocument,
  type SellerFacts,
} from "@garim/duties";
import { decideFlow, listPrivacyGaps, type Policy } from "@garim/policy";
import type { RequestHandler } from "express";
import { jsonAnswer, problemAnswer, sendAnswer } from "../answer/answer.ts";
import { languageOf } from "../answer/language.ts";
import { problemOfReason } from "../answer/problem.ts";
import { membersOf } from "../privacy/input.ts";
import { refuseInput } from "../privacy/worker.ts";
import type { Settings } from "../start/settings.ts";
import { dutyEndpoint, sellerOf } from "./endpoint.ts";
import type { DutyGround } from "./ground.ts";
import { readPaging } from "./page.ts";

/** `GET /privacy-policy`: what is published, a page of its versions, newest first, and a draft made anew of the register and the rules. */
export function tellPrivacyPolicy(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "publish-policy", who: ["owner", "operator"], isChange: false } as const;
  return dutyEndpoint(purpose, ground, settings, async (passage, { identity }) => {
    const sellerId = sellerOf(passage.req, identity);
    if (sellerId === undefined) return refuseInput(passage, "seller-missing");
    const { policies } = ground.desk;
    const [published, { entries: versions, next }, draft] = await Promise.all([
      policies.find(sellerId),
      policies.history(sellerId, readPaging(passage.req)),
      draftOf(sellerId, ground, settings),
    ]);
    const gaps = listPrivacyGaps(draft.sections);
    sendAnswer(passage.res, jsonAnswer(200, { published, versions, next, draft, gaps }));
    return undefined;
  });
}

/** `PUT /privacy-policy`: publishes `{ title, sections }` as the next version, at the public address within the same second. */
export function publishPrivacyPolicy(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "publish-policy", who: ["owner", "operator"], isChange: true } as const;
  return dutyEndpoint(purpose, ground, settings, async (passage, { identity, keeper }) => {
    const { req, res } = passage;
    const sellerId = sellerOf(req, identity);
    if (sellerId === undefined) return refuseInput(passage, "seller-missing");
    const given = { ...membersOf(req), sellerId } as PrivacyDocument;
    const published = await ground.desk.policies.publish(given, keeper);
    if ("kind" in published) {
      const problem = problemOfReason(published.reason, 422, languageOf(req));
      const gaps = listPrivacyGaps(given.sections);
      sendAnswer(res, problemAnswer(Object.assign(problem, { gaps })));
      return undefined;
    }
    sendAnswer(res, jsonAnswer(200, published));
    return undefined;
  });
}

async function draftOf(
  sellerId: string,
  { desk, options }: DutyGround,
  { policy, clock, tools }: Settings,
): Promise<PrivacyDocument> {
  const now = clock();
  const nameOf = (toolId: string): string => tools?.desk.tools.find(toolId)?.name.ko ?? toolId;
  const seller = (await options.seller?.(sellerId)) ?? { name: sellerId };
  const flows = listPublicFlows(desk.flows.list(), { kind: "seller", id: sellerId }, now, policy);
  const contracts = tools?.desk.register.contractsOf(sellerId) ?? [];
  // Buyers read the name of a tool, not its id.
  const live = contracts
    .filter(({ endsAt }) => endsAt === null || endsAt > now)
    .map((contract) => ({ ...contract, toolId: nameOf(contract.toolId) }));
  const given = receivedBy(sellerId, desk.flows, now, policy);
  return draftPrivacy({ ...given, ...seller, sellerId }, flows, live, policy);
}

/** For what, and which data, the marketplace gives a seller, as the register says it completely. */
function receivedBy(
  sellerId: string,
  flows: Flows,
  now: number,
  policy: Policy,
): Pick<SellerFacts, "purposes" | "fields"> {
  const entry = flows.find({ from: MARKETPLACE, to: { kind: "seller", id: sellerId }, isOverseas: false });
  if (entry === null || decideFlow(entry, now, policy).kind === "refuse") return {};
  const { purpose, fields } = entry.items;
  return { ...(purpose && { purposes: purpose }), ...(fields && { fields }) };
}
