import {
  type DraftFacts,
  draftNotice,
  draftReport,
  type FoundScope,
  findBreachScope,
  listScopeDuties,
  type SaidFacts,
  type ScopeDuty,
  type ScopeFilter,
} from "@garim/audit";
import { NOTICE_CONTENTS, type NoticeContent } from "@garim/policy";
import type { RequestHandler } from "express";
import { jsonAnswer, sendAnswer } from "../answer/answer.ts";
import { goneSignal } from "../answer/gone.ts";
import { membersOf } from "../privacy/input.ts";
import type { Settings } from "../start/settings.ts";
import { auditorEndpoint } from "./endpoint.ts";
import {
  describeUnknown,
  type Given,
  queryInvalid,
  readGiven,
  readNarrow,
  readTexts,
  readTime,
} from "./parameters.ts";

/** Who or what was misused, by the kind of who acted. */
const ACTORS = ["tool", "staff", "operator"] as const;
const FILTER: readonly string[] = [...ACTORS, "key", "session", "ip", "seller", "from", "to"];
const ANSWERS = ["uniqueIds", "sensitive", "outside", "intrusion", "contactsMissing", "possible"] as const;
const OWN: readonly string[] = [...ANSWERS, "knownAt", "company"];

/**
 * `POST /scope`: how far a leak reaches, from a key, tool, staff, session, address or stretch of time; with `knownAt` the duties and
 * when they end, and drafts of the notice and the report. No pseudonym leaves by it.
 */
export function findScope(settings: Settings): RequestHandler {
  return auditorEndpoint(
    { action: "log-query", stepUp: "view" },
    settings,
    async ({ req, res }, { desk }) => {
      const given = readGiven(req, "scope", [...FILTER, ...OWN], ["contents"]);
      const contents = readContents(membersOf(req)["contents"]);
      const said = readSaid(given);
      const found = await findBreachScope(desk, filterOf(given), { signal: goneSignal(res) });
      const duties = said && listScopeDuties(found.scope, said, settings.clock(), settings.policy);
      const { scope, file, record } = found;
      const drafts = duties && draftsOf(given, contents, found, duties);
      const body = { scope, duties: duties ?? null, drafts: drafts ?? null, file };
      sendAnswer(res, { ...jsonAnswer(200, body), headers: { "Garim-Record": record.id } });
      return undefined;
    },
  );
}

/**
 * What was misused, by the names that `POST /scope` takes.
 *
 * @throws GarimError `ERR_GARIM_QUERY_INVALID`, naming what is wrong
 */
export function readScopeFilter(given: unknown): ScopeFilter {
  return filterOf(readTexts(given ?? {}, "filter", FILTER));
}

function filterOf(given: Given): ScopeFilter {
  const [kind, more] = ACTORS.filter((one) => given[one] !== undefined);
  if (more !== undefined) throw queryInvalid(`scope takes one of ${ACTORS.join(", ")}; ask again for each`);
  const narrow = readNarrow(given, [...ACTORS, ...OWN]);
  return kind === undefined ? narrow : { ...narrow, kind, actor: given[kind] ?? "" };
}

/** What people know of the leak; `undefined` where nobody says when it became known. */
function readSaid(given: Given): SaidFacts | undefined {
  const { knownAt } = given;
  const facts = Object.fromEntries(ANSWERS.map((name) => [name, readAnswer(name, given[name])]));
  if (knownAt === undefined) return undefined;
  return {
    knownAt: readTime("knownAt", knownAt),
    isPossibleOnly: facts["possible"] === true,
    hasUniqueIds: facts["uniqueIds"] ?? null,
    hasSensitive: facts["sensitive"] ?? null,
    isOutsideAccess: facts["outside"] ?? null,
    isIntrusion: facts["intrusion"] ?? null,
    lacksContacts: facts["contactsMissing"] ?? null,
  };
}

function readAnswer(name: string, answer: string | undefined): boolean | null {
  if (answer === undefined) return null;
  if (answer === "yes" || answer === "no") return answer === "yes";
  throw queryInvalid(`${name} must be yes or no; leave it out where nobody knows`);
}

interface Drafts {
  readonly notice: Readonly<Record<"ko" | "en", string>>;
  readonly report: Readonly<Record<"ko" | "en", string>>;
  /** What somebody must still write. */
  readonly missing: readonly string[];
  /** Words in what was written that play the leak down. */
  readonly softWords: readonly string[];
}

type Contents = NonNullable<DraftFacts["contents"]>;

const MOST_WRITTEN = 4_000;

/** What people wrote of the seven; it stands instead of what is drafted, and is neither stored nor recorded. */
function readContents(given: unknown = {}): Contents {
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw queryInvalid(`contents must be an object of texts: ${NOTICE_CONTENTS.join(", ")}`);
  for (const [name, text] of Object.entries(given)) {
    if (!NOTICE_CONTENTS.some((one) => one === name))
      throw queryInvalid(describeUnknown("contents", name, NOTICE_CONTENTS));
    if (typeof text !== "string" || text.length > MOST_WRITTEN)
      throw queryInvalid(`contents.${name} must be a text of at most ${MOST_WRITTEN} characters`);
  }
  return given as Readonly<Partial<Record<NoticeContent, string>>>;
}

function draftsOf(
  { company, possible }: Given,
  contents: Contents,
  { scope }: FoundScope,
  duties: readonly ScopeDuty[],
): Drafts {
  const facts: DraftFacts = {
    scope,
    duties,
    contents,
    isPossibleOnly: possible === "yes",
    ...(company === undefined ? {} : { company }),
  };
  const notice = { ko: draftNotice(facts, "ko"), en: draftNotice(facts, "en") };
  return {
    notice: { ko: notice.ko.text, en: notice.en.text },
    report: { ko: draftReport(facts, "ko").text, en: draftReport(facts, "en").text },
    missing: notice.ko.missing,
    softWords: notice.ko.softWords,
  };
}
