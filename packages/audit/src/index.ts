export {
  ACCESS_ACTIONS,
  ACCESS_OUTCOMES,
  ACTOR_KINDS,
  type Access,
  type AccessAction,
  type AccessOutcome,
  type Actor,
  type ActorKind,
  type Detail,
  type Factor,
  type LogEntry,
  type LoggedAccess,
  type LoggedDisclosure,
  type LoggedSubject,
  MAX_DETAILS,
  MAX_LINES,
  MAX_RECORDS,
  type Origin,
  type Receipt,
  type RecordedDisclosure,
  type RecordedFile,
  type RecordedPolicy,
} from "./access.ts";
export type { LogDatabase } from "./database.ts";
export { type AccessLog, createAccessLog } from "./log.ts";
export { type AccessLogOptions, LOG_DEFAULTS } from "./options.ts";
export type { PseudonymKey, PseudonymKeys } from "./pseudonym.ts";
export type { Page, PageRequest } from "./query.ts";
export type { Refusal } from "./refusals.ts";
export { LOG_VERSION, migrate, migrations, readLogVersion } from "./tables/migration.ts";
