// @ts-check
// Prints how well the finder does, and writes its figures into README.md: `pnpm build && node packages/masking/evaluate.mjs`.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { readCorpora } from "./data/corpora.mjs";
import { fillFigures, writeFigures } from "./data/figures.mjs";

/**
 * @typedef {import("./data/corpora.mjs").Labelled} Labelled
 * @typedef {import("./data/corpora.mjs").Place} Place
 * @typedef {import("./data/corpora.mjs").Span} Span
 * @typedef {import("./src/find/found.ts").Found} Found
 * @typedef {(text: string) => readonly Found[]} Find
 * @typedef {import("./data/figures.mjs").Figures} Figures
 */

const READABLE = /[0-9A-Za-z\p{Nd}\p{No}]/u;

/**
 * Runs the finder on the public corpus and on both halves of our own; every label of a kind that the finder looks for counts.
 *
 * @param {Find} find
 * @returns {readonly Figures[]}
 */
export function evaluate(find) {
  return readCorpora().map(({ name, documents, unread }) => {
    const judged = documents.map((document) => judge(document, find(document.text)));
    const clean = judged.filter((_, i) => documents[i]?.isClean);
    return {
      name,
      labels: judged.flatMap(({ labels }) => labels),
      places: judged.flatMap(({ places }) => places),
      texts: documents.length,
      clean: clean.length,
      flagged: clean.filter(({ places }) => places.length > 0).length,
      unread,
    };
  });
}

/**
 * @param {Labelled} document
 * @param {readonly Found[]} found
 */
function judge({ text, spans }, found) {
  /** @param {Span | Found} one */
  const kin = (one) => (/** @type {Span | Found} */ other) => other.kind === one.kind;
  const labels = spans.map((span) => ({
    ...span,
    excerpt: excerptOf(text, span),
    isRight: isCovered(text, span, found.filter(kin(span))),
  }));
  const places = found.map((place) => ({
    kind: place.kind,
    excerpt: excerptOf(text, place),
    isRight: spans.filter(kin(place)).some((span) => span.start < place.end && place.start < span.end),
  }));
  return { labels, places };
}

/**
 * Whether every digit and Latin letter of a label lies inside of places found, so that nothing readable is left; of a label
 * without any, every letter.
 *
 * @param {string} text
 * @param {Place} span
 * @param {readonly Place[]} places
 */
function isCovered(text, span, places) {
  const counts = READABLE.test(text.slice(span.start, span.end)) ? READABLE : /\S/;
  for (let i = span.start; i < span.end; i++)
    if (counts.test(text.charAt(i)) && !places.some(({ start, end }) => start <= i && i < end)) return false;
  return true;
}

/**
 * @param {string} text
 * @param {Place} place
 */
function excerptOf(text, { start, end }) {
  const [before, inside, after] = [
    text.slice(Math.max(0, start - 12), start),
    text.slice(start, end),
    text.slice(end, end + 8),
  ];
  return `${before}[${inside}]${after}`.replace(/\s+/g, " ").trim();
}

async function main() {
  const { find } = await import("./dist/find/find.js");
  const all = evaluate(find);
  for (const figures of all) {
    const unread = [...figures.unread].map(([label, count]) => `${label} ${count}`).join(", ");
    const note = unread ? [`Labels of no kind that is looked for: ${unread}.`] : [];
    process.stdout.write(`${[`## ${figures.name}`, ...writeFigures(figures), ...note].join("\n\n")}\n\n`);
  }
  const readme = new URL("README.md", import.meta.url);
  writeFileSync(readme, fillFigures(readFileSync(readme, "utf8"), all));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();
