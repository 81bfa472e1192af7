import {
  ACTION_WORDS,
  ACTOR_WORDS,
  isObserved,
  type LogEntry,
  makePseudonym,
  OUTCOME_WORDS,
} from "@garim/audit";
import { REASONS, refuse, subject } from "@garim/policy";
import type { Request, RequestHandler } from "express";
import { routeOf } from "../answer/access.ts";
import { jsonAnswer, problemAnswer, sendAnswer } from "../answer/answer.ts";
import { languageOf } from "../answer/language.ts";
import { refuseFault, refusePassage } from "../answer/passage.ts";
import { type Language, problemOfStatus } from "../answer/problem.ts";
import type { Settings } from "../start/settings.ts";
import { markBackground } from "../visit/visitor.ts";

const PAGE_SIZE = 50;

/**
 * An access to a buyer's data as that buyer sees it. Who acted is told by kind, shop and tool: staff are people whose own data this page
 * does not give away.
 */
export interface MyAccess {
  /** UTC milliseconds. */
  readonly at: number;
  readonly who: {
    readonly kind: string;
    readonly kindText: string;
    readonly seller: string | null;
    readonly tool: string | null;
  };
  readonly action: string;
  readonly actionText: string;
  readonly outcome: string;
  readonly outcomeText: string;
  readonly purpose: string | null;
  /** How the data was shown; `none` where nothing was, as with a refusal. Which fields one's role may see is not told of a single buyer. */
  readonly shown: "clear" | "masked" | "none";
  /** Why it was shown, masked or refused. */
  readonly because: string | null;
}

/** `GET /my-accesses`: who looked at one's data; for the buyer the host has logged in. `?before=` gives older ones. Nothing is recorded of it. */
export function listMyAccesses(settings: Settings): RequestHandler {
  return async (req, res) => {
    markBackground(req);
    const visitor = await settings.visitors.of(req, res);
    const passage = { req, res, visitor, route: routeOf(req), action: "log-query" } as const;
    try {
      if (visitor.kind === "unknown") throw visitor.error;
      if (visitor.kind !== "buyer") {
        const reason = visitor.kind === "anonymous" ? visitor.reason : "role-lacks-action";
        return await refusePassage(passage, refuse(reason, settings.policy.edition), settings);
      }
      const before = readBefore(req);
      if (before === undefined)
        return sendAnswer(
          res,
          problemAnswer({ ...problemOfStatus(400, languageOf(req)), code: "before-invalid" }),
        );
      sendAnswer(
        res,
        jsonAnswer(200, await find(visitor.identity.buyerId, before, languageOf(req), settings)),
      );
    } catch (error) {
      await refuseFault(passage, error, settings);
    }
  };
}

/** `null` for the first page, `undefined` for what is no place in the log. */
function readBefore({ query: { before } }: Request): number | null | undefined {
  if (before === undefined) return null;
  return typeof before === "string" && /^[1-9]\d{0,14}$/.test(before) ? Number(before) : undefined;
}

async function find(
  buyerId: string,
  before: number | null,
  language: Language,
  settings: Settings,
): Promise<{ readonly accesses: readonly MyAccess[]; readonly next: number | null }> {
  const { log, clock, subjectKeys, tools } = settings;
  const me = subject.buyer(buyerId);
  const mine = new Set(subjectKeys.all(clock()).map(({ key }) => makePseudonym(key, me)));
  const nameOf = (tool: string): string => tools?.desk.tools.find(tool)?.name[language] ?? tool;
  const { entries, next } = await log.find(
    { subject: me },
    { limit: PAGE_SIZE, ...(before === null ? {} : { before }) },
  );
  return { accesses: entries.map((entry) => viewMine(entry, mine, nameOf, language)), next };
}

function viewMine(
  { access }: LogEntry,
  mine: ReadonlySet<string>,
  nameOf: (tool: string) => string,
  language: Language,
): MyAccess {
  const { at, actor, action, outcome, purpose, reason } = access;
  // Others' records of the same answer are none of this buyer's business.
  const own = access.records.filter(({ subjects }) => subjects.some(({ hex }) => mine.has(hex)));
  // What was only observed was shown whole, and no reason kept anything from anybody.
  const isWhole = isObserved(access);
  const isClear = isWhole || own.some(({ disclosure }) => disclosure.kind === "reveal");
  const why = isWhole ? null : (reason ?? own[0]?.disclosure.reason ?? null);
  return {
    at,
    who: {
      kind: actor.kind,
      kindText: ACTOR_WORDS[actor.kind][language],
      seller: actor.sellerId,
      tool: actor.kind === "tool" ? nameOf(actor.id) : null,
    },
    action,
    actionText: ACTION_WORDS[action][language],
    outcome,
    outcomeText: OUTCOME_WORDS[outcome][language],
    // Of a view it is the route's own word; elsewhere somebody wrote it, and may have written of others.
    purpose: action === "view" ? purpose : null,
    shown: own.length === 0 ? "none" : isClear ? "clear" : "masked",
    because: why === null ? null : REASONS[why].because[language],
  };
}
