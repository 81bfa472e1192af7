import { asked, remember } from "../address.js";
import { get, post, remove } from "../api.js";
import { makeDeed } from "../deed.js";
import { askFirst } from "../dialog.js";
import { fill, make } from "../dom.js";
import { showFactors } from "../factor-list.js";
import { openPage } from "../frame.js";
import { showSessions } from "../session-list.js";
import { moment, word } from "../words.js";

/** What changes a member's rights, by how they stand. */
const RIGHTS = {
  active: ["dismiss"],
  dormant: ["reactivate", "dismiss"],
  dismissed: ["reinstate"],
};

const { content, me, report } = await openPage("staff-desk");
const told = make("p.done", { role: "status" });
const list = make("ul.lines");

content.append(make("p.lead", {}, word("staff-lead")));
if (me?.kind === "operator") await report(chooseSeller);
content.append(told, list);
await report(load);

/** The operator helps any seller, one at a time. */
async function chooseSeller() {
  const sellers = await get("/api/sellers");
  const { seller = sellers[0] } = asked();
  remember({ seller });
  const options = sellers.map((id) => make("option", { value: id }, id));
  const onchange = ({ target }) => {
    remember({ seller: target.value });
    report(load);
  };
  const choice = make("select", { onchange }, ...options);
  choice.value = seller;
  content.append(make("form", {}, make("label", {}, word("seller"), choice)));
}

async function load() {
  const staff = await get(`/api/staff${sellerQuery()}`);
  fill(list, ...staff.map(showMember));
}

/** An owner has one seller, and need not name it. */
function sellerQuery() {
  return me.kind === "operator" ? `?${new URLSearchParams({ seller: asked().seller })}` : "";
}

/** Each look at an account is on record, so it is asked for only once it is opened. */
function showMember(member) {
  const account = make("div.account");
  const ontoggle = ({ target }) => {
    if (!target.open) return;
    remember({ of: member.id });
    report(() => fillAccount(account, member));
  };
  const roles = member.roles.map((role) => word(role === "claims" ? "claimsRole" : role)).join(", ");
  const title = make("summary", {}, make("strong", {}, member.id), " ", make("span.soft", {}, roles));
  const open = asked().of === member.id;
  return make("li.card", {}, make("details", { ontoggle, open }, title, account));
}

async function fillAccount(place, member) {
  if (member.id === me.id) return fill(place, makeOwn());
  const { factors, sessions, standing } = await get(pathOf(member));
  const reload = () => fillAccount(place, member);
  const endOne = ({ name, device }) => {
    const end = () => tell(member, "end-session", () => remove(pathOf(member, `/sessions/${name}`)), reload);
    return [makeButton("end-session", end, device)];
  };
  fill(
    place,
    showStanding(standing),
    showLock(factors),
    make("h2", {}, word("factors")),
    showFactors(factors.factors),
    make("h2", {}, word("sessions")),
    showSessions(sessions, endOne),
    make("div.row", {}, ...makeDeeds(member, { factors, sessions, standing }, reload)),
  );
}

function pathOf({ id }, deed = "") {
  return `/privacy/staff/${encodeURIComponent(id)}${deed}${sellerQuery()}`;
}

function makeOwn() {
  return make("p", {}, `${word("own-account")} `, make("a", { href: "/security" }, word("security")));
}

function showLock({ lockedUntil, isDisabled }) {
  if (isDisabled) return make("p.wrong", {}, word("disabled"));
  return lockedUntil !== null && make("p.wrong", {}, `${word("locked-until")} ${moment(lockedUntil)}`);
}

/** Why a member cannot come in, where that is so, and since when. */
function showStanding({ state, usedAt, dismissedAt }) {
  if (state === "active") return false;
  return make("p.wrong", {}, `${word(state)} ${moment(dismissedAt ?? usedAt)}`);
}

/** What can be done for a member, if it can do anything; each says first what it does. */
function makeDeeds(member, { factors: { factors, lockedUntil, isDisabled }, sessions, standing }, reload) {
  const isLocked = lockedUntil !== null || isDisabled;
  const send = (deed) => () => post(pathOf(member, `/${deed}`));
  const deeds = [
    isLocked && ["unlock", send("unlock")],
    factors.length > 0 && ["reset", send("reset")],
    sessions.length > 0 && ["end-sessions", () => remove(pathOf(member, "/sessions"))],
    ...RIGHTS[standing.state].map((deed) => [deed, send(deed)]),
  ];
  return deeds.filter(Boolean).map(([key, deed]) => askThen(member, key, deed, reload));
}

function askThen(member, key, deed, reload) {
  const question = { title: `${word(key)}: ${member.id}`, text: word(`${key}-does`), deed: word(key) };
  const ask = async () => {
    if (await askFirst(question)) await tell(member, key, deed, reload);
  };
  return makeButton(key, ask, member.id);
}

async function tell({ id }, key, deed, reload) {
  await deed();
  await reload();
  fill(told, `${id}: ${word(key)} · ${word("is-done")}`);
}

function makeButton(key, deed, of) {
  return makeDeed(key, () => report(deed), of);
}
