/**
 * Prints how well the finder does: recall, precision and false alarms per kind, with the misses named.
 *
 *   pnpm build && node packages/masking/evaluate.mjs
 *
 * A place counts as found when every digit and Latin letter of it lies inside of places of its kind: nothing readable is left.
 * A false alarm is a place that touches no place of its kind; touching a short number or a region that is left out is none.
 */
import { readFileSync } from "node:fs";
import { find } from "./dist/find.js";

const READABLE = /[0-9A-Za-z\p{Nd}\p{No}]/u;
const SPELLED = /[공영일이삼사오육칠팔구]/;

/** The labels of the public corpus that name what the finder looks for. */
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

const print = (line) => process.stdout.write(`${line}\n`);
const readLines = (name) =>
  readFileSync(new URL(`data/${name}`, import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

/** The label's kind; public short numbers (119, 02-120) and regions without a number identify nobody and are told apart. */
function judgeLabel({ label, text }) {
  const digits = text.replace(/\D/g, "").length;
  if (label === "PHONE" && digits < 8) return { left: "PHONE of fewer than 8 digits (public short numbers)" };
  if (label === "ADDRESS" && digits === 0) return { left: "ADDRESS without a number (region)" };
  return KIND_OF[label] ? { kind: KIND_OF[label] } : { left: label };
}

/** Labels with words around the number (팩스 02-…, 신한은행 계좌 110-…) are brought to the number. */
function trim(span) {
  if (span.label !== "FAX" && span.label !== "ACCOUNT") return span;
  const [number] = /[0-9][0-9-]*/.exec(span.text);
  const start = span.start + span.text.indexOf(number);
  return { ...span, start, end: start + number.length };
}

function readCorpus() {
  const left = new Map();
  const documents = readLines("ko-pii-eval.jsonl").map(({ text, spans }) => {
    const looked = [];
    const others = [];
    for (const span of spans) {
      const { kind, left: name } = judgeLabel(span);
      if (kind) looked.push({ kind, ...trim(span) });
      else {
        left.set(name, (left.get(name) ?? 0) + 1);
        others.push(span);
      }
    }
    return { text, spans: looked, others, isClean: spans.length === 0 };
  });
  return { documents, left };
}

function readReviews(split) {
  return readLines("reviews.jsonl")
    .filter((line) => line.split === split)
    .map(({ text, spans }) => ({ text, spans, others: [], isClean: spans.length === 0 }));
}

const touches = (one, other) => one.start < other.end && other.start < one.end;

function isCovered(text, span, places) {
  const counts = READABLE.test(text.slice(span.start, span.end)) ? READABLE : SPELLED;
  for (let i = span.start; i < span.end; i++)
    if (counts.test(text[i]) && !places.some(({ start, end }) => start <= i && i < end)) return false;
  return true;
}

function evaluate(name, documents) {
  const rows = new Map();
  const row = (kind) => {
    if (!rows.has(kind)) rows.set(kind, { labelled: 0, hit: 0, reported: 0, wrong: 0 });
    return rows.get(kind);
  };
  const notes = [];
  let flagged = 0;
  for (const { text, spans, others, isClean } of documents) {
    const places = find(text);
    const excerpt = ({ start, end }) =>
      JSON.stringify(
        `${text.slice(Math.max(0, start - 16), start)}[${text.slice(start, end)}]${text.slice(end, end + 8)}`,
      );
    for (const span of spans) {
      row(span.kind).labelled++;
      if (
        isCovered(
          text,
          span,
          places.filter(({ kind }) => kind === span.kind),
        )
      )
        row(span.kind).hit++;
      else notes.push(`  missed ${span.kind}: ${excerpt(span)}`);
    }
    for (const place of places) {
      row(place.kind).reported++;
      const isRight = spans.some((span) => span.kind === place.kind && touches(span, place));
      if (isRight || others.some((span) => ["PHONE", "ADDRESS"].includes(span.label) && touches(span, place)))
        continue;
      row(place.kind).wrong++;
      notes.push(`  false ${place.kind}: ${excerpt(place)}`);
    }
    if (isClean && places.length > 0) flagged++;
  }
  report(name, documents, rows, notes, flagged);
}

function report(name, documents, rows, notes, flagged) {
  const percent = (part, whole) => (whole === 0 ? "-" : `${((100 * part) / whole).toFixed(1)} %`);
  const clean = documents.filter(({ isClean }) => isClean).length;
  print(
    `\n## ${name}: ${documents.length} texts, ${flagged} of ${clean} clean ones flagged (${percent(flagged, clean)})\n`,
  );
  print("| kind | labelled | recall | reported | precision | false alarms |\n|---|---|---|---|---|---|");
  for (const [kind, { labelled, hit, reported, wrong }] of [...rows].sort())
    print(
      `| ${kind} | ${labelled} | ${percent(hit, labelled)} | ${reported} | ${percent(reported - wrong, reported)} | ${wrong} |`,
    );
  if (notes.length > 0) print(`\n${notes.join("\n")}`);
}

const { documents, left } = readCorpus();
evaluate("ko-pii", documents);
print(`\n  not looked for: ${[...left].map(([label, count]) => `${label} ${count}`).join(", ")}`);
for (const split of process.argv[2] ? [process.argv[2]] : ["dev", "test"])
  evaluate(`reviews, ${split}`, readReviews(split));
