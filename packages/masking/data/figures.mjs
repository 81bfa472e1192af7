// @ts-check

/**
 * @typedef {{ readonly kind: string, readonly excerpt: string, readonly isRight: boolean, readonly aside?: string }} Judged
 *   a label, right if it was found; or a place that was found, right if it touches a label of its kind
 * @typedef {{ readonly name: string, readonly labels: readonly Judged[], readonly places: readonly Judged[], readonly texts: number,
 *   readonly clean: number, readonly flagged: number, readonly unread: ReadonlyMap<string, number> }} Figures
 */

const HEAD = ["kind", "labelled", "recall", "reported", "precision", "false alarms"];

/**
 * Fills every `<!-- figures: name -->` … `<!-- /figures -->` of a document.
 *
 * @param {string} text
 * @param {readonly Figures[]} all
 * @returns {string}
 */
export function fillFigures(text, all) {
  return text.replace(/(<!-- figures: ([\w-]+) -->)[\s\S]*?(<!-- \/figures -->)/g, (_, start, name, end) => {
    const figures = all.find((one) => one.name === name);
    return [start, ...(figures ? writeFigures(figures) : []), end].join("\n\n");
  });
}

/** @param {Figures} figures */
export function writeFigures({ labels, places, texts, clean, flagged }) {
  const kinds = [...new Set([...labels, ...places].map(({ kind }) => kind))].sort();
  const rows = kinds.map((kind) => writeRow(kind, labels.filter(of(kind)), places.filter(of(kind))));
  return [
    `${texts} texts; ${flagged} of ${clean} clean ones flagged (${percent(flagged, clean)}).`,
    [HEAD, HEAD.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n"),
    ...writeAsides(labels),
    ...writeWrong(
      "Missed",
      labels.filter(({ aside }) => aside === undefined),
    ),
    ...writeWrong("False alarms", places),
  ];
}

/**
 * @param {string} kind
 * @param {readonly Judged[]} labels
 * @param {readonly Judged[]} places
 */
function writeRow(kind, labels, places) {
  const [hit, right] = [labels.filter(isRight).length, places.filter(isRight).length];
  const [recall, precision] = [percent(hit, labels.length), percent(right, places.length)];
  return [kind, labels.length, recall, places.length, precision, places.length - right].map(String);
}

/**
 * What the figures of a kind owe to labels of a class of its own.
 *
 * @param {readonly Judged[]} labels
 */
function writeAsides(labels) {
  return [...new Set(labels.flatMap(({ aside }) => aside ?? []))].map((aside) => {
    const those = labels.filter((label) => label.aside === aside);
    const others = labels.filter((label) => label.kind === those[0]?.kind && label.aside === undefined);
    const [hit, rest] = [those.filter(isRight).length, others.filter(isRight).length];
    return `Of ${those[0]?.kind}, ${those.length} labels are each a ${aside}: ${hit} found; of the others ${percent(rest, others.length)}.`;
  });
}

/**
 * @param {string} title
 * @param {readonly Judged[]} judged
 */
function writeWrong(title, judged) {
  const wrong = judged.filter((one) => !one.isRight).map(({ kind, excerpt }) => `- ${kind}: \`${excerpt}\``);
  return wrong.length === 0 ? [] : [`${title}:`, wrong.join("\n")];
}

/** @param {string} kind */
function of(kind) {
  return (/** @type {Judged} */ one) => one.kind === kind;
}

/** @param {Judged} one */
function isRight(one) {
  return one.isRight;
}

/**
 * @param {number} part
 * @param {number} whole
 */
function percent(part, whole) {
  return whole === 0 ? "-" : `${((100 * part) / whole).toFixed(1)} %`;
}
