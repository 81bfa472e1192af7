import type { Actor, LogEntry, Page, PageRequest } from "@garim/audit";
import { GarimError, isGarimError, refuse, SUBJECT_TYPES, type Subject, subject } from "@garim/policy";
import type { Request, RequestHandler } from "express";
import { jsonAnswer, problemAnswer, sendAnswer } from "./answer/answer.ts";
import { languageOf } from "./answer/language.ts";
import { recordThenSend } from "./answer/passage.ts";
import { problemOfStatus } from "./answer/problem.ts";
import { workerEndpoint } from "./privacy/worker.ts";
import { markEndpoint } from "./routes/route-mark.ts";
import type { Settings } from "./start/settings.ts";
import { judgeFactor } from "./step-up/admission.ts";

/** What an auditor asks of the log: by one data subject, by one actor, or simply the latest. */
interface Query {
  readonly subject?: Subject;
  readonly actor?: string;
  readonly page: PageRequest;
}

/** One line of the list: what happened, and how much of it was clear. */
interface RecordLine {
  readonly seq: number;
  readonly id: string;
  readonly at: number;
  readonly actor: Actor;
  /** Whose account it was done to; `null` where it was nobody else's. */
  readonly target: Actor | null;
  readonly action: string;
  readonly outcome: string;
  readonly reason: string | null;
  readonly purpose: string | null;
  readonly route: string;
  readonly ip: string;
  readonly records: number;
  readonly clear: number;
  readonly subjects: number;
}

/**
 * Who saw whom, for auditors: `?buyer=` | `?phone=` | `?order=` | `?actor=` | nothing for the latest, `&before=SEQ&limit=50`.
 * Answers `{ entries, next }`, newest first. The question itself is on record.
 */
export function createRecords(settings: Settings): RequestHandler {
  const serve = workerEndpoint("log-query", settings, async (passage) => {
    const { req, res, visitor } = passage;
    if (visitor.identity.kind !== "auditor") return refuse("role-lacks-action", settings.policy.edition);
    const due = await judgeFactor(visitor, "view", settings);
    if (due !== undefined) return due;
    const at = settings.clock();
    const page = await ask(req.query, settings);
    if ("code" in page) {
      const problem = { ...problemOfStatus(400, languageOf(req)), code: page.code, detail: page.message };
      sendAnswer(res, problemAnswer(problem));
      return undefined;
    }
    const answer = jsonAnswer(200, { entries: page.entries.map(lineOf), next: page.next });
    await recordThenSend(passage, { at, action: "log-query", outcome: "done" }, answer, settings);
    return undefined;
  });
  return markEndpoint(serve);
}

/** The page asked for, or what is wrong with the question. */
async function ask(question: Request["query"], { log }: Settings): Promise<Page | GarimError> {
  try {
    const query = readQuery(question);
    const { page, ...filter } = query;
    return await log.find(filter, page);
  } catch (error) {
    if (isGarimError(error) && UNREADABLE.has(error.code)) return error;
    throw error;
  }
}

const UNREADABLE: ReadonlySet<string> = new Set(["ERR_GARIM_QUERY_INVALID", "ERR_GARIM_SUBJECT_INVALID"]);

const NAMES: readonly string[] = [...SUBJECT_TYPES, "actor", "before", "limit"];

function readQuery(query: Request["query"]): Query {
  const wrong = Object.keys(query).find((name) => !NAMES.includes(name) || typeof query[name] !== "string");
  if (wrong !== undefined) throw unreadable();
  const type = SUBJECT_TYPES.find((name) => query[name] !== undefined);
  const page = { ...readNumber("before", query), ...readNumber("limit", query) };
  if (type !== undefined) return { subject: subject[type](query[type] as string), page };
  return query["actor"] === undefined ? { page } : { actor: query["actor"] as string, page };
}

function readNumber(name: "before" | "limit", query: Request["query"]): PageRequest {
  const text = query[name] as string | undefined;
  if (text === undefined) return {};
  if (!/^\d{1,15}$/.test(text)) throw unreadable();
  return { [name]: Number(text) };
}

function unreadable(): GarimError {
  return new GarimError(
    "ERR_GARIM_QUERY_INVALID",
    `Ask with each of these at most once: ${NAMES.join(", ")}; before and limit are whole numbers`,
  );
}

function lineOf({ seq, id, access }: LogEntry): RecordLine {
  const { at, actor, target = null, action, outcome, reason, purpose, route, origin, records } = access;
  return {
    seq,
    id,
    at,
    actor,
    target,
    action,
    outcome,
    reason,
    purpose,
    route,
    ip: origin.ip,
    records: records.length,
    clear: records.filter((record) => record.disclosure.kind === "reveal").length,
    subjects: new Set(records.flatMap((record) => record.subjects.map((one) => one.hex))).size,
  };
}
