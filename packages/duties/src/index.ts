export { createLeaks, type LeaksOptions } from "./breach/create-leaks.ts";
export type {
  FiledLeak,
  LeakChange,
  LeakDeed,
  LeakFacts,
  LeakFound,
  LeakGathered,
  LeakInput,
  LeakNotice,
  LeakPost,
  LeakSaid,
  LeakStatus,
  OwnLeak,
  PostedLeak,
  Sendings,
} from "./breach/leak.ts";
export type {
  LeakCandidate,
  LeakHost,
  LeakRecipient,
  RecipientsAsked,
  RecipientsPage,
  Sent,
} from "./breach/leak-host.ts";
export type { LeakAsker, Leaks } from "./breach/leaks.ts";
export { writePostedLeaks } from "./breach/leaks-page.ts";
export {
  type ClockRun,
  createDutyClock,
  type DutyClock,
  type DutyClockOptions,
} from "./clock/create-clock.ts";
export {
  DUTY_NOTICE_KINDS,
  type DutyNotice,
  type DutyNoticeKind,
  type DutyReport,
  type DutyState,
} from "./clock/notice.ts";
export type { DutyPlaces } from "./clock/notices.ts";
export type {
  Completion,
  CompletionInput,
  Course,
  CourseStatus,
  Education,
  FiledCourse,
  Reminder,
  Trainee,
  TraineePage,
  TraineeStatus,
  TraineesAsked,
} from "./education/course.ts";
export { createEducation } from "./education/create-education.ts";
export {
  type CountedList,
  type DutyEvidence,
  type DutyRegisters,
  type EvidenceAsker,
  gatherDutyEvidence,
} from "./evidence.ts";
export { createFlows } from "./flows/create-flows.ts";
export {
  type FiledFlow,
  type Flow,
  type FlowName,
  type FlowParty,
  type Flows,
  MARKETPLACE,
  PARTY_KINDS,
  type PartyKind,
} from "./flows/flow.ts";
export {
  listPublicFlows,
  type PublicFlow,
  type PublicFlows,
  writePublicFlows,
} from "./flows/public-list.ts";
export type { Keeper } from "./on-record.ts";
export type { KeepingOptions, RegisterOptions } from "./options.ts";
export { type KeyPage, type PageAsked, pageByKey, type RowKey } from "./paging/page-by-key.ts";
export { findInForceSince } from "./plan/in-force.ts";
export { type PlanFacts, writePlan } from "./plan/write-plan.ts";
export { createPrivacyPolicies } from "./privacy/create-policies.ts";
export { diffPrivacy } from "./privacy/diff.ts";
export { writePrivacyDiff, writePrivacyPage } from "./privacy/page.ts";
export type {
  DiffLine,
  PrivacyDocument,
  PrivacyPolicies,
  PrivacyVersion,
  PrivacyVersionPage,
  PublishedPrivacy,
  SectionDiff,
  SellerVersion,
} from "./privacy/privacy.ts";
export { draftPrivacy, type SellerFacts } from "./privacy/template.ts";
export { createPurges } from "./purge/create-purges.ts";
export type {
  Confirmed,
  DestructionReceipt,
  OwedPurge,
  PurgePage,
  PurgeRequest,
  Purges,
  ReadOrder,
  ToolDebt,
  ToolPageAsked,
  ToolReceipt,
} from "./purge/purge.ts";
export { createRegister } from "./register/create-register.ts";
export type {
  Agreement,
  Contract,
  FiledAgreement,
  FiledContract,
  Register,
  SubProcessor,
} from "./register/register.ts";
export { createRequests } from "./requests/create-requests.ts";
export {
  REQUEST_OUTCOMES,
  type RequestAnswer,
  type RequestCounts,
  type RequestInput,
  type RequestOutcome,
  type RequestPage,
  type RequestStatus,
  type Requests,
  type RequestsAsked,
  type SubjectRequest,
} from "./requests/request.ts";
export { createRetention, type DataRetentionOptions } from "./retention/create-retention.ts";
export { createSchedules } from "./retention/create-schedules.ts";
export type { DataHold, HoldInput, PlacedDataHold } from "./retention/data-hold.ts";
export type {
  DataRetention,
  Destruction,
  DestructionPage,
  DestructionsAsked,
  DueAsked,
  DuePage,
  Proof,
  Ran,
  RunAsked,
} from "./retention/destruction.ts";
export { type DueRecord, type DueView, type EndStep, judgeRecord } from "./retention/due.ts";
export { type LedgerFacts, writeLedger } from "./retention/ledger-page.ts";
export type {
  RecordHost,
  RecordStore,
  RecordsAsked,
  RecordsDeed,
  RecordsPage,
  StoredRecord,
  ToolCall,
} from "./retention/record-host.ts";
export type { FiledSchedule, Schedule, Schedules } from "./retention/schedule.ts";
export { createElevations } from "./rights/create-elevations.ts";
export type {
  Elevation,
  ElevationInput,
  ElevationName,
  ElevationState,
  ElevationStatus,
  Elevations,
} from "./rights/elevation.ts";
export {
  type MarketRights,
  type PersonRights,
  type RightsAsked,
  type RightsReport,
  reportMarketRights,
  reportRights,
  type SellerRights,
  type SharedSign,
} from "./rights/rights-report.ts";
export { checkSelf } from "./self-check/check-self.ts";
export { createSelfCheck } from "./self-check/create-self-check.ts";
export { gatherSelfCheck } from "./self-check/gather.ts";
export type {
  FiledAnswer,
  SelfCheck,
  SelfCheckAnswer,
  SelfCheckEntry,
  SelfCheckFacts,
  SelfCheckParts,
  SelfCheckReport,
  SelfCheckState,
  SelfCheckSwitches,
} from "./self-check/self-check.ts";
export { writeSelfCheck } from "./self-check/write-self-check.ts";
export type { DutyDatabase } from "./store/database.ts";
export type { FollowedRoom, FollowerPort } from "./store/follower.ts";
export { DUTIES_MIGRATION, DUTIES_VERSION, migrateDuties, readDutiesVersion } from "./tables/migration.ts";
export {
  countHeldTexts,
  type HeldText,
  type HeldTextCounts,
  type HeldTextPage,
  type HeldTextsAsked,
  listHeldTexts,
} from "./text/held-texts.ts";
