import { post, postForFile } from "../api.js";
import { make } from "../dom.js";
import { openPage } from "../frame.js";
import { makeQuestion } from "../record-question.js";
import { makeRecordTable } from "../record-table.js";
import { word } from "../words.js";

const { content, report } = await openPage("records");
const question = makeQuestion(() => report(ask));
const table = makeRecordTable();
const told = make("p.soft", { role: "status" });
/** Records that cannot be relied on: said before anything else. */
const broken = make("p.why.wrong", { role: "alert", hidden: true });
const older = make("button", { onclick: () => report(loadOlder), hidden: true }, word("records-older"));
const save = make("button", { onclick: () => report(download) }, word("records-save"));
/** The last question: what an older one is still answered with comes too late. */
let last;
/** Where the page that follows begins; `null` where none does. */
let next = null;

content.append(make("p.lead", {}, word("records-lead")), question.form, broken, told, table.region);
content.append(make("div.row", {}, older, save));
await report(ask);

/** Asks anew. What was asked stays put while pages follow, whatever is typed meanwhile. */
async function ask() {
  last = question.read();
  table.clear();
  await load(last);
}

/** Once for each page, however often it is pressed. */
async function loadOlder() {
  older.disabled = true;
  await load(last, { before: next }).finally(() => {
    older.disabled = false;
  });
}

/** By `POST`: a buyer's id or a phone number in an address would stand in the logs of every proxy. */
async function load(asked, place = {}) {
  const { verb, body } = asked;
  const page = await post(`/auditor/${verb}`, { ...body, ...place, limit: 50 });
  if (asked !== last) return;
  table.add(page);
  next = page.next;
  older.hidden = next === null;
  tell();
}

/** Everything the question finds. A file that leaves takes a fresh second factor; its hash is on record first. */
async function download() {
  const { verb, body } = last;
  const file = await postForFile("/auditor/exports", { ...body, verb, format: "csv" });
  const href = URL.createObjectURL(file);
  make("a", { href, download: file.name }).click();
  URL.revokeObjectURL(href);
}

function tell() {
  const { count, damaged } = table;
  told.textContent = count === 0 ? word("nothing") : `${count}${word("records-shown")}`;
  broken.hidden = damaged.length === 0;
  broken.textContent = `${word("records-damaged")} ${damaged.map((seq) => `#${seq}`).join(", ")}. ${word("records-verify")}`;
}
