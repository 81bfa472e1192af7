import { randomInt } from "node:crypto";
import { AUTH_DEFAULTS } from "../defaults.ts";
import { bindValue, unbindValue } from "./bound-value.ts";
import { createPatience } from "./patience.ts";
import { type RedisClient, readRedisClient } from "./redis-client.ts";
import { checkEviction, watchEviction } from "./redis-eviction.ts";
import {
  askMark,
  askRedis,
  PARTS_OF_MARKS,
  partOf,
  READ,
  REMOVE,
  type RedisScript,
  WRITE,
} from "./redis-script.ts";
import { type StateStore, stateUnavailable } from "./store.ts";

export interface RedisStateOptions {
  /** UTC milliseconds; the system's clock if left out. */
  readonly clock?: () => number;
  /** How long a request waits for Redis, milliseconds; {@link AUTH_DEFAULTS}.redisAnswerMs if left out. */
  readonly answerMs?: number;
}

/** `randomInt` reaches no further. */
const VERSIONS = 2 ** 48 - 1;

/**
 * State in Redis (6.2 or newer, a cluster too), one hash for each key under `garim:`. Any number of nodes share it.
 *
 * Made for sessions, which may be lost: whoever loses one proves a second factor again. What must outlive Redis (factors, their
 * used codes, locks) belongs into PostgreSQL.
 *
 * @param client - connected; see {@link RedisClient}
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` (here and from every method) while Redis fails or does not answer,
 *   `ERR_GARIM_DEPLOYMENT` where it drops keys when its memory is full, `ERR_GARIM_OPTION_INVALID` for no client
 */
export async function redisState(client: RedisClient, options: RedisStateOptions = {}): Promise<StateStore> {
  const { clock = Date.now, answerMs = AUTH_DEFAULTS.redisAnswerMs } = options;
  const command = readRedisClient(client);
  const patience = createPatience("Redis", answerMs);
  const checkKept = watchEviction(command);
  const ask = async (script: RedisScript, key: string, ...values: readonly string[]) => {
    checkKept();
    return await patience(() => askRedis(command, script, `garim:${key}`, [String(clock()), ...values]));
  };

  /** All parts of the marks begin anew together on a server that is new, and not each with the first thing that is used there. */
  async function openParts(): Promise<void> {
    const values = [clock(), 0, 0, 1, 0].map(String);
    await Promise.all(
      PARTS_OF_MARKS.map((part) => askMark(command, part, `garim:{${part.tag}}:open`, values)),
    );
  }

  await ask(READ, "start");
  await patience(() => checkEviction(command));
  await patience(openParts);
  return {
    async read(key) {
      const [version, value] = await ask(READ, key);
      if (version === undefined || value === undefined) return undefined;
      return { value: unbindValue(key, value), version: Number(version) };
    },
    async write(key, value, expected, expiresAt) {
      const version = String(randomInt(1, VERSIONS));
      const expiry = [textOf(expiresAt), keptMs(expiresAt, clock())];
      const [done] = await ask(WRITE, key, textOf(expected), version, bindValue(key, value), ...expiry);
      return done === "done";
    },
    async mark(key, expiresAt, madeAt) {
      checkKept();
      const part = partOf(key);
      const attempt = String(randomInt(1, VERSIONS));
      const now = clock();
      const values = [now, madeAt, expiresAt, keptMs(expiresAt, now), attempt].map(String);
      const marked = await patience(() => askMark(command, part, `garim:{${part.tag}}:${key}`, values));
      if (marked === "unsure") openParts().catch(() => undefined);
      if (marked === "first" || marked === "used" || marked === "unsure") return marked;
      throw stateUnavailable("Redis gave no answer to a mark. Look who else writes keys garim:*.");
    },
    async remove(key, expected) {
      const [done] = await ask(REMOVE, key, textOf(expected));
      return done === "done";
    },
  };
}

function textOf(number: number | null): string {
  return number === null ? "" : String(number);
}

/** Nodes' clocks decide what has expired, and may differ or go back: Redis deletes it a good while later. */
function keptMs(expiresAt: number | null, now: number): string {
  if (expiresAt === null) return "";
  const keptMs = Math.ceil(expiresAt - now) + AUTH_DEFAULTS.redisMarginMs;
  return String(Math.min(keptMs, Number.MAX_SAFE_INTEGER));
}
