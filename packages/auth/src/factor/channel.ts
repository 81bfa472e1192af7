import { GarimError, type StepUpClass } from "@garim/policy";
import type { Worker } from "../worker.ts";

/** A code on its way to a worker. */
export interface ChannelMessage {
  readonly worker: Worker;
  /** Six digits to be sent; for a channel with `check`, the id of the transaction: 128 random bits in base64url. */
  readonly code: string;
  /**
   * What the code is for, to be said in the message: it is no answer where another class of actions was asked for. Once taken, the
   * proof is the session's, and its age decides what else it is good for.
   */
  readonly action: StepUpClass;
  /** UTC milliseconds, exclusive. */
  readonly expiresAt: number;
}

/**
 * A way to reach workers: text message, Kakao notification (알림톡), a PASS-style identity check (본인확인). The host knows the
 * address, and how it was verified; Garim never sees it.
 */
export interface Channel {
  /** 1 to 32 of `a-z`, `0-9` and `-`. */
  readonly name: string;
  /** Sends a message or starts an identity check. Should give up in a time of its own: whoever asked waits for it. */
  send(message: ChannelMessage): Promise<void>;
  /**
   * For channels that verify themselves what comes back: tells whether `answer` (from the browser, trusted in nothing) proves
   * this very transaction and this very worker. It is called again if the account changed meanwhile; it counts once.
   */
  check?(message: ChannelMessage, answer: unknown): Promise<boolean>;
}

const NAME = /^[a-z0-9-]{1,32}$/;
const MAIL = /mail/;

/**
 * Reads the channels, by name.
 *
 * @throws GarimError `ERR_GARIM_OPTION_INVALID` where a name is none or comes twice, a channel cannot send, or one is called
 *   mail without `allowEmail`
 */
export function readChannels(
  channels: readonly Channel[],
  allowEmail: boolean,
): ReadonlyMap<string, Channel> {
  const read = new Map<string, Channel>();
  for (const channel of channels) {
    if (typeof channel?.name !== "string" || !NAME.test(channel.name) || read.has(channel.name))
      throw invalid("Each channel needs a name of its own (a-z, 0-9, hyphens)");
    if (typeof channel.send !== "function") throw invalid(`The channel ${channel.name} cannot send`);
    if (MAIL.test(channel.name) && !allowEmail) throw mailNotAllowed(channel.name);
    read.set(channel.name, channel);
  }
  return read;
}

/** The error of a channel that failed. What was stored stays: the message may have gone out all the same. */
export function channelFailed(name: string, cause: unknown): GarimError {
  return new GarimError(
    "ERR_GARIM_CHANNEL",
    `The channel ${JSON.stringify(name)} failed. Look at the cause; make send() and check() reject only where nothing can be done.`,
    cause,
  );
}

function invalid(seen: string): GarimError {
  return new GarimError(
    "ERR_GARIM_OPTION_INVALID",
    `${seen}; write channels: [{ name: "sms", send: async ({ worker, code }) => { … } }]`,
  );
}

/** Who reads the mailbox often has the password too. */
function mailNotAllowed(name: string): GarimError {
  return new GarimError(
    "ERR_GARIM_OPTION_INVALID",
    `The channel ${JSON.stringify(name)} sends codes by e-mail, a weak second factor. Take it out, or write allowEmail: true`,
  );
}
