import { fill, make } from "../dom.js";
import { openPage } from "../frame.js";
import { word } from "../words.js";

const STEP_SECONDS = 30;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

const { content, report } = await openPage("authenticator");
const key = make("input", { name: "key", autocomplete: "off", required: true, spellcheck: false });
const shown = make("p.card", { role: "status", hidden: true });
const form = make(
  "form.tall",
  { onsubmit },
  make("label", {}, word("authenticator-key"), key),
  make("button.main", {}, word("authenticator-show")),
);
content.append(make("p.lead", {}, word("authenticator-lead")), form, shown);

let secret;

function onsubmit(event) {
  event.preventDefault();
  report(async () => {
    secret = await readKey(key.value);
    await show();
  });
}

/** The code changes by itself; one that is gone is no use. */
setInterval(() => secret !== undefined && void show(), 1_000);

async function show() {
  const now = Math.floor(Date.now() / 1_000);
  const code = await codeAt(secret, Math.floor(now / STEP_SECONDS));
  const left = STEP_SECONDS - (now % STEP_SECONDS);
  shown.hidden = false;
  if (shown.dataset.code !== code) {
    shown.dataset.code = code;
    fill(shown, `${word("authenticator-code")}: `, make("strong.code", {}, code), make("small.soft", {}));
  }
  // The seconds are no news worth being read out each time.
  shown.lastChild.setAttribute("aria-hidden", "true");
  shown.lastChild.textContent = ` ${left} ${word("authenticator-left")}`;
}

async function readKey(text) {
  const letters = text.toUpperCase().replaceAll(/[^A-Z0-9]/g, "");
  const bits = [...letters].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, "0")).join("");
  if (letters.length < 16 || !/^[01]+$/.test(bits)) throw new Error(word("authenticator-wrong"));
  const bytes = (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  const algorithm = { name: "HMAC", hash: "SHA-1" };
  return await crypto.subtle.importKey("raw", Uint8Array.from(bytes), algorithm, false, ["sign"]);
}

/** RFC 6238: six digits of the step's HMAC. */
async function codeAt(hmac, step) {
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(step));
  const digest = new DataView(await crypto.subtle.sign("HMAC", hmac, counter));
  const offset = digest.getUint8(19) & 15;
  return String((digest.getUint32(offset) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, "0");
}
