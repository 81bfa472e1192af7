import type { LogDatabase } from "@garim/audit";
import type { Answer } from "./browser.ts";
import { expect, type Teller } from "./teller.ts";

export const MINUTE = 60_000;

/** Whose story it is. */
export const SELLER = "dasom";
export const STAFF = "dasom-owner";

/** What the story is played on: two nodes of one marketplace, and the clock both go by. */
export interface Stage {
  readonly url: string;
  /** The second node: a process of its own in production, with the same database behind it. */
  readonly otherUrl: string;
  readonly clock: { now: number };
  readonly teller: Teller;
  /** The database behind both, for who administers it. */
  readonly database: LogDatabase;
  /** The marketplace's folder, where its keys and checkpoints are. */
  readonly folder: string;
}

/** What an auditor's question is answered with. */
export interface Listing {
  readonly entries: readonly Entry[];
  readonly damaged: readonly { readonly seq: number; readonly why: string }[];
}

/** A record as the auditor's list shows it; only what the story looks at. */
export interface Entry {
  readonly seq: number;
  readonly actor: { readonly kind: string; readonly id: string; readonly sellerId: string | null };
  readonly action: string;
  readonly outcome: string;
  readonly reason: string | null;
}

/** The answer, if it refuses for this reason. @throws NotSo for any other */
export function refusal(answer: Answer, status: number, reason: string): Answer {
  expect(answer.status === status && answer.body["reason"] === reason, answer);
  return answer;
}

/** The answer, if it has this status. @throws NotSo for any other */
export function answered(answer: Answer, status: number): Answer {
  expect(answer.status === status, answer);
  return answer;
}

/** How a refusal is told. */
export function why({ status, body }: Answer): string {
  return `${status} ${body["reason"]}: ${body["detail"]} [${body["source"]}]`;
}
