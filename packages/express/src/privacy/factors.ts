import type { RequestHandler } from "express";
import { emptyAnswer, jsonAnswer, sendAnswer } from "../answer/answer.ts";
import type { Settings } from "../start/settings.ts";
import { membersOf } from "./input.ts";
import { recordDone, refuseInput, workerEndpoint } from "./worker.ts";

/**
 * `GET /factors`: what one can prove with, and whether one is locked. Told before a proof too: a page has to know what to ask for,
 * and whoever asks has the log-in at the host already.
 */
export function listFactors(settings: Settings): RequestHandler {
  return workerEndpoint("view-account", settings, async ({ res, visitor }) => {
    const list = await settings.factors.list(visitor.session.worker);
    sendAnswer(res, jsonAnswer(200, { ...list, offersPasskeys: settings.offersPasskeys }));
    return undefined;
  });
}

/** `POST /factors/recovery-codes`: told once; earlier ones are void. */
export function makeRecoveryCodes(settings: Settings): RequestHandler {
  return workerEndpoint("make-recovery-codes", settings, async (passage) => {
    const made = await settings.factors.makeRecoveryCodes(passage.visitor.session);
    if (made.kind === "refuse") return made;
    return await recordDone(passage, jsonAnswer(201, { codes: made.codes }), settings);
  });
}

/** `PATCH /factors/:id` */
export function renameFactor(settings: Settings): RequestHandler {
  return workerEndpoint("rename-factor", settings, async (passage) => {
    const { name } = membersOf(passage.req);
    if (typeof name !== "string" || name.trim() === "") return refuseInput(passage, "name-missing");
    const renamed = await settings.factors.rename(passage.visitor.session, idOf(passage), name);
    return renamed.kind === "refuse" ? renamed : await recordDone(passage, emptyAnswer(204), settings);
  });
}

/** `DELETE /factors/:id`: whoever is logged in elsewhere has to log in and prove anew. */
export function removeFactor(settings: Settings): RequestHandler {
  return workerEndpoint("remove-factor", settings, async (passage) => {
    const { session } = passage.visitor;
    const removed = await settings.factors.remove(session, idOf(passage));
    if (removed.kind === "refuse") return removed;
    await settings.sessions.endAll(session.worker, "factors-changed", session);
    return await recordDone(passage, emptyAnswer(204), settings);
  });
}

function idOf({ req }: { readonly req: { readonly params: object } }): string {
  return String((req.params as Record<string, unknown>)["id"]);
}
