export {
  type AccessLog,
  type Actor,
  type CheckpointPlace,
  filePlace,
  fileSink,
  httpPlace,
  httpSink,
  type ObjectStore,
  objectPlace,
  type RecordSink,
} from "@garim/audit";
export type {
  Channel,
  ChannelMessage,
  FactorList,
  FactorNotice,
  ListedSession,
  ListOwner,
  Locate,
  PasskeySettings,
  Signal,
  SignalKind,
  Worker,
} from "@garim/auth";
export {
  type AnswerShape,
  open,
  pii,
  type RecordRules,
  type RecordSchema,
  type Shape,
  schema,
  type Union,
  union,
} from "@garim/masking";
export {
  type AuditorIdentity,
  type BuyerIdentity,
  type ClaimInput,
  GarimError,
  type GarimErrorCode,
  type Identity,
  isGarimError,
  type LineState,
  type OperatorIdentity,
  type PolicyOptions,
  type StaffIdentity,
  type StepUpClass,
  type Subject,
  subject,
} from "@garim/policy";
export { fileSpool, type ObjectStore as FileStore, objectSpool, type Spool } from "@garim/workbook";
export type { Problem } from "./answer/problem.ts";
export type { DownloadEntry, DownloadState } from "./download/ledger/entry.ts";
export type {
  DownloadColumn,
  DownloadOptions,
  DownloadPurpose,
  DownloadRecipient,
  DownloadsOptions,
} from "./download/options.ts";
export type { DutyDesk } from "./duties/ground.ts";
export type { DutiesOptions, DutySeller } from "./duties/options.ts";
export { createGarim, type Garim } from "./garim.ts";
export type { OperatorAlert, TroubleKind } from "./health/trouble.ts";
export type { Logger } from "./logger.ts";
export type { ObserveOptions, SellerObserveOptions } from "./observe/options.ts";
export type { BlindIndex } from "./reveal/blind-index.ts";
export type { RevealOptions } from "./reveal/guarded-route.ts";
export type { RouteReport } from "./routes/routes.ts";
export { closeOnSignal, type SignalOptions } from "./shutdown/close-on-signal.ts";
export type { ClosableServer, CloseOptions } from "./shutdown/close-server.ts";
export type { AccountView, Staff } from "./staff.ts";
export { type Database, type EmbeddedDatabase, embedded } from "./start/database.ts";
export { createKeys, type Keys, keysFromFile } from "./start/keys.ts";
export type { CheckpointOptions, GarimOptions, SignalRules } from "./start/options.ts";
export { type ServerPrototypes, serverOptions } from "./start/server-options.ts";
export type { Pages } from "./step-up/pages.ts";
export { returnPath } from "./step-up/return-path.ts";
export type { MetricsOptions } from "./telemetry/handler.ts";
export type { SpanTracer, TraceSpan } from "./telemetry/tracer.ts";
export type { PostsOptions, ReplyOptions, ShownPost } from "./text/options.ts";
export type { BulkAsk, BulkOptions } from "./tool/bulk/options.ts";
export type { ToolCaller } from "./tool/caller.ts";
export type { ToolDesk } from "./tool/desk.ts";
export type { DescribedOperation, DescribeOptions } from "./tool/openapi/options.ts";
export type {
  OffHours,
  SandboxOptions,
  ToolAlert,
  ToolAlertKind,
  ToolBudgets,
  ToolOptions,
} from "./tool/options.ts";
export type { OtherGrant, OtherIssuer } from "./tool/other-issuer.ts";
export type { ReceiptOptions } from "./tool/receipts.ts";
export { type MadeUpOptions, type MadeUpOrder, madeUpOrders } from "./tool/sandbox/made-up-orders.ts";
export type { Sandbox } from "./tool/sandbox/sandbox.ts";
export {
  type Person,
  type PersonAnswer,
  type PersonDeed,
  type ToolServerGround,
  toolServerGround,
} from "./tool/server-ground.ts";
export type { TokenMetered, TokenMeters } from "./tool/token-meters.ts";
export type { WatchOptions } from "./watch/options.ts";
