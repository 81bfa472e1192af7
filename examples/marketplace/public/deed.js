import { make } from "./dom.js";
import { word } from "./words.js";

/**
 * A button for a deed, named by the key of its word. Several that read alike say aloud what they are for.
 *
 * @param {string} key
 * @param {() => void} onclick
 * @param {string} [of] - the thing it is done to
 */
export function makeDeed(key, onclick, of) {
  const label = of === undefined ? undefined : `${word(key)}: ${of}`;
  return make("button", { type: "button", onclick, "aria-label": label }, word(key));
}
