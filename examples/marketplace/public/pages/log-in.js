import { get, post } from "../api.js";
import { make } from "../dom.js";
import { openPage } from "../frame.js";
import { hasWord, reasonWord, word } from "../words.js";

const { content, report } = await openPage("log-in");
const reason = reasonWord();
const user = make("input", {
  name: "user",
  autocomplete: "username",
  required: true,
  value: new URLSearchParams(location.search).get("user") ?? "",
});
const password = make("input", {
  name: "password",
  type: "password",
  autocomplete: "current-password",
  required: true,
});
const form = make(
  "form.tall.card",
  { onsubmit: send },
  make("label", {}, word("user"), user),
  make("label", {}, word("password"), password),
  make("button.main", {}, word("log-in")),
);

/** A demo's password is no secret: nobody has to go back for it. */
const demo = await get("/api/demo").catch(() => null);
if (demo !== null)
  form.append(make("p.soft", {}, `${word("demo-password")}: `, make("code", {}, demo.password)));

if (reason !== undefined) content.append(make("p.why", { role: "status" }, reason));
content.append(form);
(user.value === "" ? user : password).focus();

/** The marketplace lets in whom Garim may not: somebody who was dismissed, or has not been here for long. */
async function checkSession() {
  const { reason } = await get("/privacy/session");
  if (hasWord(`reason-${reason}`)) throw new Error(word(`reason-${reason}`));
}

/** Wrong or locked: the marketplace's own log-in says it by status alone. */
function tell({ status, message }) {
  const key = `log-in-${status}`;
  throw new Error(hasWord(key) ? word(key) : message);
}

function send(event) {
  event.preventDefault();
  report(async () => {
    await post("/login", { user: user.value, password: password.value }).catch(tell);
    await checkSession();
    location.assign(`/continue${location.search}`);
  });
}
