import { GarimError, REASONS, SUBJECT_TYPES, type Subject } from "@garim/policy";
import {
  ACCESS_ACTIONS,
  ACCESS_MODES,
  ACCESS_OUTCOMES,
  ACTOR_KINDS,
  type Access,
  type Actor,
  type Detail,
  type Factor,
  MAX_DETAILS,
  MAX_LINES,
  MAX_RECORDS,
  type Origin,
  type RecordedDisclosure,
  type RecordedFile,
} from "./access.ts";
import { cleanText } from "./clean-text.ts";

const MAX_ID = 256;
const MAX_IP = 64;
const MAX_AGENT = 200;
const MAX_TEXT = 1_000;
const MAX_ASKED = 100;
const MAX_DETAIL_NAME = 64;
const SHA256 = /^[0-9a-f]{64}$/;
const SUBJECT_FORM = `made by subject.buyer(id), .phone(id) or .order(id), of 1 to ${MAX_ID} characters`;

/**
 * Checks an access and brings its texts into a form every database takes. The five statutory items are never empty: identifier
 * (식별자), time (접속일시), origin (접속지), data subjects (처리한 정보주체) of every record, action (수행업무).
 *
 * @throws GarimError `ERR_GARIM_RECORD_INVALID`, naming the field and what it takes
 * @source notice-2026-9/8-1
 */
export function readAccess(access: Access): Access {
  const checked: Access = {
    ...access,
    at: checkMoment("at", access.at),
    actor: readActor("actor", access.actor),
    ...(access.target === undefined ? {} : { target: readActor("target", access.target) }),
    session: readOptional("session", access.session),
    factor: access.factor && readFactor(access.factor),
    origin: readOrigin(access.origin),
    action: checkWord("action", access.action, ACCESS_ACTIONS),
    outcome: checkWord("outcome", access.outcome, ACCESS_OUTCOMES),
    reason: access.reason === null ? null : checkWord("reason", access.reason, Object.keys(REASONS)),
    route: readText("route", access.route),
    purpose: readOptional("purpose", access.purpose),
    policy: { ...access.policy, edition: readText("policy.edition", access.policy.edition) },
    profile: readOptional("profile", access.profile),
    records: checkRecords(access),
  };
  return hasMore(access) ? { ...checked, ...readMore(access) } : checked;
}

function hasMore({ asked, detail, file, grant, key, mode }: Access): boolean {
  return (asked ?? detail ?? file ?? grant ?? key ?? mode) !== undefined;
}

/** What only some actions have. */
function readMore({ asked, detail, file, grant, key, mode }: Access): Partial<Access> {
  return {
    ...(asked === undefined ? {} : { asked: checkAsked(asked) }),
    ...(detail === undefined ? {} : { detail: readDetail(detail) }),
    ...(file === undefined ? {} : { file: checkFile(file) }),
    ...(grant === undefined ? {} : { grant: readId("grant", grant) }),
    ...(key === undefined ? {} : { key: readId("key", key) }),
    ...(mode === undefined ? {} : { mode: checkWord("mode", mode, ACCESS_MODES) }),
  };
}

function checkAsked(asked: readonly Subject[]): readonly Subject[] {
  if (Array.isArray(asked) && asked.length <= MAX_ASKED && asked.every(isSubject)) return asked;
  throw refuseField("asked", `a list of at most ${MAX_ASKED} subjects, each ${SUBJECT_FORM}`);
}

function readDetail(detail: Detail): Detail {
  const members = Object.entries(detail);
  if (members.length > MAX_DETAILS)
    throw refuseField("detail", `an object of at most ${MAX_DETAILS} members`);
  return Object.fromEntries(
    members.map(([name, value]) => [readDetailName(name), readDetailValue(name, value)]),
  );
}

function readDetailName(name: string): string {
  if (name !== "" && name.length <= MAX_DETAIL_NAME) return cleanText(name);
  throw refuseField("detail", `an object whose names have 1 to ${MAX_DETAIL_NAME} characters`);
}

