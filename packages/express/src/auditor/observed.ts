import { describeImpact, reportObserved } from "@garim/audit";
import type { RequestHandler } from "express";
import { jsonAnswer, sendAnswer } from "../answer/answer.ts";
import type { Settings } from "../start/settings.ts";
import { auditorEndpoint } from "./endpoint.ts";
import { queryInvalid, readGiven, readTime } from "./parameters.ts";

const NAMES: readonly string[] = ["from", "to", "seller"];

/**
 * `POST /observed`: what enforcing would change on the routes that are only observed: `{ from, to, seller? }` gives the report, the same
 * in Korean and English words, and the hash that stands on record of it.
 */
export function reportImpact(settings: Settings): RequestHandler {
  return auditorEndpoint(
    { action: "log-query", stepUp: "view" },
    settings,
    async ({ req, res }, { desk }) => {
      const { from, to, seller } = readGiven(req, "observed", NAMES);
      if (from === undefined || to === undefined)
        throw queryInvalid("observed takes from and to, moments with a zone");
      const window = { from: readTime("from", from), to: readTime("to", to) };
      const { report, file, record } = await reportObserved(desk, {
        ...window,
        ...(seller === undefined ? {} : { seller }),
      });
      const text = { ko: describeImpact(report, "ko"), en: describeImpact(report, "en") };
      sendAnswer(res, { ...jsonAnswer(200, { report, text, file }), headers: { "Garim-Record": record.id } });
      return undefined;
    },
  );
}
