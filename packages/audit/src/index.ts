export {
  ACCESS_ACTIONS,
  ACCESS_MODES,
  ACCESS_OUTCOMES,
  ACTOR_KINDS,
  type Access,
  type AccessAction,
  type AccessMode,
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
export { type Found, isDamaged } from "./ask/entry.ts";
export { FILTER_NAMES, type LogFilter, type Scope } from "./ask/filter.ts";
export type { DamagedRecord, Page, PageRequest } from "./ask/page.ts";
export {
  byActor,
  byTool,
  denied,
  downloads,
  everything,
  type Narrow,
  observed,
  type Question,
  rightsHistory,
  sessions,
  VERBS,
  type Verb,
  whoSaw,
} from "./ask/question.ts";
export { createLogReader, type LogReader, type LogReaderOptions } from "./ask/reader.ts";
export { type LoggedSession, readSessions, type SessionPage } from "./ask/session.ts";
export type { Charts, PastStretch, SubjectsPoint, VolumePoint } from "./chart/charts.ts";
export type { Counted, HourCount, ToolCount } from "./chart/hour-count.ts";
export type { LogDatabase } from "./database.ts";
export { type Asker, accessOfAsker } from "./desk/asker.ts";
export type { AuditorDesk, Exported, Freshness, OnRecord } from "./desk/desk.ts";
export type { Resolution, ResolvedSubject } from "./desk/resolve.ts";
export type {
  CopyVerdict,
  Evidence,
  EvidencePlace,
  MonthCounts,
  NumberInForce,
  ObservedPolicy,
  PolicyChange,
  ProvenSample,
  RuleInForce,
} from "./evidence/evidence.ts";
export { type EvidenceOptions, type MadeEvidence, makeEvidence } from "./evidence/make-evidence.ts";
export type { EvidenceRule } from "./evidence/rules.ts";
export { SHEET_COLUMNS, type SheetCell } from "./export/cells.ts";
export { type ColumnValue, LOG_COLUMNS, type LogColumn } from "./export/columns.ts";
export { type CsvOptions, csvSink } from "./export/csv-sink.ts";
export { ndjsonSink, rowOf } from "./export/ndjson-sink.ts";
export type { FileTarget, RowSink } from "./export/sink.ts";
export {
  type SheetCounts,
  type SheetSummary,
  type SheetWriter,
  type WorkbookSinkOptions,
  workbookSink,
} from "./export/workbook-sink.ts";
export type { KeyFile, KeyKind } from "./keys/key-file.ts";
export { openToOthers, type ReadKeys, readKeyFile } from "./keys/key-read.ts";
export type { KeyWatchOptions } from "./keys/key-watch.ts";
export { changeKeyFile, createKeyFile } from "./keys/key-write.ts";
export { type KeyListing, type KeyState, listKeys } from "./keys/listing.ts";
export { type KeyMaking, makeKeyFile } from "./keys/make.ts";
export type { Month } from "./keys/month.ts";
export { type FileKeys, openKeyFile, type SignerKeys, type StorageKey } from "./keys/open-keys.ts";
export { retireSecret, retireSigner } from "./keys/retire.ts";
export { type Rotation, rotateKeys } from "./keys/rotate.ts";
export { type Shredding, shredMonth } from "./keys/shred.ts";
export { RIGHTS_ACTIONS } from "./lasting-actions.ts";
export { type AccessLog, createAccessLog } from "./log.ts";
export type { LogHealth } from "./log-health.ts";
export { ed25519Signer, type NoteSigner } from "./note/signer.ts";
export { describeImpact } from "./observe/describe.ts";
export { detailOfChange, type HiddenFields, type ObservedChange } from "./observe/detail.ts";
export type {
  DroppedImpact,
  ImpactCount,
  MaskedImpact,
  ObserveReport,
  RefusedImpact,
  RouteImpact,
} from "./observe/impact.ts";
export { isObserved } from "./observe/observed.ts";
export { type FoundImpact, type ObserveReportOptions, reportObserved } from "./observe/report.ts";
export { type AccessLogOptions, LOG_DEFAULTS, type SealOptions } from "./options.ts";
export { ocsfOf } from "./pass-on/ocsf/ocsf.ts";
export { OCSF_VERSION, type OcsfEvent } from "./pass-on/ocsf/ocsf-event.ts";
export type { RecordLine } from "./pass-on/record-line.ts";
export type { RecordSink } from "./pass-on/sink.ts";
export { type FileSinkOptions, fileSink } from "./pass-on/sinks/file-sink.ts";
export type { HttpSinkOptions } from "./pass-on/sinks/http-options.ts";
export { httpSink } from "./pass-on/sinks/http-sink.ts";
export type { Bundle, BundledBatch, BundledPast, BundledRecord } from "./prove/bundle.ts";
export {
  type BundleTrust,
  type BundleVerdict,
  checkBundle,
  type ProvenBundle,
  type ProvenCheckpoint,
  type UnprovenBundle,
} from "./prove/check-bundle.ts";
export type { CheckpointChoice } from "./prove/find-checkpoint.ts";
export { type ProofDesk, type ProofOnRecord, proveOnRecord } from "./prove/prove-on-record.ts";
export { type ProofRequest, proveRecord } from "./prove/prove-record.ts";
export { type RecordDecision, type ShownRecord, showRecord } from "./prove/show-record.ts";
export { makePseudonym, type PseudonymKey, type PseudonymKeys } from "./pseudonym.ts";
export type { Refusal } from "./refusals.ts";
export type { Destruction } from "./retention/destruction.ts";
export type { Forgotten } from "./retention/forget-keys.ts";
export { type LegalHold, readHolds } from "./retention/hold.ts";
export { Retention } from "./retention/keeper.ts";
export type {
  DestroyOptions,
  HoldRequest,
  PlacedHold,
  RetentionOptions,
} from "./retention/options.ts";
export type { OutsideCopy } from "./retention/outside.ts";
export type { MonthState, PlannedHistory, PlannedMonth, RetentionPlan } from "./retention/plan.ts";
export { type PlanRequest, readRetentionPlan } from "./retention/read-plan.ts";
export type { ReviewAccount, WrittenAccount } from "./review/account.ts";
export { Html, type HtmlPart, html } from "./review/html.ts";
export { REVIEW_LIMITS, type ReviewLimits } from "./review/limits.ts";
export { layFacts, layPage, layTable, type PageColumn } from "./review/page.ts";
export { writeReviewReport } from "./review/report.ts";
export {
  type FindingInput,
  type FollowUpInput,
  openReview,
  type ReviewDesk,
  type ReviewDone,
  type ReviewOptions,
  type ShownReview,
} from "./review/review-desk.ts";
export type {
  Finding,
  FollowUp,
  ReviewBegun,
  ReviewEntry,
  ReviewSigned,
  ReviewState,
} from "./review/state.ts";
export type {
  Listed,
  MonthWatch,
  SampledRecord,
  WatchedActor,
  WatchedDownload,
  WatchedFile,
  WatchedNetwork,
  WatchedPlace,
  WatchedRefusal,
  WatchedSignal,
  WatchedVolume,
} from "./review/watch.ts";
export type {
  BreachScope,
  CountRange,
  KeyedCount,
  SchemaCount,
  ScopeFile,
  ScopeFilter,
  ScopePlace,
  TypedCount,
} from "./scope/breach-scope.ts";
export { type Candidate, type ConcernedContact, type ContactSearch, listContacts } from "./scope/contacts.ts";
export { type Draft, type DraftFacts, draftNotice, draftReport } from "./scope/draft.ts";
export { breachFactsOf, listScopeDuties, type SaidFacts, type ScopeDuty } from "./scope/duties.ts";
export {
  type FoundScope,
  findBreachScope,
  type ScopeOptions,
  type ScopeProgress,
} from "./scope/find-scope.ts";
export type { Tallied } from "./scope/tallied.ts";
export type { Batch } from "./seal/batch-leaf.ts";
export { filePlace } from "./seal/file-place.ts";
export { type HttpPlaceOptions, httpPlace } from "./seal/http-place.ts";
export { type ObjectPlaceOptions, type ObjectStore, objectPlace } from "./seal/object-place.ts";
export type { CheckpointPlace } from "./seal/place.ts";
export type { PlaceStatus } from "./seal/place-writer.ts";
export type { Sealed, SealedBatch } from "./seal/sealed.ts";
export type { SealStatus } from "./seal/sealer.ts";
export { type LastVerified, type LogStatus, noteVerified, readLogStatus } from "./status/log-status.ts";
export { LOG_VERSION, migrate, migrations, readLogVersion } from "./tables/migration.ts";
export { checkRange } from "./verify/check-range.ts";
export type { Damage, DamageKind, Destroyed } from "./verify/damage.ts";
export type { VerifyOptions } from "./verify/options.ts";
export type { Difference, RangeReport, RangeTask, Unknown } from "./verify/range.ts";
export type { VerifyState } from "./verify/state.ts";
export type { Verdict } from "./verify/verdict.ts";
export { verifyLog } from "./verify/verify-log.ts";
export { ACTION_WORDS } from "./words/actions.ts";
export { DAMAGE_WORDS } from "./words/damage.ts";
export { ACTOR_WORDS, MODE_WORDS, OUTCOME_WORDS, SUBJECT_WORDS } from "./words/kinds.ts";
export { koreanMoment, koreanTime } from "./words/korean-time.ts";
