import { get, post } from "../api.js";
import { fill, make } from "../dom.js";
import { makeDownloadForm } from "../download-form.js";
import { makeHistory } from "../download-list.js";
import { followDownload } from "../download-progress.js";
import { openPage } from "../frame.js";
import { word } from "../words.js";

const { content, me, report } = await openPage("downloads");
const progress = make("div");
const history = makeHistory({ me, report, again: useConsent });
/** The ask that was agreed to, and is asked for again: its fields and words have to be the same. */
let approval;

await report(async () => {
  const { offers, limits } = await get("/exports/offers");
  const [offer] = offers;
  content.append(
    make("p.lead", {}, word("downloads-lead")),
    make("p.soft", {}, `${word("limit-of-day")}: ${limits.staffDayRows}`),
    makeDownloadForm(offer, (ask) => report(() => begin(ask))),
    progress,
    make("h2", {}, word("history")),
    history.list,
  );
  await history.load();
});

async function begin(ask) {
  const consent = approval === undefined ? {} : { approval };
  try {
    const begun = await post("/exports", { ...ask, ...consent });
    approval = undefined;
    document.querySelector("input[name=password]").value = "";
    await followDownload(progress, begun, report, history.load);
  } catch (error) {
    if (error.reason === "download-limit")
      fill(progress, make("p.why", { role: "alert" }, word("needs-consent")));
    await history.load();
    throw error;
  }
}

/** Fills the form as it was when it was agreed to; the password is asked for anew. */
function useConsent({ id, purpose, why, fields, filter, format }) {
  approval = id;
  const form = document.querySelector("form.tall");
  const set = (name, value) => {
    form.elements.namedItem(name).value = value;
  };
  set("purpose", purpose);
  form.elements.namedItem("purpose").dispatchEvent(new Event("change"));
  const { filter: narrowed = {} } = JSON.parse(filter);
  for (const [name, value] of Object.entries({ why, format, state: "", orderNo: "", ...narrowed }))
    set(name, value);
  for (const box of form.querySelectorAll("input[name=fields]")) box.checked = fields.includes(box.value);
  form.elements.namedItem("password").focus();
}
