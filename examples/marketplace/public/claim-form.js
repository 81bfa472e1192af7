import { make } from "./dom.js";
import { word } from "./words.js";

const TYPES = ["return", "exchange", "service", "cancellation"];
const REASONS = ["defect", "damaged", "wrong-item", "missing-part", "changed-mind"];

/** A small form that opens a claim on a line; `tell` gets `{ type, reason }`. */
export function claimForm(tell) {
  const type = makeSelect("claim-type", TYPES);
  const reason = makeSelect("claim-reason", REASONS);
  const send = (event) => {
    event.preventDefault();
    tell({ type: type.value, reason: reason.value });
  };
  return make("form", { onsubmit: send }, type, reason, make("button", {}, word("open-claim")));
}

function makeSelect(key, values) {
  const options = values.map((value) => make("option", { value }, word(value)));
  return make("select", { "aria-label": word(key) }, ...options);
}
