import { make } from "./dom.js";
import { word } from "./words.js";

/** A form for the six digits of an authenticator app; `take` gets them, without the spaces people type. */
export function digitsForm(take) {
  return codeForm("code", "digits", take, {
    inputMode: "numeric",
    autocomplete: "one-time-code",
    maxLength: 12,
    placeholder: "000000",
  });
}

/** A form for a recovery code. */
export function recoveryForm(take) {
  return codeForm("recovery-code", "recovery", take, {
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: false,
    maxLength: 64,
    placeholder: "XXXX-XXXX-XXXX-XXXX-XXXX-XXXX",
  });
}

function codeForm(name, look, take, members) {
  const input = make(`input.${look}`, { name, required: true, ...members });
  const send = async (event) => {
    event.preventDefault();
    await take(input.value.replace(/\s/g, ""));
    // Still here: it was wrong, and the next one shall replace it.
    input.value = "";
  };
  const label = make("label", {}, word(name), input);
  return make("form", { onsubmit: send }, label, make("button.main", {}, word("confirm")));
}
