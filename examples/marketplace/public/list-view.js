import { asked, remember } from "./address.js";
import { get } from "./api.js";
import { fill, make } from "./dom.js";
import { word } from "./words.js";

/**
 * A list of lines with its filters and pages. What is asked for stands in the address, so that a reload shows it again.
 *
 * @param {object} options
 * @param {string} options.path - of the list's endpoint
 * @param {(line: object, reload: () => Promise<void>) => Node} options.show - one line
 * @param {readonly Node[]} [options.filters] - labelled inputs, each named as the endpoint's parameter
 * @param {(deed: () => Promise<void>) => Promise<void>} options.report - runs a deed and says what went wrong
 */
export function makeList({ path, show, filters = [], report }) {
  const list = make("ul.lines");
  const pager = make("div.row");
  const form = make("form", {}, ...filters, make("button.main", {}, word("search")));
  const load = async () => {
    const page = await get(`${path}?${new URLSearchParams(location.search)}`);
    fill(list, ...page.lines.map((line) => show(line, load)));
    if (page.lines.length === 0) fill(list, make("li.soft", {}, word("nothing")));
    fill(pager, ...makePager(page, (number) => go({ page: number })));
  };
  const go = (change) => {
    remember(change);
    return report(load);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go({ ...Object.fromEntries(new FormData(form)), page: 1 });
  });
  restore(form);
  report(load);
  return make("section", {}, filters.length > 0 && form, list, pager);
}

/** A labelled choice for the form of a list. */
export function makeChoice(name, key, values, withAll = true) {
  const options = [...(withAll ? [["", word("all")]] : []), ...values.map((value) => [value, word(value)])];
  const select = make("select", { name }, ...options.map(([value, text]) => make("option", { value }, text)));
  return make("label", {}, word(key), select);
}

/** A labelled text for the form of a list. */
export function makeText(name, key, members = {}) {
  return make("label", {}, word(key), make("input", { name, autocomplete: "off", ...members }));
}

function restore(form) {
  for (const [name, value] of Object.entries(asked())) {
    const input = form.elements.namedItem(name);
    if (input !== null) input.value = value;
  }
}

function makePager({ page, size, total }, go) {
  const last = Math.max(1, Math.ceil(total / size));
  return [
    make("button", { disabled: page <= 1, onclick: () => go(page - 1) }, word("previous")),
    make("span.soft", {}, `${page} / ${last} · ${word("total")} ${total}`),
    make("button", { disabled: page >= last, onclick: () => go(page + 1) }, word("next")),
  ];
}
