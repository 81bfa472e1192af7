// @ts-check
/**
 * The countdown of a Garim session, for the host's pages:
 *
 *     <script type="module" src="/privacy/session.js"></script>
 *     <p data-garim-countdown></p> <button data-garim-stay>로그인 유지</button>
 *
 * It fires `garim:ending` two minutes before the session ends, `garim:extended` when somebody stayed after that, here or in another
 * tab, and `garim:ended` when it has ended, all on `document`. It only shows what the server says: nothing here keeps a session alive but `stay()`.
 */

/** @typedef {{ readonly state: "live", readonly endsAt: number } | { readonly state: "none", readonly reason: string }} View */

/** Beside this very module, wherever the host has mounted it. */
const ENDPOINT = new URL("./session", import.meta.url);

const ASK_EVERY_MS = 60_000;
const WARN_BEFORE_MS = 120_000;

const WORDS = {
  ko: { left: (/** @type {string} */ time) => `남은 시간 ${time}`, ended: "접속이 끝났습니다" },
  en: { left: (/** @type {string} */ time) => `${time} left`, ended: "The session has ended" },
};

/** The other tabs of this browser: what one has learned, all know. @type {BroadcastChannel | undefined} */
const tabs =
  "BroadcastChannel" in globalThis ? new BroadcastChannel(`garim ${ENDPOINT.pathname}`) : undefined;

/** @type {View | undefined} */
let view;
/** By this page's clock, as `endsAt`. */
let askedAt = 0;
let hasWarned = false;
let hasLived = false;

/** Asks the server how long the session lives. Asking extends nothing. */
export function ask() {
  return learn("GET");
}

/** "Stay signed in": tells the server that somebody is here. */
export function stay() {
  return learn("POST");
}

/** @param {"GET" | "POST"} method */
async function learn(method) {
  askedAt = Date.now();
  const headers = { Accept: "application/json" };
  const answer = await fetch(ENDPOINT, { method, headers, cache: "no-store" }).catch(() => undefined);
  // Without an answer nothing is known that was not known before; it is asked again within a minute.
  const learned = answer && readView(await answer.json().catch(() => undefined));
  if (learned === undefined) return;
  adopt(learned);
  tabs?.postMessage(learned);
}

/**
 * The server tells its ends by its own clock, and what that clock shows: the page's may be wrong.
 *
 * @param {any} told - the answer of `/session`, or a problem
 * @returns {View | undefined} nothing where the server could not tell
 */
function readView(told) {
  if (told?.state === "live")
    return { state: "live", endsAt: Date.now() + Math.min(told.idleAt, told.absoluteAt) - told.now };
  const isOver = told?.state === "none" ? told.reason !== "unavailable" : told?.status === 401;
  return isOver ? { state: "none", reason: told.reason } : undefined;
}

/** @param {View} learned */
function adopt(learned) {
  const hasEnded = view?.state === "live" && learned.state === "none";
  view = learned;
  hasLived ||= learned.state === "live";
  const isExtended = hasWarned && leftMs() > WARN_BEFORE_MS;
  if (isExtended) hasWarned = false;
  show();
  if (isExtended) fire("garim:extended", {});
  if (hasEnded && learned.state === "none") fire("garim:ended", { reason: learned.reason });
}

function tick() {
  if (view?.state !== "live") return;
  show();
  const left = leftMs();
  if (left <= WARN_BEFORE_MS && !hasWarned) {
    hasWarned = true;
    fire("garim:ending", { leftMs: left });
  }
  // Only the server ends a session: somebody may have been active where this page cannot see it.
  if (isDue(view.endsAt)) ask();
}

/** Once a minute while somebody sees the page; and once when the time is up, seen or not. @param {number} endsAt */
function isDue(endsAt) {
  const now = Date.now();
  return (now >= endsAt && askedAt < endsAt) || (now - askedAt >= ASK_EVERY_MS && !document.hidden);
}

function leftMs() {
  return view?.state === "live" ? view.endsAt - Date.now() : 0;
}

function show() {
  const text = textOf();
  for (const element of document.querySelectorAll("[data-garim-countdown]")) {
    element.setAttribute("data-garim-state", view?.state ?? "none");
    if (element.textContent !== text) element.textContent = text;
  }
}

function textOf() {
  const words = document.documentElement.lang.startsWith("en") ? WORDS.en : WORDS.ko;
  if (view?.state !== "live") return hasLived ? words.ended : "";
  const seconds = Math.max(0, Math.ceil(leftMs() / 1000));
  return words.left(`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
}

/**
 * @param {string} name
 * @param {object} detail
 */
function fire(name, detail) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

if (tabs !== undefined)
  tabs.onmessage = ({ data }) => {
    askedAt = Date.now();
    adopt(data);
  };
document.addEventListener("visibilitychange", () => document.hidden || ask());
document.addEventListener("click", ({ target }) => {
  if (target instanceof Element && target.closest("[data-garim-stay]") !== null) stay();
});
setInterval(tick, 1_000);
ask();
