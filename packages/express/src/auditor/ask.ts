import type { AuditorDesk, DamagedRecord, OnRecord } from "@garim/audit";
import type { RequestHandler } from "express";
import { jsonAnswer, sendAnswer } from "../answer/answer.ts";
import type { Settings } from "../start/settings.ts";
import { auditorEndpoint } from "./endpoint.ts";
import { lineOf } from "./line.ts";
import { type Asked, readAsked, type VerbPath } from "./verbs.ts";

/** What a question comes to: a page, and the record of the question. */
interface Told extends OnRecord {
  readonly body: object;
  readonly damaged: readonly DamagedRecord[];
  readonly behind: number;
}

/** `GET` and `POST` of a verb: a page, newest first. Whoever names a buyer, a phone or an order asks by `POST`. */
export function askVerb(path: VerbPath, settings: Settings): RequestHandler {
  return auditorEndpoint(
    { action: "log-query", stepUp: "view" },
    settings,
    async ({ req, res }, { desk }) => {
      const { body, damaged, behind, record } = await tell(path, readAsked(req, path), desk);
      for (const one of damaged) settings.logger.error(one, "garim: a record of the access log is damaged");
      sendAnswer(res, {
        ...jsonAnswer(200, body),
        headers: { "Garim-Record": record.id, "Garim-Behind": String(behind) },
      });
      return undefined;
    },
  );
}

async function tell(
  path: VerbPath,
  { given, narrow, question, page }: Asked,
  desk: AuditorDesk,
): Promise<Told> {
  if (path === "sessions") {
    const { record, ...body } = await desk.sessions(given["actor"] ?? "", narrow, page);
    return { body, damaged: body.damaged, behind: body.behind, record };
  }
  const { entries, damaged, next, behind, record } = await desk.ask(question, page);
  return { body: { entries: entries.map(lineOf), damaged, next, behind }, damaged, behind, record };
}
