export {
  ALLOW,
  type Allow,
  type Disclosure,
  type Mask,
  type Obligation,
  type Refuse,
  type Reveal,
  refuse,
  type Withhold,
} from "./decision.ts";
export { type DisclosureFacts, decideDisclosure, purposeEnd, type Surface } from "./disclosure.ts";
export {
  EDITIONS,
  type Edition,
  type NumberRule,
  type PolicyNumbers,
  type RoleAction,
  type RoleRule,
} from "./edition.ts";
export { GarimError, type GarimErrorCode, isGarimError } from "./error.ts";
export {
  CLAIM_TYPES,
  type ClaimFacts,
  type ClaimInput,
  type ClaimOpener,
  type ClaimType,
  type LineFacts,
  type LineState,
  readLine,
  readLines,
  UNREADABLE_LINE,
} from "./line.ts";
export { DAY, HOUR, MINUTE, type MomentInput, readMoment } from "./moment.ts";
export { nearest } from "./nearest.ts";
export {
  ALL_KINDS,
  hasKind,
  isPiiKind,
  type KindSet,
  kindSet,
  kindsOf,
  NO_KINDS,
  PII_KINDS,
  type PiiKind,
} from "./pii-kind.ts";
export { DEFAULT_EDITION, kindsOfRoles, type Policy, type PolicyOptions, resolvePolicy } from "./policy.ts";
export {
  type AuditorId,
  type AuditorIdentity,
  type BuyerId,
  type BuyerIdentity,
  type Identity,
  type OperatorId,
  type OperatorIdentity,
  type SellerId,
  type StaffId,
  type StaffIdentity,
  type WorkerIdentity,
  workerId,
} from "./principal.ts";
export { REASONS, type Reason, type ReasonEntry, type Words } from "./reason.ts";
export {
  decideAction,
  decideSession,
  decideStepUp,
  type SessionEnds,
  type SessionFacts,
  type StepUpClass,
  type StepUpFacts,
  sessionEnds,
} from "./session.ts";
export { type Basis, SOURCES, type SourceEntry, type SourceId } from "./source.ts";
export { SUBJECT_TYPES, type Subject, type SubjectType, subject } from "./subject.ts";
