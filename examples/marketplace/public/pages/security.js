import { get, patch, remove } from "../api.js";
import { makeDeed } from "../deed.js";
import { askFirst, askText } from "../dialog.js";
import { fill, make } from "../dom.js";
import { enrolApp, enrolPasskey } from "../enrolment.js";
import { showFactors } from "../factor-list.js";
import { openPage } from "../frame.js";
import { hasPasskeys } from "../passkey.js";
import { showNewCodes } from "../recovery-codes.js";
import { showSessions } from "../session-list.js";
import { word } from "../words.js";

const { content, report } = await openPage("security");
await report(load);

async function load() {
  const [list, { sessions }] = await Promise.all([get("/privacy/factors"), get("/privacy/sessions")]);
  fill(content, ...makeFactors(list), ...makeCodes(list), ...makeSessions(sessions));
}

function makeFactors({ factors }) {
  const place = make(
    "div",
    {},
    makeAdders(() => place),
  );
  return [
    make("h2", {}, word("factors")),
    make("p.soft", {}, word("factors-lead")),
    showFactors(factors, (factor) => [
      makeButton("rename", () => rename(factor), factor.name),
      factors.length > 1 && makeButton("remove", () => removeFactor(factor), factor.name),
    ]),
    place,
  ];
}

function makeAdders(placeOf) {
  return make(
    "div.row",
    {},
    makeButton("add-app", () => addApp(placeOf())),
    hasPasskeys && makeButton("add-passkey", addPasskey),
  );
}

async function addApp(place) {
  const name = await askName("add-app", "factor-totp");
  if (name !== undefined) await enrolApp({ name, place, report, done: load });
}

async function addPasskey() {
  const name = await askName("add-passkey", "factor-passkey");
  if (name === undefined) return;
  await enrolPasskey(name);
  await load();
}

function askName(title, value) {
  return askText({ title: word(title), label: word("factor-name"), deed: word("go-on"), value: word(value) });
}

async function rename({ id, name: value }) {
  const name = await askText({
    title: word("rename"),
    label: word("factor-name"),
    deed: word("rename"),
    value,
  });
  if (name === undefined) return;
  await patch(`/privacy/factors/${id}`, { name });
  await load();
}

async function removeFactor({ id, name }) {
  if (
    !(await askFirst({
      title: `${word("remove")}: ${name}`,
      text: word("remove-does"),
      deed: word("remove"),
    }))
  )
    return;
  await remove(`/privacy/factors/${id}`);
  await load();
}

function makeCodes({ recoveryCodesLeft: left }) {
  const place = make(
    "div",
    {},
    makeButton("new-codes", () => makeNew(left, place)),
  );
  return [
    make("h2", {}, word("recovery-codes")),
    make("p", {}, `${word("codes-left")}: ${left}`),
    make("p.soft", {}, word("codes-why")),
    place,
  ];
}

async function makeNew(left, place) {
  const question = { title: word("new-codes"), text: word("new-codes-does"), deed: word("new-codes") };
  if (left > 0 && !(await askFirst(question))) return;
  await showNewCodes(place, makeButton("codes-kept", load));
}

function makeSessions(sessions) {
  const others = sessions.filter(({ isCurrent }) => !isCurrent);
  return [
    make("h2", {}, word("sessions")),
    make("p.soft", {}, word("sessions-lead")),
    showSessions(sessions, ({ name, device, isCurrent }) =>
      isCurrent ? [] : [makeButton("end-session", () => end(`/privacy/sessions/${name}`), device)],
    ),
    others.length > 1 && makeButton("end-others", () => end("/privacy/sessions")),
  ];
}

async function end(path) {
  await remove(path);
  await load();
}

function makeButton(key, deed, of) {
  return makeDeed(key, () => report(deed), of);
}
