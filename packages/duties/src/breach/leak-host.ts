import type { Candidate } from "@garim/audit";
import type { LeakNotice, Sendings } from "./leak.ts";

/** Somebody to be told. Which channel, and the address, are the host's. */
export interface LeakRecipient {
  /** The buyer's id, or another name of the host's for a recipient: no address. */
  readonly id: string;
  /** How they are reached: `email`, `sms`; `null` where nobody knows. */
  readonly channel: string | null;
}

export interface RecipientsAsked {
  readonly leakId: string;
  /** The `next` of the page before; `null` for the first. */
  readonly after: string | null;
  readonly limit: number;
}

export interface RecipientsPage {
  readonly recipients: readonly LeakRecipient[];
  readonly next: string | null;
}

/** Somebody the host knows, under one of the names that the log knows them by: a buyer's id, a phone. */
export type LeakCandidate = Candidate<LeakRecipient>;

/** The host's own list of those concerned, and its channels. */
export interface LeakHost {
  /** Those whom a leak concerns, recipients too: its list, page by page. */
  recipients(asked: RecipientsAsked): RecipientsPage | Promise<RecipientsPage>;
  /** Tells one of them. What it rejects counts as failed, and is tried again the next time. */
  send(recipient: LeakRecipient, notice: LeakNotice, leakId: string): unknown;
  /**
   * Everybody whose data it has, buyers and recipients, the names of one person one after another. They are taken one by one; whoever
   * the log shows the leak to concern is given back to `keep`. Without both the host fills its list itself.
   */
  candidates?(): AsyncIterable<LeakCandidate> | Iterable<LeakCandidate>;
  /** Puts people on a leak's list, a thousand at most. The same ones may come again, and are on it once. */
  keep?(leakId: string, recipients: readonly LeakRecipient[]): unknown;
}

/** What one page of sending came to. */
export interface Sent extends Sendings {
  /** Give it back as `after` to go on; `null` when all were tried. */
  readonly next: string | null;
}

/** Whether the host gave somebody who can be told. */
export function isRecipient(one: LeakRecipient): boolean {
  return (
    typeof one === "object" && one !== null && isName(one.id) && (one.channel === null || isName(one.channel))
  );
}

/** A text that may be kept. */
export function isName(value: unknown): boolean {
  return typeof value === "string" && value !== "" && value.length <= 256;
}
