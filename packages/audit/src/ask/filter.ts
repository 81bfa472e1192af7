import { GarimError, nearest, SUBJECT_TYPES, type Subject } from "@garim/policy";
import {
  ACCESS_ACTIONS,
  ACCESS_OUTCOMES,
  ACTOR_KINDS,
  type AccessAction,
  type AccessOutcome,
  type ActorKind,
} from "../access.ts";
import { cleanText } from "../clean-text.ts";

/** Which records are meant: those that have every member given here. */
export interface LogFilter {
  /** Whose data it was, or for whom an auditor asked. Found under every key in force. */
  readonly subject?: Subject;
  /** Who acted, by the identifier alone, whichever kind of actor it names. */
  readonly actor?: string;
  /** Which kind of actor acted. */
  readonly kind?: ActorKind;
  /** Whom whoever acted works for. */
  readonly seller?: string;
  /** A session's public name. Found by what else than views is on record of it, which is its log-in at least. */
  readonly session?: string;
  readonly ip?: string;
  /** The key that signed the tool's token. */
  readonly key?: string;
  /** To whom it was done, where that is somebody else's account. */
  readonly target?: string;
  /** Who acted or to whom it was done. */
  readonly person?: string;
  /** One of these was done; at least one. */
  readonly actions?: readonly AccessAction[];
  readonly outcome?: AccessOutcome;
  /** Whether a purpose is stated; blanks state none. */
  readonly hasPurpose?: boolean;
  /** Recorded at this moment or later, by the database's clock: UTC milliseconds, inclusive. */
  readonly from?: number;
  /** Recorded before this moment: UTC milliseconds, exclusive. */
  readonly to?: number;
}

/** What an asker may see at all. It is no filter: whoever asks cannot drop it. */
export interface Scope {
  /** Only what was done by people and tools of this seller. */
  readonly sellerId: string;
}

/** The last moment a `Date` can hold; PostgreSQL's last is later. */
const LATEST = 8.64e15;
const MAX_ID = 256;

type Check = (name: string, value: unknown) => unknown;

const CHECKS: Readonly<Record<keyof LogFilter, Check>> = {
  subject: checkSubject,
  actor: checkId,
  kind: (name, value) => checkWord(name, value, ACTOR_KINDS),
  seller: checkId,
  session: checkId,
  ip: checkId,
  key: checkId,
  target: checkId,
  person: checkId,
  actions: checkActions,
  outcome: (name, value) => checkWord(name, value, ACCESS_OUTCOMES),
  hasPurpose: checkFlag,
  from: checkMoment,
  to: checkMoment,
};

/** The names a filter may have. */
export const FILTER_NAMES: readonly string[] = Object.freeze(Object.keys(CHECKS));

/**
 * Checks a filter, and brings its texts into the form they are stored in.
 *
 * @returns the members that are given
 * @throws GarimError `ERR_GARIM_QUERY_INVALID`, naming the member and what to write
 */
export function readFilter(filter: LogFilter): LogFilter {
  if (typeof filter !== "object" || filter === null || Array.isArray(filter))
    throw queryInvalid("A filter must be an object; write {} for every record");
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  const read: LogFilter = Object.fromEntries(
    given.map(([name, value]) => [name, checkOf(name)(name, value)]),
  );
  if (read.from !== undefined && read.to !== undefined && read.from >= read.to)
    throw queryInvalid("A filter's from must be before its to; to is the first moment that is left out");
  return read;
}

/** Checks a scope. @throws GarimError `ERR_GARIM_QUERY_INVALID` */
export function readScope(scope: Scope): Scope {
  // A scope that is misspelt must not be none at all.
  const names = typeof scope === "object" && scope !== null ? Object.keys(scope) : [];
  if (names.join() !== "sellerId")
    throw queryInvalid("A scope must name one seller and nothing else; write within: { sellerId }");
  return { sellerId: String(checkId("within.sellerId", scope.sellerId)) };
}

export function queryInvalid(message: string, cause?: unknown): GarimError {
  return new GarimError("ERR_GARIM_QUERY_INVALID", message, cause);
}

function checkOf(name: string): Check {
  if (Object.hasOwn(CHECKS, name)) return CHECKS[name as keyof LogFilter];
  throw queryInvalid(describeUnknown("filter", name, FILTER_NAMES));
}

/** Says that a name is unknown, which one may be meant, and which there are. The name itself may be anything: it is cut. */
export function describeUnknown(what: string, name: string, known: readonly string[]): string {
  const hint = nearest(name, known);
  const meant = hint === undefined ? "" : ` Did you mean ${hint}?`;
  return `A ${what} has no ${JSON.stringify(cleanText(name.slice(0, 40)))}.${meant} It takes: ${known.join(", ")}`;
}

function checkSubject(name: string, value: unknown): Subject {
  const { type, id } = (value ?? {}) as Partial<Subject>;
  const known = SUBJECT_TYPES.find((one) => one === type);
  if (known !== undefined && typeof id === "string" && id !== "" && id.length <= MAX_ID)
    return { type: known, id };
  throw refuse(name, "made by subject.buyer(id), .phone(id) or .order(id)");
}

function checkId(name: string, value: unknown): string {
  if (typeof value === "string" && value !== "" && value.length <= MAX_ID) return cleanText(value);
  throw refuse(name, `a text of 1 to ${MAX_ID} characters; leave it out where it does not matter`);
}

function checkWord(name: string, value: unknown, words: readonly string[]): string {
  const word = words.find((one) => one === value);
  if (word !== undefined) return word;
  const hint = typeof value === "string" ? nearest(value, words) : undefined;
  throw refuse(name, `one of ${words.join(", ")}${hint === undefined ? "" : `. Did you mean ${hint}?`}`);
}

function checkActions(name: string, value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length === 0)
    throw refuse(name, 'a list of at least one action; write actions: ["download"]');
  return [...new Set(value.map((one) => checkWord(name, one, ACCESS_ACTIONS)))];
}

function checkFlag(name: string, value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw refuse(name, "true or false");
}

function checkMoment(name: string, value: unknown): number {
  if (Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= LATEST) return Number(value);
  throw refuse(
    name,
    `a moment in whole UTC milliseconds; write ${name}: Date.parse("2026-11-01T00:00+09:00")`,
  );
}

function refuse(name: string, wanted: string): GarimError {
  return queryInvalid(`A filter's ${name} must be ${wanted}`);
}
