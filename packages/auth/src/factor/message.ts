import { hkdfSync, randomBytes } from "node:crypto";
import { ALLOW, type Allow, type Policy, type Refuse } from "@garim/policy";
import { answer, leave, type Outcome, refused } from "../account/outcome.ts";
import { endOf, putPrompt, startPrompt } from "../account/prompt.ts";
import type { AccountRecord, StoredMessage } from "../account/record.ts";
import { judgeStart } from "../account/tries.ts";
import { AUTH_DEFAULTS } from "../defaults.ts";
import type { Worker } from "../worker.ts";
import { type Channel, type ChannelMessage, channelFailed } from "./channel.ts";
import { type MessageCode, makeMessageCode, matchMessageCode, missMessageCode } from "./message-code.ts";
import { newestKey, readSecretKeys, type SecretKey, type SecretKeys } from "./sealed-secret.ts";

const CODE_KEY_BYTES = 32;
const TRANSACTION_BYTES = 16;

/** Makes what a channel sends, and what is kept of it: of a transaction whose answer the channel checks, all. */
export function makeCode(channel: Channel, keys: SecretKeys): MessageCode {
  if (channel.check === undefined) return makeMessageCode(deriveCodeKey(newestKey(keys)));
  const code = randomBytes(TRANSACTION_BYTES).toString("base64url");
  return { code, stored: code };
}

/**
 * Stores a message that is about to be sent: a new challenge, and the only live code of the account.
 *
 * An account gets {@link AUTH_DEFAULTS}.sends of them within `sendWindowMs`, by whatever channel.
 */
export function startMessage(
  record: AccountRecord,
  message: StoredMessage,
  now: number,
  policy: Policy,
): Outcome<Allow | Refuse> {
  const start = judgeStart(record, now, policy);
  if (start.kind === "refuse") return leave(start);
  // A clock that went back keeps what it has sent counted.
  const sentAt = record.sentAt.filter((at) => now - at < AUTH_DEFAULTS.sendWindowMs);
  if (sentAt.length >= AUTH_DEFAULTS.sends) return refused("message-limit", policy);
  const started = putPrompt(record, startPrompt(message, now), now);
  return answer(ALLOW, { ...started, message, sentAt: [...sentAt, now] });
}

/** Has the channel send a code. */
export async function sendMessage(channel: Channel, message: ChannelMessage): Promise<void> {
  try {
    await channel.send(message);
  } catch (cause) {
    throw channelFailed(channel.name, cause);
  }
}

/** Tells whether what came back is right: by the channel itself where it checks, else by the code under any key in force. */
export async function checkMessage(
  channel: Channel | undefined,
  stored: ChannelMessage,
  given: unknown,
  keys: SecretKeys,
): Promise<boolean> {
  if (channel?.check === undefined)
    return readSecretKeys(keys).some((key) => matchMessageCode(deriveCodeKey(key), stored.code, given));
  try {
    return (await channel.check(stored, given)) === true;
  } catch (cause) {
    throw channelFailed(channel.name, cause);
  }
}

/** Does the work of {@link checkMessage} where nothing was sent, or nothing is looked at. */
export function missMessage(given: unknown, keys: SecretKeys): void {
  for (const key of readSecretKeys(keys)) missMessageCode(deriveCodeKey(key), given);
}

/** A message as channels get it. */
export function toMessage(worker: Worker, { action, code, startedAt }: StoredMessage): ChannelMessage {
  return { worker, action, code, expiresAt: endOf(startedAt) };
}

function deriveCodeKey({ key }: SecretKey): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", key, "", "garim/message-code", CODE_KEY_BYTES));
}
