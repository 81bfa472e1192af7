// @ts-check
import { readFileSync } from "node:fs";

/**
 * @typedef {import("../src/find/found.ts").FoundKind} FoundKind
 * @typedef {{ readonly start: number, readonly end: number }} Place
 * @typedef {Place & { readonly kind: FoundKind, readonly aside?: string }} Span `aside`: of a class the README speaks of apart
 * @typedef {{ readonly text: string, readonly spans: readonly Span[], readonly isClean: boolean }} Labelled
 * @typedef {{ readonly name: string, readonly documents: readonly Labelled[], readonly unread: ReadonlyMap<string, number> }} Corpus
 *   `unread`: labels that name nothing the finder looks for, and how many of each there are
 * @typedef {Place & { readonly label: string, readonly text: string }} Label
 */

/**
 * The labels of the public corpus that name what the finder looks for.
 *
 * @type {Readonly<Record<string, FoundKind>>}
 */
const KIND_OF = {
  PHONE: "phone",
  FAX: "phone",
  EMAIL: "email",
  RRN: "rrn",
  FRN: "rrn",
  CARD: "card",
  ACCOUNT: "account",
  ADDRESS: "address",
  PASSPORT: "passport",
  BUSINESS_REG: "businessNumber",
};

/** @returns {readonly Corpus[]} the public corpus, and both halves of our own */
export function readCorpora() {
  return [readPublic(), readReviews("dev"), readReviews("test")];
}

/** @returns {Corpus} */
function readPublic() {
  const unread = new Map();
  const documents = readLines("ko-pii-eval.jsonl").map(({ text, spans }) => ({
    text,
    spans: spans.flatMap((/** @type {Label} */ label) => readLabel(label, unread)),
    isClean: spans.length === 0,
  }));
  return { name: "ko-pii", documents, unread };
}

/**
 * @param {string} split
 * @returns {Corpus}
 */
function readReviews(split) {
  const documents = readLines("reviews.jsonl")
    .filter((line) => line.split === split)
    .map(({ text, spans }) => ({ text, spans, isClean: spans.length === 0 }));
  return { name: split, documents, unread: new Map() };
}

/**
 * @param {Label} label
 * @param {Map<string, number>} unread
 * @returns {readonly Span[]}
 */
function readLabel(label, unread) {
  const kind = KIND_OF[label.label];
  if (kind === undefined) {
    unread.set(label.label, (unread.get(label.label) ?? 0) + 1);
    return [];
  }
  const aside = asideOf(kind, label.text);
  return [{ kind, ...placeOf(label), ...(aside && { aside }) }];
}

/**
 * @param {FoundKind} kind
 * @param {string} text
 */
function asideOf(kind, text) {
  const digits = text.replace(/\D/g, "").length;
  if (kind === "phone" && digits < 8) return "public number of fewer than eight digits";
  return kind === "address" && digits === 0 ? "region without a number" : undefined;
}

/**
 * Labels with words around the number (팩스 02-…, 신한은행 계좌 110-…) are brought to the number.
 *
 * @param {Label} label
 * @returns {Place}
 */
function placeOf({ label, text, start, end }) {
  const number = label === "FAX" || label === "ACCOUNT" ? /[0-9][0-9-]*/.exec(text) : null;
  if (number === null) return { start, end };
  return { start: start + number.index, end: start + number.index + number[0].length };
}

/** @param {string} name */
function readLines(name) {
  const text = readFileSync(new URL(name, import.meta.url), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}
