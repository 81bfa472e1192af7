import { make } from "./dom.js";
import { makeFact, makeFacts } from "./facts.js";
import { moment, word } from "./words.js";

/** Sessions of somebody. `actionsOf` gives what can be done with each. */
export function showSessions(sessions, actionsOf = () => []) {
  if (sessions.length === 0) return make("p.soft", {}, word("no-sessions"));
  return make("ul.lines", {}, ...sessions.map((session) => showSession(session, actionsOf(session))));
}

function showSession({ device, network, lastActivityAt, openedAt, secondFactor, isCurrent }, actions) {
  const facts = [
    makeFact("network", network),
    makeFact("last-activity", moment(lastActivityAt)),
    makeFact("opened", moment(openedAt)),
    makeFact("proved-by", word(secondFactor === null ? "not-proved" : `factor-${secondFactor}`)),
  ];
  const badge = isCurrent && make("span.badge.here", {}, word("this-session"));
  return make(
    "li.card",
    {},
    make("div.row", {}, make("strong", {}, device), badge),
    makeFacts(facts, "dl.facts.wide"),
    actions.length > 0 && make("div.row", {}, ...actions),
  );
}
