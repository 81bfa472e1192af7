export {
  type BreachDuty,
  type BreachFacts,
  type BreachStep,
  listBreachDuties,
} from "./breach.ts";
export {
  LEAK_CHECKS,
  LEAK_KIND_WORDS,
  LEAK_KINDS,
  type LeakCheck,
  type LeakKind,
} from "./breach-check.ts";
export {
  findSoftWords,
  listMissingContents,
  NOTICE_CONTENTS,
  NOTICE_WORDS,
  type NoticeContent,
} from "./breach-notice.ts";
export {
  ALLOW,
  type Allow,
  type Disclosure,
  type Duty,
  type Mask,
  type Obligation,
  type Refuse,
  type Reveal,
  refuse,
  type Withhold,
} from "./decision.ts";
export {
  type DestructionFacts,
  type Done,
  decideDestruction,
  type Keep,
  type KeptRecord,
} from "./destruction.ts";
export { decideDisclosure, purposeEnd } from "./disclosure.ts";
export type { DisclosureFacts, Surface } from "./disclosure-facts.ts";
export { type DormancyFacts, decideDormancy, dormantAt } from "./dormancy.ts";
export {
  type Download,
  type DownloadFacts,
  type DownloadObligation,
  decideDownload,
} from "./download.ts";
export {
  type DayVolume,
  type DownloadVolumeFacts,
  decideDownloadVolume,
} from "./download-volume.ts";
export {
  type Edition,
  KEPT_KINDS,
  type KeepRule,
  type KeptKind,
  type NumberRule,
  type PolicyNumbers,
  type RoleAction,
  type RoleRule,
} from "./edition.ts";
export { EDITIONS } from "./editions.ts";
export {
  decideEducated,
  decideEducation,
  type EducationFacts,
} from "./education.ts";
export { decideElevation, decideLending, type ElevationFacts, elevationEnd } from "./elevation.ts";
export { GarimError, type GarimErrorCode, isGarimError } from "./error.ts";
export type { ErrorHelp } from "./error-help/entry.ts";
export { ERROR_HELP } from "./error-help/error-help.ts";
export { CODES, type ExplainedCode, explainCode } from "./error-help/explain-code.ts";
export { type Decision, explain } from "./explain.ts";
export {
  decideFlow,
  decideOverseas,
  FLOW_ITEM_WORDS,
  FLOW_ITEMS,
  FLOW_KIND_WORDS,
  FLOW_KINDS,
  type FlowEvidence,
  type FlowFacts,
  type FlowGap,
  type FlowItem,
  type FlowKind,
  type FlowSide,
  isFlowContradicted,
  listFlowGaps,
} from "./flow.ts";
export {
  type ContractFacts,
  decideContract,
  decideGrant,
  GRANT_STATES,
  type GrantAsk,
  type Granted,
  type GrantFacts,
  type GrantState,
  grantEnd,
} from "./grant.ts";
export { KIND_WORDS } from "./kind-words.ts";
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
export { countWrongTry, decideTry, type LockoutFacts, NO_FAILURES } from "./lockout.ts";
export { addMonths, DAY, HOUR, MINUTE, type MomentInput, readMoment } from "./moment.ts";
export { nearest } from "./nearest.ts";
export { decideNetwork, type NetworkFacts } from "./network.ts";
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
export { DEFAULT_EDITION, type Policy, type PolicyOptions, resolvePolicy } from "./policy.ts";
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
export {
  decidePublication,
  decidePublished,
  listPrivacyGaps,
  PRIVACY_SECTION_WORDS,
  PRIVACY_SECTIONS,
  type PrivacySection,
  type PrivacySections,
} from "./privacy-policy.ts";
export { purgeBy } from "./purge.ts";
export { REASONS, type Reason } from "./reason.ts";
export type { ReasonEntry } from "./reasons/entry.ts";
export {
  decideRecordErasure,
  decideRightsErasure,
  type ErasureFacts,
  type RecordTerm,
  recordTerm,
  type ScopeFacts,
} from "./retention.ts";
export { decideReview, decideReviewer, type ReviewerFacts, type ReviewFacts } from "./review.ts";
export { decideAction, kindsOfRoles } from "./role.ts";
export {
  decideConfirmer,
  decideRecordEnd,
  decideScheduled,
  type RecordEnd,
  type StoredFacts,
} from "./schedule.ts";
export { decideSession, type SessionEnds, type SessionFacts, sessionEnds } from "./session.ts";
export { isSharedAccountSign } from "./shared-account.ts";
export { type Basis, SOURCES, type SourceEntry, type SourceId } from "./source.ts";
export { decideStepUp, type StepUpClass, type StepUpFacts } from "./step-up.ts";
export { SUBJECT_TYPES, type Subject, type SubjectType, subject } from "./subject.ts";
export {
  decideRequest,
  REQUEST_KINDS,
  REQUEST_WORDS,
  type RequestFacts,
  type RequestKind,
} from "./subject-request.ts";
export { withTopic } from "./topic.ts";
export { startWatch, type Watch, watchAccess } from "./watch/watch.ts";
export {
  WATCH_ACTIONS,
  type WatchAction,
  type WatchEvent,
  type WatchFinding,
  type WatchReason,
} from "./watch/watch-event.ts";
export type { Language, Words } from "./words.ts";
