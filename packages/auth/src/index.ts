export { AUTH_DEFAULTS, type AuthDefaults } from "./defaults.ts";
export type { SecretKey, SecretKeys } from "./factor/sealed-secret.ts";
export type { Enrolment, Proved, Totp, TotpOptions } from "./factor/totp.ts";
export { createTotp } from "./factor/totp-factor.ts";
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
} from "./session/session.ts";
export { createSessions, type SessionsOptions } from "./session/sessions.ts";
export { bindValue, unbindValue } from "./state/bound-value.ts";
export type { StateDatabase } from "./state/database.ts";
export { type MemoryStateOptions, memoryState } from "./state/memory.ts";
export { STATE_MIGRATIONS } from "./state/migration.ts";
export { type PostgresStateOptions, postgresState } from "./state/postgres.ts";
export { type StateEntry, type StateStore, stateUnavailable } from "./state/store.ts";
export type { Worker } from "./worker.ts";
