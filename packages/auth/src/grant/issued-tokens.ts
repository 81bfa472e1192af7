import { randomUUID } from "node:crypto";
import type { GarimError } from "@garim/policy";
import { LRUCache } from "lru-cache";
import { AUTH_DEFAULTS } from "../defaults.ts";
import { askAgain, askDatabase, type StateAnswer, type StateDatabase } from "../state/database.ts";
import { createPatience } from "../state/patience.ts";
import { stateUnavailable } from "../state/store.ts";
import { createSweepPace } from "../state/sweep-pace.ts";
import { GRANT_DEFAULTS } from "./defaults.ts";
import type { Follower } from "./follower.ts";
import { ADD, addIfSql, FIND, REVOKE, SWEEP, SWEEP_NOTICES } from "./issued-sql.ts";
import type { IssuedToken, IssuedTokens, TokenChoice } from "./issued-token.ts";
import { openMirror } from "./mirror.ts";

export interface IssuedTokensOptions {
  /** A pool or PGlite; the tables are made by the follower. */
  readonly database: StateDatabase;
  readonly follower: Follower;
  /** UTC milliseconds; the system's clock if left out. */
  readonly clock?: () => number;
  /** Tokens remembered; {@link GRANT_DEFAULTS}.issuedEntries if left out. */
  readonly entries?: number;
}

/** Longer than any token lives: what was revoked before is over. */
const NOTICE_MS = 3_600_000;

/** What is remembered of a token that stands in the ledger and was not revoked. */
interface Known {
  readonly id: string;
  readonly toolId: string;
  readonly grantId: string | null;
  readonly expiresAt: number;
}

/** Opens the ledger. */
export async function createIssuedTokens(options: IssuedTokensOptions): Promise<IssuedTokens> {
  const { database, follower, clock = Date.now, entries = GRANT_DEFAULTS.issuedEntries } = options;
  const patience = createPatience("The ledger of issued tokens", AUTH_DEFAULTS.databaseAnswerMs);
  const isSweepDue = createSweepPace();
  const known = new LRUCache<string, Known>({ max: entries });
  let revocations = 0;
  const mirror = await openMirror<TokenChoice>({
    database,
    follower,
    room: "revocations",
    isPassing: true,
    onValue: forget,
    onReset: forgetAll,
  });

  const ask = (text: string, values: readonly unknown[]): Promise<StateAnswer> =>
    patience(() => askDatabase(database, text, values));

  /** What was being read meanwhile is read again: it may be from before. */
  function forget(choice: TokenChoice): void {
    revocations += 1;
    if ("id" in choice) known.delete(choice.id);
    else for (const [id, token] of known) if (isChosen(token, choice)) known.delete(id);
  }

  function forgetAll(): void {
    revocations += 1;
    known.clear();
  }

  async function sweepNowAndThen(): Promise<void> {
    const now = clock();
    if (!isSweepDue(now)) return;
    // Nodes' clocks differ; what is gone a little late harms nobody.
    const over = now - AUTH_DEFAULTS.clockSkewMs;
    await ask(SWEEP, [over, AUTH_DEFAULTS.sweepRows]).catch(() => undefined);
    await ask(SWEEP_NOTICES, [noticeKey(over - NOTICE_MS), AUTH_DEFAULTS.sweepRows]).catch(() => undefined);
  }

  async function find(id: string): Promise<Known | undefined> {
    for (let round = 0; round < AUTH_DEFAULTS.casRounds; round++) {
      const before = revocations;
      const token = readKnown(await ask(FIND, [id]), id);
      if (before !== revocations) continue;
      if (token !== undefined) known.set(id, token);
      return token;
    }
    throw stateUnavailable("Tokens were revoked faster than one could be looked up. Try again.");
  }

  return {
    async add(token) {
      const { done } = await ask(ADD, columnsOf(token));
      if (done !== 1) throw issuedBefore();
      await sweepNowAndThen();
    },
    async addIf(token, step) {
      const { done, failed } = await ask(addIfSql(step), [...columnsOf(token), ...step.values]);
      if (typeof failed === "number") return failed - 1;
      if (done !== 1) throw issuedBefore();
      await sweepNowAndThen();
      return null;
    },
    async isIssued(id) {
      const token = known.get(id) ?? (await find(id));
      return token !== undefined && clock() < token.expiresAt;
    },
    async revoke(choice) {
      const { id = null, grantId = null, toolId = null } = readChoice(choice);
      const now = clock();
      await askAgain(() => ask(REVOKE, [now, id, grantId, toolId]));
      await mirror.change(`${noticeKey(now)}:${randomUUID()}`, () => ({ next: choice }));
    },
    isRevoked(id) {
      mirror.check();
      const token = known.get(id);
      return token === undefined || !(clock() < token.expiresAt);
    },
  };
}

function columnsOf({ id, toolId, grantId, keyId, expiresAt }: IssuedToken): readonly unknown[] {
  return [id, toolId, grantId, keyId, expiresAt];
}

function issuedBefore(): GarimError {
  return stateUnavailable("A token of this id was issued before, so this one is not. Issue another one.");
}

/** Sorts by the moment. */
function noticeKey(at: number): string {
  return String(Math.max(0, Math.trunc(at))).padStart(15, "0");
}

function readKnown(row: StateAnswer, id: string): Known | undefined {
  const {
    id: stored,
    tool_id: toolId,
    grant_id: grantId,
    expires_at: expiresAt,
    revoked_at: revokedAt,
  } = row;
  if (stored !== id || revokedAt !== null) return undefined;
  return {
    id,
    toolId: String(toolId),
    grantId: grantId === null ? null : String(grantId),
    expiresAt: Number(expiresAt),
  };
}

function isChosen(token: Known, choice: TokenChoice): boolean {
  return "grantId" in choice
    ? token.grantId === choice.grantId
    : "toolId" in choice && token.toolId === choice.toolId;
}

function readChoice(choice: TokenChoice): { id?: string; grantId?: string; toolId?: string } {
  return choice;
}
