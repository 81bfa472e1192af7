import { fill, make } from "./dom.js";
import { hasWord, moment, word } from "./words.js";

const COLUMNS = ["when", "actor", "action", "outcome", "purpose", "origin", "subjects", "clear", "masked"];

/**
 * A table of records that grows page by page. On a narrow screen each record is a card, so that nothing has to be scrolled for.
 *
 * @returns its region; `add(page)`, `clear()`; how many records stand in it, and the places of the damaged ones
 */
export function makeRecordTable() {
  const rows = make("tbody", { role: "rowgroup" });
  const table = make("table.records", { role: "table" }, makeHead(), rows);
  const region = make("div.scroll", { tabIndex: 0, role: "region", "aria-label": word("records") }, table);
  const made = {
    region,
    count: 0,
    damaged: [],
    clear() {
      fill(rows);
      Object.assign(made, { count: 0, damaged: [] });
    },
    add({ entries, damaged }) {
      const found = [...entries, ...damaged].sort((one, other) => other.seq - one.seq);
      rows.append(...found.map((one) => ("why" in one ? makeDamaged(one) : makeRow(one))));
      made.count += found.length;
      made.damaged.push(...damaged.map(({ seq }) => seq));
    },
  };
  return made;
}

function makeHead() {
  const cells = COLUMNS.map((key) => make("th", { scope: "col", role: "columnheader" }, word(key)));
  return make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...cells));
}

function makeRow(entry) {
  const { seq, at, actor, action, outcome, reason, target, purpose, ip, route, subjects, records, clear } =
    entry;
  const cells = [
    two(moment(at), `#${seq}`),
    two(actor.id, actor.sellerId),
    two(deedOf(action, target), route),
    two(word(`outcome-${outcome}`), reasonOf(reason)),
    [purpose],
    [ip],
    [subjects || null],
    [records > 0 ? clear : null],
    [records > 0 ? records - clear : null],
  ];
  return make("tr", { role: "row" }, ...cells.map(makeCell));
}

/** In its place among the others, so that nobody takes the list for whole. */
function makeDamaged({ seq, why }) {
  const cells = two(`${word("record-damaged")} #${seq}`, why);
  return make("tr.damaged", { role: "row" }, make("td", { role: "cell", colSpan: COLUMNS.length }, ...cells));
}

/** What belongs together stands in one cell: the more important above. */
function two(main, minor) {
  return [main, minor !== null && minor !== undefined && make("small.soft", {}, String(minor))];
}

/** A cell that says nothing is left out of a card. */
function makeCell(content, i) {
  const isEmpty = content[0] === null || content[0] === undefined;
  const members = { role: "cell", "data-label": word(COLUMNS[i]) };
  return make(
    isEmpty ? "td.empty" : "td",
    members,
    ...content.map((one) => (typeof one === "number" ? String(one) : one)),
  );
}

/** What was done, and to whom where that is somebody else's account. */
function deedOf(action, target) {
  const done = word(`action-${action}`);
  return target === null ? done : `${done} → ${target.id}`;
}

function reasonOf(reason) {
  const key = `because-${reason}`;
  return hasWord(key) ? word(key) : reason;
}
