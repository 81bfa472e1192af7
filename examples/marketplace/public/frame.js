import { get, post } from "./api.js";
import { startCountdown } from "./countdown.js";
import { fill, make } from "./dom.js";
import { switchLanguage, word } from "./words.js";

/** Where each kind of people works. */
export const HOMES = { staff: "/orders", operator: "/operator", auditor: "/auditor", buyer: "/my" };

const LINKS = {
  staff: [
    ["/orders", "orders"],
    ["/claims?type=return", "claims"],
  ],
  operator: [["/operator", "operator-desk"]],
  auditor: [["/auditor", "records"]],
  buyer: [["/my", "my-orders"]],
};

/**
 * Builds header and main part of a page.
 *
 * @param {string} title - key of the heading's word
 * @returns the element for the content, under the heading
 */
export async function openPage(title) {
  const content = make("div");
  const status = make("p.wrong", { role: "alert" });
  const me = await get("/api/me").catch(() => null);
  document.title = `${word(title)} · ${word("market")}`;
  document.body.append(makeHeader(me), make("main", {}, make("h1", {}, word(title)), status, content));
  return { content, me, report: reporter(status) };
}

/** Runs what a person asked for and says what went wrong with it. */
function reporter(status) {
  return async (deed) => {
    fill(status);
    try {
      await deed();
    } catch (error) {
      fill(status, error.message);
    }
  };
}

function makeHeader(me) {
  const session = make("span.session", { role: "timer" });
  if (me !== null && me.kind !== "buyer") startCountdown(session);
  return make(
    "header",
    {},
    make("a.brand", { href: "/" }, word("market")),
    make("nav", {}, ...(LINKS[me?.kind] ?? []).map(makeLink)),
    session,
    make("button.plain", { onclick: switchLanguage }, word("switch-language")),
    me === null
      ? make("a", { href: "/log-in" }, word("log-in"))
      : make("button.plain", { onclick: () => leave(me) }, `${me.user} · ${word("log-out")}`),
  );
}

function makeLink([href, key]) {
  const isHere = location.pathname === href.split("?")[0];
  return make("a", { href, "aria-current": isHere ? "page" : "false" }, word(key));
}

/** Ends Garim's session, and with it the marketplace's; a buyer has only the latter. */
async function leave(me) {
  if (me.kind !== "buyer") await post("/privacy/sign-out").catch(() => undefined);
  await post("/logout").catch(() => undefined);
  location.assign("/");
}
