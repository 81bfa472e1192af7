import { post } from "./api.js";
import { digitsForm } from "./code-form.js";
import { fill, make } from "./dom.js";
import { makePasskey } from "./passkey.js";
import { word } from "./words.js";

/**
 * Enrols an authenticator app. Its secret stands on the page once; `done` is a deed, run once the first code was right.
 *
 * @param {object} options
 * @param {string} options.name - how the owner calls it
 * @param {Element} options.place - where it is shown
 * @param {(deed: () => Promise<void>) => Promise<void>} options.report
 * @param {() => Promise<void>} options.done
 */
export async function enrolApp({ name, place, report, done }) {
  const { secret, uri, svg } = await post("/privacy/factors/totp", { name });
  const confirm = (code) =>
    report(async () => {
      await post("/privacy/factors/totp/confirmation", { code });
      await done();
    });
  const form = digitsForm(confirm);
  fill(
    place,
    make("p.lead", {}, word("enrol-lead")),
    readDrawing(svg),
    make("p", {}, `${word("enrol-key")}: `, make("code", { id: "secret" }, inGroups(secret))),
    make("p", {}, make("a", { href: uri }, word("enrol-open"))),
    form,
  );
  form.elements.code.focus();
}

/** Enrols a passkey of this device. */
export async function enrolPasskey(name) {
  const { options } = await post("/privacy/factors/passkey", { name });
  await post("/privacy/factors/passkey/confirmation", { response: await makePasskey(options) });
}

/** The QR code as the server drew it. It is put in as elements, so the page's policy needs to allow no image for it. */
function readDrawing(svg) {
  const { documentElement } = new DOMParser().parseFromString(svg, "image/svg+xml");
  documentElement.classList.add("qr");
  return document.importNode(documentElement, true);
}

/** Easier to type; apps read it with and without spaces. */
function inGroups(secret) {
  return secret.replace(/.{4}(?=.)/g, "$& ");
}
