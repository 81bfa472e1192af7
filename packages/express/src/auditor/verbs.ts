import {
  byActor,
  byTool,
  denied,
  downloads,
  everything,
  type Narrow,
  type PageRequest,
  type Question,
  rightsHistory,
  sessions,
  whoSaw,
} from "@garim/audit";
import { SUBJECT_TYPES, type Subject, subject } from "@garim/policy";
import type { Request } from "express";
import {
  type Given,
  NARROWING,
  PAGING,
  queryInvalid,
  readGiven,
  readNarrow,
  readPage,
} from "./parameters.ts";

/** A verb of the log as it is asked over HTTP: what it takes besides a filter, and the question it comes to. */
interface AskedVerb {
  readonly own: readonly string[];
  readonly ask: (given: Given, narrow: Narrow) => Question;
}

/** Where a verb is asked. */
export type VerbPath =
  | "who-saw"
  | "by-actor"
  | "by-tool"
  | "downloads"
  | "denied"
  | "sessions"
  | "rights-history"
  | "records";

/** The verbs of library and command line, by the path they are asked at. */
export const VERBS: Readonly<Record<VerbPath, AskedVerb>> = {
  "who-saw": { own: SUBJECT_TYPES, ask: (given, narrow) => whoSaw(whomOf(given), narrow) },
  "by-actor": { own: ["actor"], ask: (given, narrow) => byActor(needed("actor", given), narrow) },
  "by-tool": { own: ["tool"], ask: (given, narrow) => byTool(needed("tool", given), narrow) },
  downloads: { own: [], ask: (_, narrow) => downloads({}, narrow) },
  denied: { own: [], ask: (_, narrow) => denied(narrow) },
  sessions: { own: ["actor"], ask: (given, narrow) => sessions(needed("actor", given), narrow) },
  "rights-history": {
    own: ["person"],
    ask: ({ person }, narrow) => rightsHistory(person, narrow),
  },
  records: { own: [...SUBJECT_TYPES, "tool"], ask: askRecords },
};

export const VERB_PATHS: readonly VerbPath[] = Object.keys(VERBS) as VerbPath[];

/** What was asked, ready for a desk. */
export interface Asked {
  readonly given: Given;
  /** What narrows it, besides what the verb says itself. */
  readonly narrow: Narrow;
  readonly question: Question;
  readonly page: PageRequest;
}

/**
 * Reads a question, and the page of its answer that is wanted.
 *
 * @throws GarimError `ERR_GARIM_QUERY_INVALID`, `ERR_GARIM_SUBJECT_INVALID`
 */
export function readAsked(req: Request, path: VerbPath): Asked {
  const { own } = VERBS[path];
  const given = readGiven(req, path, [...new Set([...own, ...NARROWING, ...PAGING])]);
  return { given, ...readQuestion(given, path, own), page: readPage(given) };
}

/** The question a verb comes to with what was given. @param own - names that narrow nothing */
export function readQuestion(
  given: Given,
  path: VerbPath,
  own: readonly string[],
): Pick<Asked, "narrow" | "question"> {
  const narrow = readNarrow(given, own);
  return { narrow, question: VERBS[path].ask(given, narrow) };
}

/** Whatever a filter finds; with a data subject or a tool, as the verbs that have a path of their own. */
function askRecords(given: Given, narrow: Narrow): Question {
  const { tool } = given;
  const { actor, ...rest } = narrow;
  const isAboutSomebody = SUBJECT_TYPES.some((type) => given[type] !== undefined);
  if (isAboutSomebody && tool !== undefined)
    throw queryInvalid("records takes a data subject or a tool, not both; ask who-saw and by-tool");
  if (isAboutSomebody) return whoSaw(whomOf(given), narrow);
  if (tool !== undefined) return byTool(tool, narrow);
  return actor === undefined ? everything(narrow) : byActor(actor, rest);
}

function whomOf(given: Given): Subject {
  const types = SUBJECT_TYPES.filter((type) => given[type] !== undefined);
  const [type] = types;
  if (type === undefined || types.length > 1)
    throw queryInvalid(`who-saw takes one of ${SUBJECT_TYPES.join(", ")}: a buyer's id, a number`);
  return subject[type](given[type] ?? "");
}

function needed(name: string, given: Given): string {
  const value = given[name];
  if (value !== undefined) return value;
  throw queryInvalid(`${name} is missing; write ${name}=kim`);
}
