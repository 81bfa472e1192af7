import { get } from "../api.js";
import { fill, make } from "../dom.js";
import { openPage } from "../frame.js";
import { moment, word } from "../words.js";

const WAYS = ["latest", "buyer", "phone", "order", "actor"];
const COLUMNS = [
  "when",
  "actor",
  "seller",
  "action",
  "target",
  "outcome",
  "purpose",
  "route",
  "origin",
  "subjects",
  "clear",
  "masked",
];

const { content, report } = await openPage("records");
const way = make(
  "select",
  { name: "way" },
  ...WAYS.map((one) => make("option", { value: one }, word(`records-${one}`))),
);
const value = make("input", { name: "value", autocomplete: "off" });
const rows = make("tbody");
const more = make("div.row");
/** Records that cannot be relied on: said before anything else. */
const broken = make("div", { role: "alert" });
const form = make(
  "form",
  { onsubmit: (event) => start(event) },
  make("label", {}, word("records-by"), way),
  make("label", {}, word("value"), value),
  make("button.main", {}, word("search")),
);

content.append(
  form,
  broken,
  make(
    "div.scroll",
    { tabIndex: 0, role: "region", "aria-label": word("records") },
    make("table", {}, makeHead(), rows),
  ),
  more,
);
await report(() => load());

function start(event) {
  event.preventDefault();
  fill(rows);
  fill(broken);
  report(() => load());
}

async function load(before) {
  const query = new URLSearchParams({ limit: "50", ...(before === undefined ? {} : { before }) });
  if (way.value !== "latest") query.set(way.value, value.value);
  const { entries, damaged, next } = await get(`/auditor/records?${query}`);
  broken.append(...damaged.map(({ seq, why }) => make("p", {}, `${word("record-damaged")} ${seq}: ${why}`)));
  rows.append(...entries.map(makeRow));
  fill(more, next !== null && make("button", { onclick: () => report(() => load(next)) }, word("next")));
}

function makeHead() {
  return make("thead", {}, make("tr", {}, ...COLUMNS.map((key) => make("th", { scope: "col" }, word(key)))));
}

function makeRow(entry) {
  const outcome = word(`outcome-${entry.outcome}`);
  const cells = [
    moment(entry.at),
    entry.actor.id,
    entry.actor.sellerId ?? "",
    word(`action-${entry.action}`),
    entry.target?.id ?? "",
    entry.reason === null ? outcome : `${outcome}: ${entry.reason}`,
    entry.purpose ?? "",
    entry.route,
    entry.ip,
    String(entry.subjects),
    String(entry.clear),
    String(entry.records - entry.clear),
  ];
  return make("tr", {}, ...cells.map((cell) => make("td", {}, cell)));
}
