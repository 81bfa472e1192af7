import { get, post } from "./api.js";
import { fill, make } from "./dom.js";
import { moment, word } from "./words.js";

const PACE_MS = 700;
/** Until the ledger says that a file was fetched. */
const FETCH_MS = 1_500;

/**
 * Follows a file until it is made, or is not, and lets it be fetched.
 *
 * @param {HTMLElement} place - where it is shown
 * @param {{ id: string, link: string }} begun
 * @param {(deed: () => Promise<void>) => Promise<void>} report
 * @param {() => Promise<void>} onEnd - it is made, fetched, or there is none
 */
export function followDownload(place, { id, link }, report, onEnd) {
  const cancel = () => report(() => post(`/exports/${id}/cancel`));
  const look = async () => {
    const told = await get(`/exports/${id}`);
    if (told.state === "running") {
      fill(place, showRunning(told, cancel));
      setTimeout(() => report(look), PACE_MS);
      return;
    }
    const onFetch = () => {
      fill(place);
      setTimeout(onEnd, FETCH_MS);
    };
    fill(place, told.state === "ready" ? showReady(told, link, onFetch) : showEnded(told));
    await onEnd();
  };
  return report(look);
}

function showRunning({ rows, percent }, cancel) {
  const value = percent === null ? {} : { value: percent };
  return make(
    "section.card",
    {},
    make("h2", {}, word("being-made")),
    make("progress", { max: 100, ...value, "aria-label": word("being-made") }),
    make("p", { role: "status" }, `${rows} ${word("rows")}${percent === null ? "" : ` · ${percent}%`}`),
    make("button", { type: "button", onclick: cancel }, word("cancel-file")),
  );
}

function showReady({ id, rows, linkUntil }, link, onFetch) {
  const href = `/exports/${id}/file?${new URLSearchParams({ key: link })}`;
  return make(
    "section.card",
    {},
    make("h2", {}, word("download-ready")),
    make("p", {}, `${rows} ${word("rows")} · ${moment(linkUntil)} ${word("fetch-until")}`),
    // A link that is gone with the click would fetch nothing.
    make("a.button.main", { href, download: "", onclick: () => setTimeout(onFetch) }, word("fetch-file")),
  );
}

function showEnded({ state, because }) {
  return make(
    "section.card",
    {},
    make("h2", {}, word(`download-${state}`)),
    make("p.wrong", { role: "alert" }, because ?? ""),
  );
}
