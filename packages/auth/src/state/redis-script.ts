import { hash, randomUUID } from "node:crypto";
import { isGarimError } from "@garim/policy";
import type { RedisCommand } from "./redis-client.ts";
import { stateUnavailable } from "./store.ts";

/** A script that Redis runs as one, known to it by its SHA-1 once it has run it. */
export interface RedisScript {
  readonly text: string;
  readonly sha: string;
}

/*
 * Each touches `KEYS[1]` alone, so that a cluster knows where it runs. `ARGV[1]` is the ticket, which comes back first;
 * `ARGV[2]` is now. Moments are UTC milliseconds of the asking node: Redis' own clock decides nothing.
 */
const FIND = `
local found = redis.call('HMGET', KEYS[1], 'version', 'expiresAt')
local isLive = found[1] and (found[2] == '' or tonumber(ARGV[2]) < tonumber(found[2]))
`;

export const READ: RedisScript = script(`${FIND}
if isLive then return {ARGV[1], found[1], redis.call('HGET', KEYS[1], 'value')} end
return {ARGV[1]}`);

/**
 * `ARGV[3]` the expected version, empty for none; `[4]` the new version, `[5]` value, `[6]` expiry, empty for none; `[7]` how
 * many milliseconds Redis keeps it.
 *
 * Clients send again what was not answered when a connection broke. Versions are random, so the one that is being written
 * is there already only where this very write was done before.
 */
export const WRITE: RedisScript = script(`${FIND}
if found[1] == ARGV[4] then return {ARGV[1], 'done'} end
if (isLive and found[1] or '') ~= ARGV[3] then return {ARGV[1], 'lost'} end
redis.call('HSET', KEYS[1], 'version', ARGV[4], 'value', ARGV[5], 'expiresAt', ARGV[6])
if ARGV[6] == '' then redis.call('PERSIST', KEYS[1]) else redis.call('PEXPIRE', KEYS[1], ARGV[7]) end
return {ARGV[1], 'done'}`);

/** `ARGV[3]` the expected version, empty for any. */
export const REMOVE: RedisScript = script(`${FIND}
if not isLive or (ARGV[3] ~= '' and ARGV[3] ~= found[1]) then return {ARGV[1], 'lost'} end
redis.call('DEL', KEYS[1])
return {ARGV[1], 'done'}`);

/** Marks lie in so many parts, each of which a cluster keeps whole: its keys share a hash tag. */
const PARTS = 16;

/**
 * A part of the marks, and the script that makes them there. Each part has a text of its own, which a server knows only once this very script
 * has run on it: one that was restarted, flushed, or promoted does not, whatever it was given to copy.
 */
export interface MarkPart {
  readonly tag: string;
  readonly script: RedisScript;
}

/** @param name - of a mark; the same one always lies in the same part */
export function partOf(name: string): MarkPart {
  const part = PARTS_OF_MARKS[Number.parseInt(hash("sha1", name).slice(0, 2), 16) % PARTS];
  if (part === undefined) throw new Error("a part is one of those there are");
  return part;
}

/*
 * `KEYS[1]` since when the part knows everything, `KEYS[2]` the mark, `ARGV[3]` when the thing was made, `[4]` the mark's expiry, `[5]` how
 * many milliseconds Redis keeps it, `[6]` the attempt, `[7]` whether this server did not know the script, `[8]` how far clocks may be apart.
 *
 * Effects are replicated and not the script, which Redis before 7 has to be told.
 */
