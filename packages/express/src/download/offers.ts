import { decideAction, hasKind, kindsOfRoles, refuse } from "@garim/policy";
import { checkPassword } from "@garim/workbook";
import type { RequestHandler } from "express";
import { jsonAnswer, sendAnswer } from "../answer/answer.ts";
import { languageOf } from "../answer/language.ts";
import { membersOf } from "../privacy/input.ts";
import { workerEndpoint } from "../privacy/worker.ts";
import type { Settings } from "../start/settings.ts";
import type { DownloadRoute } from "./route.ts";

/** `GET /offers`: purposes and fields a file may have, and which of them the person's roles show clear. */
export function listOffers(settings: Settings): RequestHandler {
  return workerEndpoint(
    { action: "ask-download", stepUp: "view" },
    settings,
    async ({ req, res, visitor }) => {
      const { policy, downloads } = settings;
      const { identity } = visitor;
      if (identity.kind !== "staff") return refuse("role-lacks-action", policy.edition);
      const role = decideAction(identity.roles, "download", policy);
      if (role.kind === "refuse") return role;
      const allowed = kindsOfRoles(identity.roles, policy);
      const { linkMinutes, fileDays, staffDayRows, bulkRows } = policy;
      sendAnswer(
        res,
        jsonAnswer(200, {
          limits: { linkMinutes, fileDays, staffDayRows, bulkRows },
          offers: downloads.routes.map((route) => offerOf(route, allowed, languageOf(req))),
        }),
      );
      return undefined;
    },
  );
}

function offerOf(route: DownloadRoute, allowed: number, language: "ko" | "en"): object {
  return {
    schema: route.schema.name,
    maxRows: route.maxRows,
    purposes: [...route.purposes].map(([name, purpose]) => ({
      name,
      label: purpose[language],
      fields: purpose.fields,
    })),
    fields: route.fields.map(({ path, kind, column }) => ({
      path,
      label: column.heading[language],
      kind,
      isAllowed: kind === null || hasKind(allowed, kind),
    })),
  };
}

/** `POST /password` `{ password }`: how good it is. Neither kept nor recorded. */
export function checkFilePassword(settings: Settings): RequestHandler {
  return workerEndpoint(
    { action: "ask-download", stepUp: "view" },
    settings,
    async ({ req, res, visitor }) => {
      const { password } = membersOf(req);
      const { worker } = visitor.session;
      const known = [worker.id, worker.sellerId ?? ""];
      const { isEnough, strength, problems } = checkPassword(
        typeof password === "string" ? password : "",
        known,
      );
      const language = languageOf(req);
      const told = problems.map(({ code, words }) => ({ code, detail: words[language] }));
      sendAnswer(res, jsonAnswer(200, { isEnough, strength, problems: told }));
      return undefined;
    },
  );
}
