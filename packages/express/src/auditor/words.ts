import { ACTION_WORDS, ACTOR_WORDS, DAMAGE_WORDS, OUTCOME_WORDS, SUBJECT_WORDS } from "@garim/audit";
import { REASONS, type Words } from "@garim/policy";
import type { RequestHandler } from "express";
import { jsonAnswer, sendAnswer } from "../answer/answer.ts";
import { languageOf } from "../answer/language.ts";
import type { Language } from "../answer/problem.ts";
import type { Settings } from "../start/settings.ts";
import { auditorEndpoint } from "./endpoint.ts";

/** `GET /words`: what the codes in records are called, in the language of who asks. Nothing of it is on record. */
export function tellWords(settings: Settings): RequestHandler {
  return auditorEndpoint({ action: "log-query", stepUp: "view" }, settings, async ({ req, res }) => {
    const language = languageOf(req);
    const words = {
      actions: inLanguage(ACTION_WORDS, language),
      outcomes: inLanguage(OUTCOME_WORDS, language),
      actors: inLanguage(ACTOR_WORDS, language),
      subjects: inLanguage(SUBJECT_WORDS, language),
      damages: inLanguage(DAMAGE_WORDS, language),
      reasons: Object.fromEntries(
        Object.entries(REASONS).map(([reason, { because }]) => [reason, because[language]]),
      ),
    };
    sendAnswer(res, jsonAnswer(200, words));
    return undefined;
  });
}

function inLanguage(
  words: Readonly<Record<string, Words>>,
  language: Language,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(words).map(([code, word]) => [code, word[language]]));
}
