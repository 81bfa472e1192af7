import { get, leaveFor, post } from "./api.js";
import { fill, make } from "./dom.js";
import { switchLanguage, word } from "./words.js";

const LINKS = {
  staff: [
    ["/orders", "orders"],
    ["/claims?type=return", "claims"],
    ["/reviews", "reviews"],
  ],
  operator: [
    ["/operator", "operator-desk"],
    ["/privacy/pages/staff", "staff-desk"],
  ],
  auditor: [["/privacy/pages/auditor/search", "records"]],
  buyer: [
    ["/my", "my-orders"],
    ["/reviews", "reviews"],
    ["/privacy/pages/my", "my-accesses"],
  ],
};

/** Pages on which nobody has to be logged in. */
const OPEN_PAGES = ["/", "/log-in", "/reviews"];

/**
 * Builds header and main part of a page.
 *
 * @param {string} title - key of the heading's word
 * @returns the element for the content, under the heading; who is logged in; and what runs their deeds
 */
export async function openPage(title) {
  const content = make("div");
  const status = make("p.wrong", { role: "alert", tabIndex: -1 });
  const me = await get("/api/me").catch(() => null);
  const session = hasSession(me) ? await import("/privacy/session.js") : undefined;
  document.title = `${word(title)} · ${word("market")}`;
  const main = make("main", { id: "main", tabIndex: -1 }, make("h1", {}, word(title)), status, content);
  document.body.append(makeSkip(), makeHeader(me), main);
  return { content, me, report: reporter(status, session) };
}

/** Buyers are the data subjects: Garim keeps no session of theirs. */
function hasSession(me) {
  return me !== null && me.kind !== "buyer";
}

/**
 * Runs what a person asked for. What it did has extended the session, so the countdown is set anew; what a log-in or a second
 * factor mends leads there; anything else that went wrong is said, and the keyboard is where it is said.
 */
function reporter(status, session) {
  return async (deed) => {
    fill(status);
    try {
      await deed();
      session?.ask();
    } catch (error) {
      if (leaveFor(error)) return;
      fill(status, error.message);
      status.focus();
    }
  };
}

function makeSkip() {
  return make("a.skip", { href: "#main" }, word("skip"));
}

function makeHeader(me) {
  const account = hasSession(me)
    ? [...makeCountdown(), makeLink(["/privacy/pages/security", "security"])]
    : [];
  return make(
    "header",
    {},
    make("a.brand", { href: "/" }, word("market")),
    make("nav", { "aria-label": word("menu") }, ...linksOf(me).map(makeLink)),
    ...account,
    make("button.plain", { onclick: switchLanguage, lang: word("switch-lang") }, word("switch-language")),
    me === null
      ? make("a", { href: "/log-in" }, word("log-in"))
      : make("button.plain", { onclick: () => leave(me) }, `${me.user} · ${word("log-out")}`),
  );
}

function linksOf(me) {
  const may = (...roles) => roles.some((role) => me?.roles.includes(role));
  const files = may("owner", "downloader") ? [["/downloads", "downloads"]] : [];
  const owners = may("owner")
    ? [
        ["/privacy/pages/tools", "tools-desk"],
        ["/privacy/pages/staff", "staff-desk"],
        ["/privacy/pages/accesses", "accesses-desk"],
      ]
    : [];
  return [...(LINKS[me?.kind] ?? []), ...files, ...owners];
}

/** How long the session lives, kept by Garim's own script; and before its end, a way to stay. */
function makeCountdown() {
  const stay = make("button.main", { hidden: true, "data-garim-stay": "" }, word("stay"));
  document.addEventListener("garim:ending", () => {
    stay.hidden = false;
  });
  stay.addEventListener("click", () => {
    stay.hidden = true;
  });
  document.addEventListener("garim:ended", ({ detail: { reason } }) => {
    if (!OPEN_PAGES.includes(location.pathname)) leaveFor({ page: "/log-in", reason });
  });
  return [make("span.session", { role: "timer", "data-garim-countdown": "" }), stay];
}

function makeLink([href, key]) {
  const isHere = location.pathname === href.split("?")[0];
  return make("a", { href, "aria-current": isHere ? "page" : "false" }, word(key));
}

/** Ends Garim's session, and with it the marketplace's; a buyer has only the latter. */
async function leave(me) {
  if (hasSession(me)) await post("/privacy/sign-out").catch(() => undefined);
  await post("/logout").catch(() => undefined);
  location.assign("/");
}
