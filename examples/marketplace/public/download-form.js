import { post } from "./api.js";
import { fill, make } from "./dom.js";
import { word } from "./words.js";

const STATES = ["paid", "preparing", "shipping", "delivered", "confirmed", "cancelled", "returned"];

/** How long nobody types before a password is looked at. */
const PAUSE_MS = 400;

/**
 * The form of a download: which orders, what for, which fields, and the file's password.
 *
 * @param {object} offer - purposes and fields, as Garim offers them
 * @param {(ask: object) => Promise<void>} begin - what to do with what was asked for
 */
export function makeDownloadForm(offer, begin) {
  const fields = make("div.fields");
  const chooseFields = () => {
    const { fields: needed } = offer.purposes.find(({ name }) => name === purpose.value);
    fill(fields, ...offer.fields.map((field) => makeField(field, needed.includes(field.path))));
  };
  const purpose = makeSelect(
    "purpose",
    offer.purposes.map(({ name, label }) => [name, label]),
    chooseFields,
  );
  chooseFields();
  const form = make(
    "form.tall",
    {},
    make("h2", {}, word("new-download")),
    makeLabel("state", makeSelect("state", [["", word("all")], ...STATES.map((one) => [one, word(one)])])),
    makeLabel("order-no", make("input", { name: "orderNo", autocomplete: "off" })),
    makeLabel("purpose", purpose),
    makeLabel(
      "why-needed",
      make("input", { name: "why", required: true, maxLength: 500, autocomplete: "off" }),
    ),
    make(
      "fieldset",
      {},
      make("legend", {}, word("fields-needed")),
      make("p.soft", {}, word("fields-hint")),
      fields,
    ),
    makeLabel(
      "file-format",
      makeSelect(
        "format",
        ["xlsx", "csv-zip"].map((one) => [one, word(one)]),
      ),
    ),
    makePassword(),
    make("button.main", {}, word("make-file")),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    begin(readForm(form));
  });
  return form;
}

function readForm(form) {
  const given = new FormData(form);
  const text = (name) => String(given.get(name) ?? "");
  const filter = Object.fromEntries(
    ["state", "orderNo"].map((name) => [name, text(name)]).filter(([, value]) => value !== ""),
  );
  return {
    filter,
    purpose: text("purpose"),
    why: text("why"),
    fields: given.getAll("fields"),
    format: text("format"),
    password: text("password"),
  };
}

function makeField({ path, label, isAllowed }, isNeeded) {
  const box = make("input", { type: "checkbox", name: "fields", value: path, checked: isNeeded });
  return make("label", {}, box, ` ${label}`, !isAllowed && make("span.soft", {}, " *"));
}

/** Says how good it is while it is typed; nothing of it is kept. */
function makePassword() {
  const said = make("p.soft", { role: "status" });
  const input = make("input", {
    name: "password",
    type: "password",
    required: true,
    autocomplete: "new-password",
    maxLength: 255,
  });
  let waiting;
  const check = async () => {
    const { value } = input;
    if (value === "") return fill(said);
    const told = await post("/exports/password", { password: value }).catch(() => undefined);
    if (value !== input.value || told === undefined) return;
    fill(said, [word(`strength-${told.strength}`), ...told.problems.map(({ detail }) => detail)].join(" · "));
  };
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(check, PAUSE_MS);
  });
  return make(
    "div",
    {},
    makeLabel("file-password", input),
    make("p.soft", {}, word("file-password-hint")),
    said,
  );
}

function makeSelect(name, options, onchange) {
  return make(
    "select",
    { name, onchange },
    ...options.map(([value, text]) => make("option", { value }, text)),
  );
}

function makeLabel(key, input) {
  return make("label", {}, word(key), input);
}
