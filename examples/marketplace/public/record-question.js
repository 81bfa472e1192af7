import { make } from "./dom.js";
import { word } from "./words.js";

const DAY_MS = 86_400_000;

/** What may be asked: the verb it is, and the name of what it is asked of, where it is of somebody. */
const QUESTIONS = {
  latest: { verb: "records" },
  "saw-buyer": { verb: "who-saw", of: "buyer" },
  "saw-phone": { verb: "who-saw", of: "phone" },
  "saw-order": { verb: "who-saw", of: "order" },
  actor: { verb: "by-actor", of: "actor" },
  downloads: { verb: "downloads" },
  "no-purpose": { verb: "downloads", also: { purpose: "none" } },
  denied: { verb: "denied" },
  rights: { verb: "rights-history" },
};

/**
 * The form of a question to the access log.
 *
 * @param {() => void} onAsk
 * @returns the form, and what reads it: the verb, and what goes with it
 */
export function makeQuestion(onAsk) {
  const choice = make("select", { name: "question" }, ...Object.keys(QUESTIONS).map(makeOption));
  const value = make("input", { name: "value", autocomplete: "off", required: true });
  const [from, to] = ["from", "to"].map((name) => make("input", { name, type: "date" }));
  const whom = make("label", {}, word("value"), value);
  const form = make(
    "form",
    { onsubmit },
    make("label", {}, word("records-by"), choice),
    whom,
    make("label", {}, word("records-from"), from),
    make("label", {}, word("records-to"), to),
    make("button.main", {}, word("search")),
  );
  choice.addEventListener("change", suit);
  suit();
  return { form, read };

  function suit() {
    const { of } = QUESTIONS[choice.value];
    whom.hidden = of === undefined;
    value.disabled = of === undefined;
  }

  function onsubmit(event) {
    event.preventDefault();
    onAsk();
  }

  function read() {
    const { verb, of, also } = QUESTIONS[choice.value];
    const body = {
      ...also,
      ...(of === undefined ? {} : { [of]: value.value.trim() }),
      ...(from.value === "" ? {} : { from: dayInKorea(from.value) }),
      ...(to.value === "" ? {} : { to: dayInKorea(to.value) + DAY_MS }),
    };
    return { verb, body };
  }
}

function makeOption(key) {
  return make("option", { value: key }, word(`records-${key}`));
}

/** The first moment of a day in Korea, whatever the browser's own zone is: UTC milliseconds. */
function dayInKorea(day) {
  return Date.parse(`${day}T00:00:00+09:00`);
}
