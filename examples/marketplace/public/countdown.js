import { get } from "./api.js";
import { fill } from "./dom.js";
import { word } from "./words.js";

/** How often the server is asked; asking extends nothing. */
const ASK_EVERY_MS = 30_000;

/** Shows in an element how long the session still lives, and goes to the log-in when it has ended. */
export function startCountdown(element) {
  let endsAt;
  const ask = async () => {
    const session = await get("/privacy/session").catch(() => undefined);
    if (session?.state === "live") endsAt = Math.min(session.idleAt, session.absoluteAt);
    else if (session?.state === "none") leave(session.reason);
  };
  const show = () => {
    if (endsAt === undefined) return;
    const seconds = Math.max(0, Math.ceil((endsAt - Date.now()) / 1000));
    fill(element, `${word("ends-in")} ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
    if (seconds === 0) ask();
  };
  ask().then(show);
  setInterval(ask, ASK_EVERY_MS);
  setInterval(show, 1000);
  // What was just done has extended the session.
  document.addEventListener("market:activity", () => ask().then(show));
}

function leave(reason) {
  const next = location.pathname + location.search;
  if (location.pathname !== "/" && location.pathname !== "/log-in")
    location.assign(`/log-in?${new URLSearchParams({ reason, next })}`);
}
