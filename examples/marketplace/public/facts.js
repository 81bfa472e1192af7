import { make } from "./dom.js";
import { word } from "./words.js";

/** What is known of something: a name and a value each, side by side. */
export function makeFacts(facts) {
  return make("dl.facts", {}, ...facts);
}

/** One fact; its name is the key of a word. */
export function makeFact(key, value) {
  return make("div", {}, make("dt", {}, word(key)), make("dd", {}, value));
}
