export { bindValue, unbindValue } from "./bound-value.ts";
export { AUTH_DEFAULTS, type AuthDefaults } from "./defaults.ts";
export type { SecretKey, SecretKeys } from "./sealed-secret.ts";
export type {
  Checked,
  FactorMethod,
  Live,
  ProvedFactor,
  Raised,
  Session,
  SessionEnd,
  Sessions,
  SessionUse,
} from "./session.ts";
export { createSessions, type SessionsOptions } from "./sessions.ts";
export { type StateEntry, type StateStore, stateUnavailable } from "./state.ts";
export type { StateDatabase } from "./state-database.ts";
export { type MemoryStateOptions, memoryState } from "./state-memory.ts";
export { STATE_MIGRATIONS } from "./state-migration.ts";
export { type PostgresStateOptions, postgresState } from "./state-postgres.ts";
export type { Enrolment, Proved, Totp, TotpOptions } from "./totp.ts";
export { createTotp } from "./totp-factor.ts";
export type { Worker } from "./worker.ts";
