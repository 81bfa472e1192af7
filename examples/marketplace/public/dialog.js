import { make } from "./dom.js";
import { word } from "./words.js";

/**
 * Asks before something is done. The keyboard stands on "cancel"; Escape cancels, too.
 *
 * @param {{ title: string, text: string, deed: string }} question - `text` says what it does, `deed` stands on the button
 * @returns {Promise<boolean>} whether it shall be done
 */
export async function askFirst({ title, text, deed }) {
  return (await openDialog({ title, content: [make("p", {}, text)], deed })) !== undefined;
}

/**
 * Asks for a line of text.
 *
 * @param {{ title: string, label: string, deed: string, value?: string }} question
 * @returns {Promise<string | undefined>} nothing where it was cancelled
 */
export async function askText({ title, label, deed, value = "" }) {
  const input = make("input", { value, maxLength: 64, required: true, autocomplete: "off", autofocus: true });
  const isGiven = await openDialog({ title, content: [make("label", {}, label, input)], deed });
  return isGiven && input.value;
}

/** Resolves to `true` where the deed was confirmed, and to nothing where not. */
function openDialog({ title, content, deed }) {
  const cancel = make("button", { type: "button", onclick: () => dialog.close() }, word("cancel"));
  const buttons = make("div.row", {}, cancel, make("button.main", {}, deed));
  const confirm = (event) => {
    event.preventDefault();
    dialog.close("done");
  };
  const form = make("form.tall", { onsubmit: confirm }, make("h2", {}, title), ...content, buttons);
  const dialog = make("dialog", { "aria-label": title }, form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "done" ? true : undefined);
    });
  });
}