function readDetailValue(name: string, value: unknown): string | number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (typeof value === "string") return cleanText(value.slice(0, MAX_TEXT));
  throw refuseField(`detail.${name}`, "a text or a finite number");
}

function checkFile({ sha256, sizeBytes }: RecordedFile): RecordedFile {
  if (typeof sha256 !== "string" || !SHA256.test(sha256))
    throw refuseField("file.sha256", "64 lower-case hex digits");
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0)
    throw refuseField("file.sizeBytes", "a whole number of bytes");
  return { sha256, sizeBytes };
}

function readActor(field: "actor" | "target", { kind, id, sellerId }: Actor): Actor {
  return {
    kind: checkWord(`${field}.kind`, kind, ACTOR_KINDS),
    id: readId(`${field}.id`, id),
    sellerId: sellerId === null ? null : readId(`${field}.sellerId`, sellerId),
  };
}

/** Who asks may choose its agent, and behind a proxy its address: too long is cut, for a refusal must be recorded too. */
function readOrigin(origin: Origin): Origin {
  const agent = readOptional("origin.agent", origin.agent);
  return {
    ip: readText("origin.ip", origin.ip).slice(0, MAX_IP),
    agent: agent === null ? null : cleanText(agent.slice(0, MAX_AGENT)),
  };
}

function readFactor(factor: Factor): Factor {
  return { method: readText("factor.method", factor.method), at: checkMoment("factor.at", factor.at) };
}

function checkRecords({ records, surface }: Access): readonly RecordedDisclosure[] {
  if (!Array.isArray(records) || records.length > MAX_RECORDS)
    throw refuseField("records", `a list of at most ${MAX_RECORDS}; answer in pages`);
  if (records.length > 0 && surface === null)
    throw refuseField("surface", '"view", "download" or "tool" where there are records');
  let lineCount = 0;
  for (const record of records) {
    lineCount += record.lines.length;
    if (record.subjects.length === 0)
      throw refuseField(
        `records[].subjects (schema ${JSON.stringify(record.schema)})`,
        "a list of at least one; let the schema's subjects() name whose data it is",
      );
    if (!record.subjects.every(isSubject))
      throw refuseField(`records[].subjects (schema ${JSON.stringify(record.schema)})`, SUBJECT_FORM);
  }
  if (lineCount > MAX_LINES)
    throw refuseField("records[].lines", `at most ${MAX_LINES} in all; answer in pages`);
  return records;
}

function isSubject({ type, id }: Subject): boolean {
  return SUBJECT_TYPES.includes(type) && typeof id === "string" && id !== "" && id.length <= MAX_ID;
}

function readId(field: string, id: unknown): string {
  if (typeof id !== "string" || id === "" || id.length > MAX_ID)
    throw refuseField(field, `a text of 1 to ${MAX_ID} characters`);
  return cleanText(id);
}

function readText(field: string, text: unknown): string {
  if (typeof text !== "string" || text === "") throw refuseField(field, "a text that is not empty");
  return cleanText(text.slice(0, MAX_TEXT));
}

function readOptional(field: string, text: unknown): string | null {
  if (text === null) return null;
  if (typeof text !== "string") throw refuseField(field, "a text or null");
  return cleanText(text.slice(0, MAX_TEXT));
}

function checkMoment(field: string, at: number): number {
  if (Number.isSafeInteger(at) && at >= 0 && at < 2 ** 48) return at;
  throw refuseField(field, "a moment in whole UTC milliseconds");
}

function checkWord<T extends string>(field: string, word: T, words: readonly string[]): T {
  if (words.includes(word)) return word;
  throw refuseField(field, `one of ${words.join(", ")}`);
}

function refuseField(field: string, wanted: string): GarimError {
  return new GarimError(
    "ERR_GARIM_RECORD_INVALID",
    `An access cannot be recorded: ${field} must be ${wanted}`,
  );
}
