/**
 * Writes reviews.jsonl: made-up reviews, questions and delivery memos with the spans of the personal data in them.
 *
 *   node packages/masking/data/generate-reviews.mjs
 *
 * Each line of templates-dev.txt and templates-test.txt is filled in twice, handwritten.txt is taken as it is. The output is the
 * same on every run, and a line's text does not depend on the lines around it.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { PERSONAL, PLAIN, seedWith } from "./slots.mjs";

const FILLED = ["first", "second"];

const here = (name) => new URL(name, import.meta.url);
const readLines = (name) => readFileSync(here(name), "utf8").trim().split("\n");

/** A text that grows by plain parts and by personal ones, which leave a span. */
function createText() {
  let text = "";
  const spans = [];
  const add = (part, kind) => {
    if (kind) spans.push({ kind, start: text.length, end: text.length + part.length });
    text += part;
  };
  return { add, done: () => ({ text, spans }) };
}

function fill(template) {
  const { add, done } = createText();
  for (const part of template.split(/(\{[^}]+\})/)) {
    const slot = part.slice(1, -1);
    const [kind, make] = PERSONAL[slot] ?? [];
    if (!part.startsWith("{")) add(part);
    else if (kind) add(make(), kind);
    else add(PLAIN[slot]());
  }
  return done();
}

/** Texts written by hand, the personal data in brackets with their kind: [phone|010-…]; \n and \u{200b} as in code. */
function readMarked(line) {
  const { add, done } = createText();
  const plain = line.replace(/\\(?:n|u\{([0-9a-f]+)\})/g, (_, code) =>
    String.fromCodePoint(parseInt(code ?? "a", 16)),
  );
  for (const part of plain.split(/(\[[A-Za-z]+\|(?:\[[^\]]*\]|[^[\]])+\])/)) {
    const [, kind, value] = /^\[([A-Za-z]+)\|(.+)\]$/s.exec(part) ?? [];
    add(value ?? part, kind);
  }
  return done();
}

function readHandwritten(split) {
  const lines = readLines("handwritten.txt");
  const rest = lines.slice(lines.indexOf(`# ${split}`) + 1);
  const end = rest.findIndex((line) => line.startsWith("# "));
  return rest.slice(0, end === -1 ? rest.length : end);
}

function fillAll(split, round) {
  return readLines(`templates-${split}.txt`).map((template) => {
    seedWith(`${round} ${template}`);
    return fill(template);
  });
}

/** The lines of reviews.jsonl. */
export function makeReviews() {
  const reviews = ["dev", "test"].flatMap((split) => {
    const filled = FILLED.flatMap((round) => fillAll(split, round));
    return [...filled, ...readHandwritten(split).map(readMarked)].map((review) => ({ split, ...review }));
  });
  return reviews.map((review) => `${JSON.stringify(review)}\n`).join("");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  writeFileSync(here("reviews.jsonl"), makeReviews());
