import { SUBJECT_TYPES } from "@garim/policy";
import type { RequestHandler } from "express";
import { jsonAnswer, sendAnswer } from "../answer/answer.ts";
import type { Settings } from "../start/settings.ts";
import { auditorEndpoint } from "./endpoint.ts";
import { NARROWING, readGiven } from "./parameters.ts";
import { readQuestion } from "./verbs.ts";

const OWN: readonly string[] = [...SUBJECT_TYPES, "tool"];

/**
 * `POST /charts`: the figures of a stretch of time: records by what came of them, the hours of the week, data subjects an hour, the
 * tools that did most; of an actor their own past beside it. 30 days unless `from` and `to` say another.
 */
export function drawCharts(settings: Settings): RequestHandler {
  return auditorEndpoint(
    { action: "log-query", stepUp: "view" },
    settings,
    async ({ req, res }, { desk }) => {
      const given = readGiven(req, "charts", [...OWN, ...NARROWING]);
      const { question } = readQuestion(given, "records", OWN);
      const { charts, record } = await desk.charts(question.filter);
      sendAnswer(res, { ...jsonAnswer(200, charts), headers: { "Garim-Record": record.id } });
      return undefined;
    },
  );
}
