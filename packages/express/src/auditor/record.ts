import { Buffer } from "node:buffer";
import { proveOnRecord, type ShownRecord, showRecord } from "@garim/audit";
import { isGarimError } from "@garim/policy";
import type { RequestHandler } from "express";
import { jsonAnswer, sendAnswer } from "../answer/answer.ts";
import { languageOf } from "../answer/language.ts";
import type { Language } from "../answer/problem.ts";
import type { WorkerPassage } from "../privacy/worker.ts";
import type { Settings } from "../start/settings.ts";
import { auditorEndpoint, refuseQuestion } from "./endpoint.ts";
import { lineOf } from "./line.ts";
import { type Given, queryInvalid, readGiven, readWhole } from "./parameters.ts";

/** `POST /record`: everything of one record, what was decided in words, and whether it comes out the same again. */
export function showOne(settings: Settings): RequestHandler {
  return auditorEndpoint({ action: "log-query", stepUp: "view" }, settings, async (passage, { asker }) => {
    const { req, res } = passage;
    const { log, database, clock } = settings;
    const reference = referenceOf(readGiven(req, "record", ["record"]));
    const shown = await tellDamage(passage, showRecord({ log, database, asker, clock }, reference));
    if (shown === undefined) return undefined;
    const answer = jsonAnswer(200, detailOf(shown, languageOf(req)));
    sendAnswer(res, { ...answer, headers: { "Garim-Record": shown.record.id } });
    return undefined;
  });
}

/** `POST /proof`: what proves one record to anybody with the log's public key, offline. It is a file that leaves. */
export function proveOne(settings: Settings): RequestHandler {
  return auditorEndpoint(
    { action: "export-log", stepUp: "download" },
    settings,
    async (passage, { asker }) => {
      const { req, res } = passage;
      const { log, database, clock } = settings;
      const given = readGiven(req, "proof", ["record", "checkpoint"]);
      const wanted = { record: referenceOf(given), checkpoint: checkpointOf(given) };
      const proof = await tellDamage(passage, proveOnRecord({ log, database, asker, clock }, wanted));
      if (proof === undefined) return undefined;
      const { bundle, text, record } = proof;
      sendAnswer(res, {
        status: 200,
        contentType: "application/json; charset=utf-8",
        body: Buffer.from(text),
        headers: {
          "Garim-Record": record.id,
          "Content-Disposition": `attachment; filename="record-${bundle.seq}.bundle.json"`,
          "X-Content-Type-Options": "nosniff",
        },
      });
      return undefined;
    },
  );
}

const DAMAGE: readonly string[] = ["ERR_GARIM_RECORD_INVALID", "ERR_GARIM_PROOF_INVALID"];

/** A record that somebody changed is no fault of the server: who asks is told, and has been recorded. */
async function tellDamage<T>(passage: WorkerPassage, work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (!isGarimError(error) || !DAMAGE.includes(error.code)) throw error;
    return refuseQuestion(passage, error);
  }
}

function referenceOf({ record }: Given): string {
  if (record !== undefined) return record;
  throw queryInvalid('record is missing; write its place or its id, "record": 17');
}

function checkpointOf({ checkpoint = "newest" }: Given): "newest" | "first" | number {
  if (checkpoint === "newest" || checkpoint === "first") return checkpoint;
  return readWhole("checkpoint", checkpoint);
}

/** A record as programs and pages get it: words in the language of who asks. */
function detailOf(
  { entry, batch, because, decisions, isSameAgain }: ShownRecord,
  language: Language,
): object {
  const { access, recordedAt } = entry;
  return {
    ...lineOf(entry),
    recordedAt,
    batch,
    agent: access.origin.agent,
    factor: access.factor,
    surface: access.surface,
    policy: access.policy,
    grant: access.grant ?? null,
    key: access.key ?? null,
    file: access.file ?? null,
    count: access.count ?? null,
    because: because?.[language] ?? null,
    decisions: decisions.map(({ schema, disclosure, words }) => ({
      schema,
      kind: disclosure.kind,
      reason: disclosure.reason,
      source: disclosure.source,
      words: words[language],
    })),
    isSameAgain,
  };
}
