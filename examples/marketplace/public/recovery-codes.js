import { post } from "./api.js";
import { fill, make } from "./dom.js";
import { word } from "./words.js";

/**
 * Makes recovery codes and shows them in a place of the page: once, as they cannot be asked for again.
 *
 * @param {Element} place
 * @param {Node} goOn - what is clicked when they are kept
 */
export async function showNewCodes(place, goOn) {
  const { codes } = await post("/privacy/factors/recovery-codes");
  const list = make("ol.codes", {}, ...codes.map((code) => make("li", {}, make("code", {}, code))));
  const told = make("span.soft", { role: "status" });
  const copy = async () => {
    await navigator.clipboard.writeText(codes.join("\n"));
    fill(told, word("copied"));
  };
  const heading = make("h2", { tabIndex: -1 }, word("recovery-codes"));
  const actions = [
    make("button", { type: "button", onclick: copy }, word("copy")),
    make("button", { type: "button", onclick: () => print() }, word("print")),
    goOn,
    told,
  ];
  fill(
    place,
    make(
      "section.card.paper",
      {},
      heading,
      make("p", {}, word("recovery-lead")),
      list,
      make("div.row", {}, ...actions),
    ),
  );
  heading.focus();
}
