export type { AccessLog, Actor } from "@garim/audit";
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
export { type Database, type EmbeddedDatabase, embedded } from "./database.ts";
export { createGarim, type Garim } from "./garim.ts";
export type { RevealOptions } from "./guarded-route.ts";
export { createKeys, type Keys, keysFromFile } from "./keys.ts";
export type { Logger } from "./logger.ts";
export type { GarimOptions, SignalRules } from "./options.ts";
export type { Pages } from "./pages.ts";
export type { Problem } from "./problem.ts";
export { returnPath } from "./return-path.ts";
export type { RouteReport } from "./routes.ts";
export type { AccountView, Staff } from "./staff.ts";
