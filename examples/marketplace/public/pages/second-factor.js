import { asked } from "../address.js";
import { get, post } from "../api.js";
import { digitsForm, recoveryForm } from "../code-form.js";
import { fill, make } from "../dom.js";
import { enrolApp, enrolPasskey } from "../enrolment.js";
import { openPage } from "../frame.js";
import { hasPasskeys, usePasskey } from "../passkey.js";
import { showNewCodes } from "../recovery-codes.js";
import { moment, reasonWord, word } from "../words.js";

/** The server knows where to go on: a page of this site, whatever the address says. */
const GO_ON = `/continue${location.search}`;

/** What it is asked for: an answer to a challenge proves it for that and nothing else. */
const { action = "view" } = asked();

const { content, report } = await openPage("second-factor");
await report(async () => {
  const list = await get("/privacy/factors");
  if (list.factors.length === 0) startEnrolment();
  else startStepUp(list);
});

function startEnrolment() {
  const app = { name: word("factor-totp"), place: content, report, done: finishEnrolment };
  const byPasskey = async () => {
    await enrolPasskey(word("factor-passkey"));
    await finishEnrolment();
  };
  fill(
    content,
    make("p.lead", {}, word("enrol-why")),
    make(
      "div.row",
      {},
      makeButton("button.main", "enrol-app", () => enrolApp(app)),
      hasPasskeys && makeButton("button", "enrol-passkey", byPasskey),
    ),
  );
}

/** Whoever loses the only factor gets in by a recovery code: so they are made at once. */
async function finishEnrolment() {
  await showNewCodes(content, make("a.button.main", { href: GO_ON }, word("codes-kept")));
}

function startStepUp({ factors, recoveryCodesLeft, lockedUntil, isDisabled }) {
  const lead = make("p.lead", {}, reasonWord() ?? word("step-up-lead"));
  const help = make("p.soft", {}, word("lost-factors"));
  // Nothing is looked at while it is locked, right or wrong.
  const lock = isDisabled
    ? word("factors-disabled")
    : lockedUntil && `${word("locked-until")} ${moment(lockedUntil)}`;
  if (lock) fill(content, make("p.why", {}, lock), make("p.soft", {}, word("locked-help")));
  else fill(content, lead, makeChoices(factors, recoveryCodesLeft), help);
  content.querySelector("input.digits")?.focus();
}

function makeChoices(factors, recoveryCodesLeft) {
  const has = (kind) => factors.some((factor) => factor.kind === kind);
  return make(
    "div.choices",
    {},
    has("passkey") && hasPasskeys && makeButton("button.main", "use-passkey", provePasskey),
    has("totp") && digitsForm((code) => prove({ method: "totp", code })),
    recoveryCodesLeft > 0 && makeRecovery(),
  );
}

function makeRecovery() {
  const form = recoveryForm((code) => prove({ method: "recovery", code }));
  return make(
    "details",
    {},
    make("summary", {}, word("use-recovery")),
    make("p.soft", {}, word("recovery-once")),
    form,
  );
}

function prove(offer) {
  return report(() => stepUp(offer));
}

async function provePasskey() {
  const { options } = await post("/privacy/step-up/passkey", { action });
  await stepUp({ method: "passkey", response: await usePasskey(options) });
}

async function stepUp(offer) {
  await post("/privacy/step-up", { ...offer, action });
  location.assign(GO_ON);
}

function makeButton(name, key, deed) {
  return make(name, { type: "button", onclick: () => report(deed) }, word(key));
}
