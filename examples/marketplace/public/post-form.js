import { make } from "./dom.js";
import { word } from "./words.js";

/** A form for a review or a question about a line; `tell` gets `{ kind, text }`. */
export function postForm(tell) {
  const kinds = ["review", "question"].map((value) => make("option", { value }, word(value)));
  const kind = make("select", { "aria-label": word("post-kind") }, ...kinds);
  const text = makeArea("post-text");
  const send = (event) => {
    event.preventDefault();
    tell({ kind: kind.value, text: text.value });
  };
  return make("form", { onsubmit: send }, kind, text, make("button", {}, word("write-post")));
}

/** A form for a seller's reply. What was held is said by the page; what could be posted instead stands under it. */
export function replyForm(tell) {
  const text = makeArea("reply");
  const instead = make("p.why", { hidden: true });
  const send = async (event) => {
    event.preventDefault();
    const suggestion = await tell(text.value);
    instead.hidden = !suggestion;
    instead.textContent = suggestion ? `${word("post-instead")}: ${suggestion}` : "";
  };
  return make("form", { onsubmit: send }, text, make("button", {}, word("write-reply")), instead);
}

function makeArea(key) {
  return make("textarea", { "aria-label": word(key), required: true, maxLength: 2000, rows: 2 });
}
