import type { Reason } from "@garim/policy";
import { find } from "../find/find.ts";
import { fold } from "../find/read/fold.ts";
import { findAsks } from "./find-asks.ts";
import { findNames, type Place } from "./find-names.ts";

/** Why a seller's reply is not posted. */
export type ReplyReason = Extract<
  Reason,
  "text-names-buyer" | "text-asks-contact" | "text-shows-personal" | "text-unreadable"
>;

/** What is known of the order a reply (판매자 답변) is about. */
export interface ReplyFacts {
  /** The names on the order: of the buyer, of the recipient. */
  readonly names: readonly string[];
  /** Whether the buyer asked to correct an address or a number, so that the seller may ask for it. */
  readonly mayAskContact?: boolean;
  /** Contact data of the shop itself, which it may tell. */
  readonly own?: readonly string[];
}

/** A place of the text, and why it may not be posted: UTF-16 indexes of the text as it was given, the end exclusive. */
export interface ReplyFinding extends Place {
  readonly reason: ReplyReason;
}

/** It may be posted. */
export interface PostReply {
  readonly kind: "post";
}

/** It is held (보류): nobody but its author sees it. */
export interface HoldReply {
  readonly kind: "hold";
  /** In the order of the text; the first is the reason that is told. */
  readonly findings: readonly ReplyFinding[];
  /** The text with names and personal data replaced; `null` where it asks for something, which only its author can leave out. */
  readonly suggestion: string | null;
}

/** Longer texts are no replies. */
const LONGEST = 20_000;
const POST: PostReply = Object.freeze({ kind: "post" });
const INSTEAD: Readonly<Record<string, string>> = {
  "text-names-buyer": "고객님",
  "text-shows-personal": "***",
};

/**
 * Judges a seller's reply to a review, a question or an inquiry before it is posted: whether it names the buyer, asks for contact data
 * or shows personal data. Images are not looked at.
 *
 * Never throws: what is no text, is too long, or fails in whatever way is held (`text-unreadable`).
 *
 * @source pipa/29
 */
export function judgeReply(text: string, facts: ReplyFacts): PostReply | HoldReply {
  try {
    if (typeof text !== "string" || text.length > LONGEST) return unreadable();
    const findings = findAll(text, facts).toSorted(
      (one, other) => one.start - other.start || other.end - one.end,
    );
    if (findings.length === 0) return POST;
    return { kind: "hold", findings, suggestion: suggest(text, findings) };
  } catch {
    return unreadable();
  }
}

function findAll(
  text: string,
  { names, mayAskContact = false, own = [] }: ReplyFacts,
): readonly ReplyFinding[] {
  const plain = fold(text);
  const original = ({ start, end }: Place): Place => ({
    start: plain.origins[start] ?? text.length,
    end: plain.origins[end] ?? text.length,
  });
  const named = findNames(plain.text, names).map(original);
  const asked = mayAskContact ? [] : findAsks(plain.text).map(original);
  const shown = find(text).filter(
    ({ kind, start, end }) => kind !== "businessNumber" && !isOwn(text.slice(start, end), own),
  );
  return [
    ...named.map((place) => ({ ...place, reason: "text-names-buyer" as const })),
    ...asked.map((place) => ({ ...place, reason: "text-asks-contact" as const })),
    ...shown.map(({ start, end }) => ({ start, end, reason: "text-shows-personal" as const })),
  ];
}

/** The same number however it is written; the same address in any case. */
function isOwn(found: string, own: readonly string[]): boolean {
  const bare = (one: string): string =>
    one
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[\s().+-]/gu, "");
  return own.some((one) => bare(one) !== "" && bare(one) === bare(found));
}

function suggest(text: string, findings: readonly ReplyFinding[]): string | null {
  if (findings.some(({ reason }) => INSTEAD[reason] === undefined)) return null;
  let [from, clean] = [0, ""];
  for (const { start, end, reason } of findings) {
    if (start >= from) clean += text.slice(from, start) + INSTEAD[reason];
    from = Math.max(from, end);
  }
  return clean + text.slice(from);
}

function unreadable(): HoldReply {
  const findings = [{ start: 0, end: 0, reason: "text-unreadable" }] as const;
  return { kind: "hold", findings, suggestion: null };
}
