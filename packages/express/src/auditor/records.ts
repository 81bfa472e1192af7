import {
  type Actor,
  byActor,
  byTool,
  everything,
  type LogEntry,
  type Narrow,
  type OnRecord,
  type Page,
  type PageRequest,
  type Question,
  whoSaw,
} from "@garim/audit";
import { GarimError, isGarimError, readMoment, refuse, SUBJECT_TYPES, subject } from "@garim/policy";
import type { Request, RequestHandler } from "express";
import { accessOf } from "./answer/access.ts";
import { jsonAnswer, problemAnswer, sendAnswer } from "./answer/answer.ts";
import { languageOf } from "./answer/language.ts";
import { problemOfStatus } from "./answer/problem.ts";
import { type WorkerPassage, workerEndpoint } from "./privacy/worker.ts";
import { markEndpoint } from "./routes/route-mark.ts";
import type { Settings } from "./start/settings.ts";
import { judgeFactor } from "./step-up/admission.ts";

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

/** What may be asked: each at most once. */
const NAMES: readonly string[] = [
  ...SUBJECT_TYPES,
  "actor",
  "person",
  "tool",
  "seller",
  "session",
  "ip",
  "action",
  "outcome",
  "from",
  "to",
  "before",
  "limit",
];

/**
 * Who saw whom, for auditors: `?buyer=` | `?phone=` | `?order=` | `?actor=` | `?tool=` | `?person=` (who acted or to whom it was done)
 * | nothing for the latest; with `&seller=&session=&ip=&action=&outcome=&from=&to=` (moments with a zone, or UTC milliseconds) and
 * `&before=SEQ&limit=50`. Answers `{ entries, damaged, next }`, newest first. The question, and whom it asks for, is on record before
 * it is answered.
 */
export function createRecords(settings: Settings): RequestHandler {
  const serve = workerEndpoint("log-query", settings, async (passage) => {
    const { req, res, visitor } = passage;
    if (visitor.identity.kind !== "auditor") return refuse("role-lacks-action", settings.policy.edition);
    const due = await judgeFactor(visitor, "view", settings);
    if (due !== undefined) return due;
    const page = await ask(passage, settings);
    if ("code" in page) {
      const problem = { ...problemOfStatus(400, languageOf(req)), code: page.code, detail: page.message };
      sendAnswer(res, problemAnswer(problem));
      return undefined;
    }
    const { entries, damaged, next, record } = page;
    for (const one of damaged) settings.logger.error(one, "garim: a record of the access log is damaged");
    const answer = jsonAnswer(200, { entries: entries.map(lineOf), damaged, next });
    sendAnswer(res, { ...answer, headers: { "Garim-Record": record.id } });
    return undefined;
  });
  return markEndpoint(serve);
}

/** The page asked for, or what is wrong with the question. */
async function ask(passage: WorkerPassage, settings: Settings): Promise<(Page & OnRecord) | GarimError> {
  const { log, clock, policy } = settings;
  try {
    const { question, page } = readQuery(passage.req.query);
    const deed = { at: clock(), action: "log-query", outcome: "done" } as const;
    return await log.desk(accessOf(passage, deed, policy)).ask(question, page);
  } catch (error) {
    if (isGarimError(error) && UNREADABLE.has(error.code)) return error;
    throw error;
  }
}

const UNREADABLE: ReadonlySet<string> = new Set(["ERR_GARIM_QUERY_INVALID", "ERR_GARIM_SUBJECT_INVALID"]);

function readQuery(query: Request["query"]): { readonly question: Question; readonly page: PageRequest } {
  const wrong = Object.keys(query).find((name) => !NAMES.includes(name) || typeof query[name] !== "string");
  if (wrong !== undefined) throw unreadable();
  const texts = query as Readonly<Record<string, string>>;
  return {
    question: questionOf(texts),
    page: { ...readNumber("before", texts), ...readNumber("limit", texts) },
  };
}

function questionOf(texts: Readonly<Record<string, string>>): Question {
  const { actor, tool, action } = texts;
  // What is no action or outcome is refused where the filter is read.
  const narrow = {
    ...pick(texts, ["person", "seller", "session", "ip", "outcome"]),
    ...(action === undefined ? {} : { actions: action.split(",") }),
    ...readTime("from", texts),
    ...readTime("to", texts),
  } as Narrow;
  // Two that cannot be asked together: neither is left out without a word.
  if ([...SUBJECT_TYPES, "tool"].filter((name) => texts[name] !== undefined).length > 1) throw unreadable();
  const type = SUBJECT_TYPES.find((name) => texts[name] !== undefined);
  if (type !== undefined)
    return whoSaw(subject[type](texts[type] ?? ""), { ...narrow, ...pick(texts, ["actor"]) });
  if (tool !== undefined) return byTool(tool, narrow);
  return actor === undefined ? everything(narrow) : byActor(actor, narrow);
}

function pick(
  texts: Readonly<Record<string, string>>,
  names: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(texts).filter(([name]) => names.includes(name)));
}

function readNumber(name: "before" | "limit", texts: Readonly<Record<string, string>>): PageRequest {
  const text = texts[name];
  if (text === undefined) return {};
  if (!/^\d{1,15}$/.test(text)) throw unreadable();
  return { [name]: Number(text) };
}

function readTime(name: "from" | "to", texts: Readonly<Record<string, string>>): Narrow {
  const text = texts[name];
  if (text === undefined) return {};
  const at = readMoment(/^\d{1,15}$/.test(text) ? Number(text) : text);
  if (at === null || Number.isNaN(at)) throw unreadable();
  return { [name]: at };
}

function unreadable(): GarimError {
  return new GarimError(
    "ERR_GARIM_QUERY_INVALID",
    `Ask with each of these at most once: ${NAMES.join(", ")}; before and limit are whole numbers, from and to moments with a zone`,
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