export const PARTS_OF_MARKS: readonly MarkPart[] = Array.from({ length: PARTS }, (_, part) => ({
  tag: `m${part}`,
  script: script(`-- part ${part}
if redis.replicate_commands then redis.replicate_commands() end
local since = redis.call('GET', KEYS[1])
if ARGV[7] == 'new' or not since then
  since = ARGV[2]
  redis.call('SET', KEYS[1], since)
end
if tonumber(ARGV[3]) < tonumber(since) + tonumber(ARGV[8]) then return {ARGV[1], 'unsure'} end
local found = redis.call('HMGET', KEYS[2], 'attempt', 'expiresAt')
if found[1] == ARGV[6] then return {ARGV[1], 'first'} end
if found[1] and tonumber(ARGV[2]) < tonumber(found[2]) then return {ARGV[1], 'used'} end
redis.call('HSET', KEYS[2], 'attempt', ARGV[6], 'expiresAt', ARGV[4])
redis.call('PEXPIRE', KEYS[2], ARGV[5])
return {ARGV[1], 'first'}`),
}));

function script(text: string): RedisScript {
  return { text, sha: hash("sha1", text) };
}

/**
 * Runs a script whose reply repeats the ticket of the question, so that a client which mixes up replies cannot hand out the
 * value of another request, nor its "nothing there", nor its "done".
 *
 * @returns what the script answered behind the ticket
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where Redis fails, or the ticket is another one
 */
export async function askRedis(
  command: RedisCommand,
  script: RedisScript,
  key: string,
  values: readonly string[],
): Promise<readonly string[]> {
  return await readReply((ticket) => run(command, script, key, [ticket, ...values]));
}

/**
 * Makes a mark: `first`, `used` or `unsure`. On a server that does not know the script the part begins anew, within the same script that makes it
 * known: nobody else can run it there before.
 *
 * @param values - as the script wants them, from `ARGV[2]` on, but for whether the server is new
 */
export async function askMark(
  command: RedisCommand,
  { tag, script: { sha, text } }: MarkPart,
  key: string,
  values: readonly string[],
): Promise<string | undefined> {
  const since = `garim:{${tag}}:since`;
  const ask = (name: string, body: string, ticket: string, isNew: "new" | "known") =>
    command([name, body, "2", since, key, ticket, ...values, isNew, String(SINCE_MARGIN_MS)], key);
  const [mark] = await readReply(async (ticket) => {
    try {
      return await ask("EVALSHA", sha, ticket, "known");
    } catch (error) {
      if (errorWord(error) !== "NOSCRIPT") throw error;
      return await ask("EVAL", text, ticket, "new");
    }
  });
  return mark;
}

/** How far the clocks of nodes and of those who make things may be apart without one from before a loss passing for one from after it. */
const SINCE_MARGIN_MS = 2_000;

async function readReply(ask: (ticket: string) => Promise<unknown>): Promise<readonly string[]> {
  const ticket = randomUUID();
  const reply = await ask(ticket).catch(failUnavailable);
  if (Array.isArray(reply) && reply[0] === ticket && reply.every((part) => typeof part === "string"))
    return reply.slice(1);
  throw stateUnavailable(
    "The Redis client handed out the reply to another request, or not as texts, so it was not used. Restart this node's connections to Redis, and report the client library.",
  );
}

/** Redis forgets scripts when it restarts, and a replica that takes over may never have known them. */
async function run(
  command: RedisCommand,
  { text, sha }: RedisScript,
  key: string,
  values: readonly string[],
): Promise<unknown> {
  try {
    return await command(["EVALSHA", sha, "1", key, ...values], key);
  } catch (error) {
    if (errorWord(error) !== "NOSCRIPT") throw error;
    return await command(["EVAL", text, "1", key, ...values], key);
  }
}

function failUnavailable(cause: unknown): never {
  if (isGarimError(cause)) throw cause;
  throw stateUnavailable(
    `Redis failed as state store (${errorWord(cause)}). Check that it can be reached, that the client is connected (await client.connect()), and that its user may run EVAL and EVALSHA on keys garim:*`,
    cause,
  );
}

/** The word an error of Redis begins with, or the code of a broken connection; never more, a message could hold values. */
function errorWord(error: unknown): string {
  if (!(error instanceof Error)) return "no error";
  const [word] = /^[A-Z]{2,20}(?= )/.exec(error.message) ?? [];
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  return word ?? code ?? error.constructor.name;
}
