import { isGarimError, type Refuse, refuse } from "@garim/policy";
import type { RequestHandler } from "express";
import { jsonAnswer, sendAnswer } from "../answer/answer.ts";
import { describeError } from "../logger.ts";
import type { Settings } from "../start/settings.ts";
import { membersOf, readAction, readOffer } from "./input.ts";
import { answerProof, noteRefusal, raise } from "./proof.ts";
import { recordDone, refuseInput, workerEndpoint } from "./worker.ts";

/** `POST /step-up`: proves a second factor for an action. */
export function stepUp(settings: Settings): RequestHandler {
  return workerEndpoint("step-up-failed", settings, async (passage) => {
    const action = readAction(passage.req);
    if (action === undefined) return refuseInput(passage, "action-unknown");
    const { session } = passage.visitor;
    const offer = readOffer(passage.req);
    const proved = await orFailed(settings.factors.prove(session, action, offer), settings);
    if (proved.kind === "refuse") return await noteRefusal(passage, proved, settings);
    const raised = await raise({ ...passage, action: "step-up" }, proved, settings);
    return "kind" in raised ? raised : await answerProof(raised, settings);
  });
}

/** `POST /step-up/passkey`: what the browser's passkey has to sign. Nothing is recorded until it did. */
export function challengePasskey(settings: Settings): RequestHandler {
  return workerEndpoint("step-up-failed", settings, async (passage) => {
    const action = readAction(passage.req);
    if (action === undefined) return refuseInput(passage, "action-unknown");
    const challenge = await settings.factors.challengePasskey(passage.visitor.session, action);
    if (challenge.kind === "refuse") return challenge;
    sendAnswer(passage.res, jsonAnswer(200, { options: challenge.options }));
    return undefined;
  });
}

/** `POST /step-up/message`: sends a code by a channel. */
export function sendCode(settings: Settings): RequestHandler {
  return workerEndpoint({ action: "send-code", stepUp: "view" }, settings, async (passage) => {
    const action = readAction(passage.req);
    if (action === undefined) return refuseInput(passage, "action-unknown");
    const { channel } = membersOf(passage.req);
    if (typeof channel !== "string") return refuseInput(passage, "channel-missing");
    const { session } = passage.visitor;
    const sent = await orFailed(settings.factors.sendCode(session, action, channel), settings);
    if (sent.kind === "refuse") return sent;
    const answer = jsonAnswer(202, { channel: sent.channel, expiresAt: sent.expiresAt });
    return await recordDone(passage, answer, settings);
  });
}

/** A channel that fails is refused, on record: what was sent may have arrived all the same. */
async function orFailed<T>(work: Promise<T>, { logger }: Settings): Promise<T | Refuse> {
  try {
    return await work;
  } catch (error) {
    if (!isGarimError(error) || error.code !== "ERR_GARIM_CHANNEL") throw error;
    logger.error(describeError(error), "garim: a channel failed");
    return refuse("channel-failed");
  }
}
