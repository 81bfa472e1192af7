import { encode } from "/vendor/uqr/index.mjs";
import { get, nextPage, orProve, post } from "../api.js";
import { fill, make } from "../dom.js";
import { HOMES, openPage } from "../frame.js";
import { word } from "../words.js";

const { content, me, report } = await openPage("second-factor");
const session = await get("/privacy/session");

if (session.state !== "live") location.assign("/log-in");
else if (session.enrolled)
  fill(content, make("p.lead", {}, word("step-up-lead")), codeForm("/privacy/step-up"));
else
  fill(
    content,
    make("p.lead", {}, word("enrol-why")),
    make("button.main", { onclick: () => report(enrol) }, word("enrol-start")),
  );

/** The secret stands on this page once; the code is drawn here, so that it goes nowhere else. */
async function enrol() {
  const { secret, uri } = await orProve(post("/privacy/totp/enrolment"));
  fill(
    content,
    make("p.lead", {}, word("enrol-lead")),
    drawCode(uri),
    make("p", {}, `${word("enrol-key")}: `, make("code", { id: "secret" }, secret)),
    codeForm("/privacy/totp/enrolment/confirmation"),
  );
}

function codeForm(path) {
  const code = make("input", {
    name: "code",
    inputMode: "numeric",
    autocomplete: "one-time-code",
    required: true,
    maxLength: 6,
  });
  const send = (event) => {
    event.preventDefault();
    report(async () => {
      await orWrong(post(path, { code: code.value }));
      location.assign(nextPage(HOMES[me.kind]));
    });
  };
  return make(
    "form.card",
    { onsubmit: send },
    make("label", {}, word("code"), code),
    make("button.main", {}, word("confirm")),
  );
}

/** A wrong code stays on the page; an ended session goes to the log-in. */
function orWrong(question) {
  return question.catch((error) => {
    if (error.reason === "second-factor-wrong" || error.status !== 401) throw error;
    return orProve(Promise.reject(error));
  });
}

function drawCode(text) {
  const { data, size } = encode(text, { border: 4 });
  const cells = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("class", "qr");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", "QR");
  path.setAttribute("d", cells.join(""));
  svg.append(path);
  return svg;
}
