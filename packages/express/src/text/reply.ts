import { type HoldReply, judgeReply, type ReplyFacts } from "@garim/masking";
import { GarimError, REASONS } from "@garim/policy";
import type { Request, RequestHandler } from "express";
import { addressOf, type Deed, routeOf } from "../answer/access.ts";
import { type Answer, problemAnswer, sendAnswer } from "../answer/answer.ts";
import { languageOf } from "../answer/language.ts";
import { type Passage, recordThenSend, refuseFault } from "../answer/passage.ts";
import { problemOfReason } from "../answer/problem.ts";
import { membersOf } from "../privacy/input.ts";
import { markOpen } from "../routes/route-mark.ts";
import { invalid } from "../start/option-names.ts";
import type { Settings } from "../start/settings.ts";
import type { ReplyOptions } from "./options.ts";

/**
 * Holds a seller's reply to a review, a question or an inquiry that names the buyer, asks for contact data or shows personal data: the
 * handler behind it does not run, and the author is told why, where, and what could be posted instead. On record is why, never the text.
 *
 * @throws GarimError `ERR_GARIM_OPTION_INVALID`
 */
export function createReply({ field = "text", about }: ReplyOptions, settings: Settings): RequestHandler {
  if (typeof about !== "function")
    throw invalid(
      "reply.about",
      "a function",
      "garim.reply({ about: async (req) => ({ names: [order.buyer.name] }) })",
    );
  const handle: RequestHandler = async (req, res, next) => {
    const visitor = await settings.visitors.of(req, res);
    const passage: Passage = { req, res, visitor, route: routeOf(req), action: "hold-text" };
    try {
      const judged = judgeReply(textOf(req, field), await readAbout(req, about));
      if (judged.kind === "post") next();
      else await hold(passage, judged, settings);
    } catch (error) {
      await refuseFault(passage, error, settings);
    }
  };
  return markOpen(handle, "a seller's reply goes in, and no buyer's data comes out");
}

function textOf(req: Request, field: string): string {
  return membersOf(req)[field] as string;
}

/** What is thrown may hold personal data: only where it happened is told. */
async function readAbout(req: Request, about: ReplyOptions["about"]): Promise<ReplyFacts> {
  try {
    return await about(req);
  } catch (cause) {
    throw new GarimError(
      "ERR_GARIM_OPTION_INVALID",
      "reply({ about }) failed; make it answer for every order that is replied to, with names: [] where none is known",
      cause,
    );
  }
}

async function hold(passage: Passage, judged: HoldReply, settings: Settings): Promise<void> {
  const { req, visitor, route } = passage;
  const answer = heldAnswer(req, judged);
  const reason = judged.findings[0]?.reason ?? "text-unreadable";
  if (visitor.kind !== "worker") {
    settings.log.countRefusal({ ip: addressOf(req), route, reason });
    return sendAnswer(passage.res, answer);
  }
  const reasons = [...new Set(judged.findings.map((one) => one.reason))].join(", ");
  const detail = { reasons, places: judged.findings.length };
  const deed: Deed = { at: settings.clock(), action: "hold-text", outcome: "refused", reason, detail };
  await recordThenSend(passage, deed, answer, settings);
}

function heldAnswer(req: Request, { findings, suggestion }: HoldReply): Answer {
  const language = languageOf(req);
  const told = findings.map(({ reason, start, end }) => {
    const { because, remedy } = REASONS[reason];
    return { reason, start, end, because: because[language], remedy: remedy?.[language] ?? null };
  });
  const problem = problemOfReason(findings[0]?.reason ?? "text-unreadable", 422, language);
  return problemAnswer({ ...problem, ...{ findings: told, suggestion } });
}
