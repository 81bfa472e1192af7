export {
  type AccountStanding,
  createStandingReader,
  type StandingReader,
  type StandingReaderOptions,
} from "./account/standing-reader.ts";
export type { Budget, BudgetLeft, Budgets } from "./budget/budget.ts";
export { type BudgetsOptions, createBudgets } from "./budget/budgets.ts";
export { createDistinctBudgets, type DistinctBudgets, thingOf } from "./budget/distinct.ts";
export { AUTH_DEFAULTS, type AuthDefaults } from "./defaults.ts";
export type { Channel, ChannelMessage } from "./factor/channel.ts";
export { createFactors } from "./factor/create-factors.ts";
export type {
  CodeOffer,
  CodeSent,
  Factor,
  FactorKind,
  FactorList,
  Factors,
  FactorsOptions,
  Offer,
  PasskeyChallenge,
  PasskeyEnrolment,
  PasskeyOffer,
  Proved,
  RecoveryCodes,
  TotpEnrolment,
} from "./factor/factors.ts";
export type { FactorNotice, Listeners, NoticeKind } from "./factor/notice.ts";
export type { PasskeySettings } from "./factor/passkey-settings.ts";
export type { SecretKey, SecretKeys } from "./factor/sealed-secret.ts";
export type { ChangeSource, RecordChange, ToolAction, ToolChange } from "./grant/change.ts";
export { GRANT_DEFAULTS, type GrantDefaults } from "./grant/defaults.ts";
export type { DueDebt } from "./grant/events/due.ts";
export { TOOL_EVENTS, type ToolEvent, type ToolEventType } from "./grant/events/event.ts";
export type { Post, PostPort } from "./grant/events/post.ts";
export {
  createToolEvents,
  type ToolEvents,
  type ToolEventsOptions,
} from "./grant/events/tool-events.ts";
export { signWebhook, verifyWebhook, type WebhookHeaders } from "./grant/events/webhook.ts";
export {
  createFollower,
  type Followed,
  type FollowedSource,
  type Follower,
  type FollowerOptions,
} from "./grant/follower.ts";
export type { GrantRequest, Grants, Narrowing, StoredGrant } from "./grant/grant.ts";
export { createGrants, type GrantsOptions } from "./grant/grants.ts";
export type { IssuedToken, IssuedTokens, LedgerStep, TokenChoice } from "./grant/issued-token.ts";
export { createIssuedTokens, type IssuedTokensOptions } from "./grant/issued-tokens.ts";
export type { SigningKey, TokenKey, TokenKeys } from "./grant/token-key.ts";
export { createTokenKeys, type TokenKeysOptions } from "./grant/token-keys.ts";
export type {
  MadeSecret,
  RegisteredTool,
  ToolApplication,
  ToolCertificate,
  ToolName,
  ToolSecret,
  ToolStatus,
  Tools,
  ToolTier,
} from "./grant/tool.ts";
export { createTools, type ToolsOptions } from "./grant/tools.ts";
export type { GrantUses, UnusedScope } from "./grant/uses/use.ts";
export { createGrantUses, type GrantUsesOptions } from "./grant/uses/uses.ts";
export { type AllowList, createAllowList } from "./network/allow-list.ts";
export {
  type AllowLists,
  type AllowListsOptions,
  createAllowLists,
  type ListOwner,
} from "./network/allow-lists.ts";
export { isPublicAddress } from "./network/private.ts";
export { ORDER_PII, type OrderPii, RECEIPTS_SCOPE, readOrderPii } from "./order-pii/order-pii.ts";
export { judgeFreshness, judgeManager } from "./session/freshness.ts";
export type { SessionOrigin } from "./session/origin.ts";
export type {
  Checked,
  FactorMethod,
  ListedSession,
  Live,
  ProvedFactor,
  Raised,
  Refused,
  Session,
  SessionEnd,
  Sessions,
  SessionUse,
} from "./session/session.ts";
export { createSessions, type SessionsOptions } from "./session/sessions.ts";
export { SIGNAL_DEFAULTS, type SignalDefaults } from "./signal/defaults.ts";
export { type DeviceClues, deviceOf, makeDeviceId, readDeviceId } from "./signal/device.ts";
export { describeAgent, describeDevice } from "./signal/device-words.ts";
export type { Locate } from "./signal/locator.ts";
export { describeNetwork, networkOf } from "./signal/network.ts";
export type { SignalsOptions } from "./signal/options.ts";
export type { Place } from "./signal/place.ts";
export type {
  CredentialStuffing,
  ImpossibleHop,
  NewDevice,
  NewNetwork,
  Observed,
  SharedPassword,
  Sighting,
  SightingKind,
  Signal,
  SignalKind,
  Signals,
} from "./signal/signal.ts";
export { createSignals } from "./signal/signals.ts";
export { bindValue, unbindValue } from "./state/bound-value.ts";
export type { StateDatabase } from "./state/database.ts";
export { checkMemoryDeployment, type DeploymentFacts, readDeployment } from "./state/deployment.ts";
export { type MemoryStateOptions, memoryState } from "./state/memory.ts";
export { migrateState, readStateVersion, STATE_MIGRATION, STATE_MIGRATIONS } from "./state/migration.ts";
export { type PostgresStateOptions, postgresState } from "./state/postgres.ts";
export { type RedisStateOptions, redisState } from "./state/redis.ts";
export type { IoredisLike, NodeRedisLike, RedisClient, RedisCommand } from "./state/redis-client.ts";
export { openRedisHints, type RedisHints } from "./state/redis-hints.ts";
export { type Mark, type StateEntry, type StateStore, stateUnavailable } from "./state/store.ts";
export type { TokenAlgorithm } from "./token/algorithm.ts";
export { certificateThumbprint, readCertificateHeader } from "./token/certificate.ts";
export { createSenderChecks } from "./token/create-sender-checks.ts";
export { TOKEN_DEFAULTS, type TokenDefaults } from "./token/defaults.ts";
export type { TokenFault, TokenRefusal } from "./token/fault.ts";
export {
  createIntrospection,
  type Introspection,
  type IntrospectionEndpoint,
  type IntrospectionOptions,
} from "./token/issuer/introspection.ts";
export { keysAt } from "./token/issuer/key-address.ts";
export { faultOfFetch, type JsonFailure, type JsonFault } from "./token/issuer/read-json.ts";
export { checkKeySet } from "./token/key-set.ts";
export { createProofNonces, type ProofNonces } from "./token/nonces.ts";
export type { SenderChecks, SenderChecksOptions, SentToken } from "./token/sender.ts";
export type { SenderFault, SenderRefusal } from "./token/sender-fault.ts";
export type {
  TokenClaims,
  TokenKeyPort,
  TokenKeySet,
  TokenVerifier,
  TokenVerifierOptions,
  VerifiedToken,
} from "./token/token.ts";
export { createTokenVerifier } from "./token/verifier.ts";
export type { Worker } from "./worker.ts";
