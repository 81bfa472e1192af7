import {
  checkSelf,
  gatherSelfCheck,
  type Keeper,
  type SelfCheckAnswer,
  type SelfCheckReport,
  writeSelfCheck,
} from "@garim/duties";
import type { WorkerIdentity } from "@garim/policy";
import type { Request, RequestHandler } from "express";
import { jsonAnswer, sendAnswer } from "../answer/answer.ts";
import { membersOf } from "../privacy/input.ts";
import type { Settings } from "../start/settings.ts";
import { dutyEndpoint, sellerOf } from "./endpoint.ts";
import type { DutyGround } from "./ground.ts";

/** `GET /self-check`: how the measures of a seller stand (of the marketplace where nobody names one), and what to do next. */
export function tellSelfCheck(ground: DutyGround, settings: Settings): RequestHandler {
  return selfCheckEndpoint(ground, settings, async ({ req, res }, { identity, keeper }) => {
    const report = await reportSelf(ground, settings, whoseOf(req, identity), keeper);
    sendAnswer(res, jsonAnswer(200, report));
    return undefined;
  });
}

/** `GET /self-check/page`: the same for print, a page in Korean. */
export function printSelfCheck(ground: DutyGround, settings: Settings): RequestHandler {
  return selfCheckEndpoint(ground, settings, async ({ req, res }, { identity, keeper }) => {
    const sellerId = whoseOf(req, identity);
    const report = await reportSelf(ground, settings, sellerId, keeper);
    const { company = "마켓", seller } = ground.options;
    const name = sellerId === null ? company : ((await seller?.(sellerId))?.name ?? sellerId);
    const contentType = "text/html; charset=utf-8";
    const headers = { "X-Content-Type-Options": "nosniff" };
    sendAnswer(res, { status: 200, contentType, body: Buffer.from(writeSelfCheck(report, name)), headers });
    return undefined;
  });
}

/** `PUT /self-check/:question`: `{ answer, note }`, of the own seller; operators of the marketplace, or of one by `?seller=`. */
export function answerSelfCheck(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "answer-self-check", who: ["owner", "operator"], isChange: true } as const;
  return dutyEndpoint(purpose, ground, settings, async ({ req, res }, { identity, keeper }) => {
    const { answer, note } = membersOf(req);
    const given = { sellerId: whoseOf(req, identity), question: req.params["question"], answer, note };
    sendAnswer(res, jsonAnswer(200, await ground.desk.selfCheck.answer(given as SelfCheckAnswer, keeper)));
    return undefined;
  });
}

function selfCheckEndpoint(
  ground: DutyGround,
  settings: Settings,
  serve: Parameters<typeof dutyEndpoint>[3],
): RequestHandler {
  const who = ["owner", "operator", "auditor"] as const;
  return dutyEndpoint({ action: "log-query", who, isChange: false }, ground, settings, serve);
}

/** Reports of a seller, or of the marketplace, by what this process has switched on. */
export async function reportSelf(
  { desk, follower }: DutyGround,
  { policy, log, watch, allowLists, observations, clock }: Settings,
  sellerId: string | null,
  keeper: Keeper,
): Promise<SelfCheckReport> {
  const isOn = {
    enforced: !observations.isObserving(),
    watch: watch !== null,
    checkpoints: log.health().seal !== null,
    allowList: allowLists !== null,
  };
  const ready = (): Promise<void> => follower.ready();
  const facts = await gatherSelfCheck({ ...desk, log, policy, isOn, ready }, sellerId, keeper, clock());
  await ready();
  return checkSelf(facts, desk.selfCheck.answers(sellerId));
}

function whoseOf(req: Request, identity: WorkerIdentity): string | null {
  return sellerOf(req, identity) ?? null;
}
