import { make } from "./dom.js";
import { makeFact, makeFacts } from "./facts.js";
import { moment, won, word } from "./words.js";

/** What lines can be asked for by. */
export const STATES = [
  "unpaid",
  "paid",
  "preparing",
  "shipping",
  "delivered",
  "confirmed",
  "cancelled",
  "returned",
];

const PEOPLE = [
  "buyer.name",
  "buyer.phone",
  "buyer.email",
  "recipient.name",
  "recipient.company",
  "recipient.phone",
  "recipient.postcode",
  "recipient.address",
  "recipient.customsCode",
  "memo",
];

/** Free text is withheld, not masked: its `null` may hide something. Any other `null` was empty all along. */
const WITHHELD = ["memo", "engraving"];

/** What a line is: product, number, state, claims. */
export function showItem(line, ...actions) {
  return [
    make(
      "div.row",
      {},
      make("strong", {}, line.product),
      make(
        "span.soft",
        {},
        [line.option, `${word("quantity")} ${line.quantity}`, won(line.amount)].filter(Boolean).join(" · "),
      ),
      make("span.badge.push", {}, word(line.state)),
    ),
    ...line.claims.map(showClaim),
    showFacts(line, ["engraving"]),
    showWhy(line),
    actions.some(Boolean) && make("div.row", {}, ...actions),
  ].filter(Boolean);
}

/**
 * A line of a list, with its people.
 *
 * @param {object} line
 * @param {readonly Node[]} [actions] - what can be done with it
 * @param {Node | string} [number] - how the order's number is shown: a link to the order where there is such a page
 */
export function showLine(line, actions = [], number = orderLink(line)) {
  const place = [number, moment(line.orderedAt), line.seller].map((part) => make("span", {}, part));
  return make(
    "li.card",
    {},
    make("div.row.soft", {}, ...place),
    showPeople(line),
    ...showItem(line, ...actions),
  );
}

/** Buyer, recipient and memo: of a line, or of an order. */
export function showPeople(record) {
  return showFacts(record, PEOPLE);
}

/** Why fields of a record are masked, and what would lift it. */
export function showWhy({ _masked: masked }) {
  if (masked === undefined) return null;
  const until = masked.until === undefined ? "" : ` (${moment(masked.until)} ${word("why-until")})`;
  const link = masked.reason === "claim-second-factor" && stepUpLink();
  return make("p.why", {}, `${word(`why-${masked.reason}`)}${until} `, link);
}

function showFacts(record, paths) {
  const facts = paths.map((path) => showFact(record, path)).filter(Boolean);
  return facts.length === 0 ? null : makeFacts(facts);
}

function showFact(record, path) {
  const value = path.split(".").reduce((part, key) => part?.[key], record);
  const isMasked = record._masked?.fields.includes(path) ?? false;
  const isWithheld = isMasked && WITHHELD.includes(path);
  if (value === undefined || (value === null && !isWithheld)) return null;
  const shown = make(isMasked ? "span.hidden-value" : "span", {}, value ?? word("withheld"));
  return makeFact(path, shown);
}

function showClaim(claim) {
  const state =
    claim.closedAt === null ? word("claim-open") : `${word("claim-closed")} ${moment(claim.closedAt)}`;
  const text = [
    word(claim.type),
    word(claim.reason),
    `${word("claim-by")} ${word(claim.openedBy)} ${moment(claim.openedAt)}`,
    state,
  ];
  return make("p.soft", {}, text.join(" · "));
}

function orderLink(line) {
  return make("a", { href: `/order?${new URLSearchParams({ no: line.orderNo })}` }, line.orderNo);
}

function stepUpLink() {
  const back = location.pathname + location.search;
  return make(
    "a",
    { href: `/privacy/pages/second-factor?${new URLSearchParams({ return: back })}` },
    word("second-factor"),
  );
}
