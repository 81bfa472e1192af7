export type { AccessLog } from "@garim/audit";
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
  type Subject,
  subject,
} from "@garim/policy";
export { type Database, type EmbeddedDatabase, embedded } from "./database.ts";
export { createGarim, type Garim } from "./garim.ts";
export type { RevealOptions } from "./guarded-route.ts";
export { createKeys, type Keys, keysFromFile } from "./keys.ts";
export type { Logger } from "./logger.ts";
export type { GarimOptions } from "./options.ts";
export type { Problem } from "./problem.ts";
export type { RouteReport } from "./routes.ts";
