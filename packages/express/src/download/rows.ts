import { createHash, randomBytes } from "node:crypto";
import { GarimError, refuse } from "@garim/policy";
import type { Response } from "express";
import { accessOf, type Deed } from "../answer/access.ts";
import { jsonAnswer, problemAnswer, sendAnswer } from "../answer/answer.ts";
import { languageOf } from "../answer/language.ts";
import { recordThenSend, refuseFault } from "../answer/passage.ts";
import { errorProblem } from "../reveal/error-answer.ts";
import { type HandlerAnswer, isSealed, sealResponse } from "../reveal/sealed-response.ts";
import type { Settings } from "../start/settings.ts";
import type { AdmittedAsk } from "./admission.ts";
import { beginJob } from "./job.ts";
import type { DownloadAsked } from "./ledger/entry.ts";
import type { Ledger } from "./ledger/ledger.ts";
import { detailOf } from "./on-record.ts";
import { refuseWith } from "./refusal.ts";
import { isRowSource, type RowSource } from "./source.ts";

const NO_HEADERS: ReadonlySet<string> = new Set();

/** What fetches a file, besides the session it was asked for in. 256 bits. */
function makeLink(): { readonly link: string; readonly hash: string } {
  const link = randomBytes(32).toString("base64url");
  return { link, hash: hashOfLink(link) };
}

/** As the ledger keeps it: who reads the table fetches nothing. */
export function hashOfLink(link: string): string {
  return createHash("sha256").update(link).digest("hex");
}

/** Seals the response: from here on the handler can hand over rows, or answer with an error. */
export function sealForRows(admitted: AdmittedAsk, settings: Settings): void {
  const { passage } = admitted;
  const { res } = passage;
  if (isSealed(res))
    throw new GarimError(
      "ERR_GARIM_DEPLOYMENT",
      `${passage.route} has two guards; leave one garim.download() on it`,
    );
  let isHandedOver = false;
  const obey = (work: Promise<unknown>): void => {
    work
      .catch((error) => refuseFault(passage, error, settings))
      // Nothing is left to answer with; whatever it was must not end the process.
      .catch(() => res.destroy());
  };
  Object.defineProperty(res, "rows", {
    value: (source: unknown) => {
      if (isHandedOver) return;
      isHandedOver = true;
      obey(takeRows(admitted, source, settings));
    },
  });
  sealResponse(res, {
    headers: NO_HEADERS,
    onAnswer: (given) => {
      if (isHandedOver) return;
      isHandedOver = true;
      obey(answerInstead(admitted, given, settings));
    },
    onDropped: () => undefined,
  });
}

/** Begins the file and answers where it is fetched: once it is made, by this session, once. */
async function takeRows(admitted: AdmittedAsk, source: unknown, settings: Settings): Promise<void> {
  const { passage, ledger, asked, ask, allowed, route } = admitted;
  const { clock, policy, log, downloads } = settings;
  if (!isRowSource(source)) throw noRows(passage.route);
  if (downloads.live.size >= downloads.parallel) return await refuseBusy(admitted, source, settings);
  const { link, hash } = makeLink();
  const entry = await ledger.begin(asked, hash, ask.approval !== null);
  if (entry === undefined) return await refuseBusy(admitted, source, settings);
  const deed: Deed = {
    at: clock(),
    action: "ask-download",
    outcome: "done",
    purpose: entry.why,
    detail: detailOf(entry),
  };
  try {
    await log.append(accessOf(passage, deed, policy));
  } catch (error) {
    await ledger.end(entry.id, "failed", "unavailable", clock());
    closeSource(source);
    throw error;
  }
  beginJob({ passage, route, ask, allowed, entry, ledger, source }, settings);
  sendBegun(passage.res, entry.id, link);
}

function sendBegun(res: Response, id: string, link: string): void {
  sendAnswer(res, jsonAnswer(202, { id, state: "running", link }));
}

/** Too many at one time; or the consent that was named is none. */
async function refuseBusy(admitted: AdmittedAsk, source: RowSource, settings: Settings): Promise<void> {
  const { passage, asked, ask, ledger } = admitted;
  closeSource(source);
  const isConsented = ask.approval === null || (await isGood(asked, ledger));
  await refuseWith(
    passage,
    refuse(isConsented ? "download-busy" : "download-approval-unknown"),
    {},
    settings,
  );
}

async function isGood({ id, seller, staff, ask, askedAt }: DownloadAsked, ledger: Ledger): Promise<boolean> {
  const found = await ledger.find(id);
  return (
    found?.state === "approved" &&
    found.seller === seller &&
    found.staff === staff &&
    found.ask === ask &&
    (found.approvalUntil ?? 0) >= askedAt
  );
}

/** A handler may answer with an error of its own; nothing else but rows leaves. */
async function answerInstead(
  { passage }: AdmittedAsk,
  given: HandlerAnswer,
  settings: Settings,
): Promise<void> {
  const { req, res } = passage;
  const status = res.statusCode;
  if (status < 400) throw noRows(passage.route);
  const told = given.way === "value" ? given.value : given.way === "text" ? given.text : undefined;
  const deed: Deed = { at: settings.clock(), action: "download", outcome: "done", ...purposeOf(passage) };
  await recordThenSend(passage, deed, problemAnswer(errorProblem(status, told, languageOf(req))), settings);
}

function purposeOf({ purpose }: AdmittedAsk["passage"]): { readonly purpose?: string } {
  return purpose === undefined ? {} : { purpose };
}

/** A source nobody reads keeps its cursor open for ever. */
function closeSource(source: RowSource): void {
  const { destroy } = source as { readonly destroy?: unknown };
  if (typeof destroy === "function") destroy.call(source);
}

function noRows(route: string): GarimError {
  return new GarimError(
    "ERR_GARIM_ANSWER_WAY",
    `${route} makes files: answer with res.rows(source), where source is a list, a generator or a stream of records, or with an error status`,
  );
}
