import { make } from "./dom.js";
import { makeFact, makeFacts } from "./facts.js";
import { moment, word } from "./words.js";

/** Second factors of somebody. `actionsOf` gives what can be done with each. */
export function showFactors(factors, actionsOf = () => []) {
  if (factors.length === 0) return make("p.soft", {}, word("no-factors"));
  return make("ul.lines", {}, ...factors.map((factor) => showFactor(factor, actionsOf(factor))));
}

function showFactor({ kind, name, addedAt, usedAt }, actions) {
  const facts = [
    makeFact("added", moment(addedAt)),
    makeFact("last-used", usedAt === null ? word("never") : moment(usedAt)),
  ];
  return make(
    "li.card",
    {},
    make("div.row", {}, make("strong", {}, name), make("span.badge", {}, word(`factor-${kind}`))),
    makeFacts(facts, "dl.facts.wide"),
    actions.length > 0 && make("div.row", {}, ...actions),
  );
}
