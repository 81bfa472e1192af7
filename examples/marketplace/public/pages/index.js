import { get } from "../api.js";
import { make } from "../dom.js";
import { openPage } from "../frame.js";
import { word } from "../words.js";

/** The tool that `npm start` opens beside the market, where both are at the ports they have unless told otherwise. */
const MARKET_PORT = "3000";
const TOOL_PORT = "3100";

/** What a newcomer does, in the seats of three people: who logs in, and how many steps there are words for. */
const STORIES = [
  { name: "story-staff", users: ["dasom-owner", "buyer-1"], steps: 4 },
  { name: "story-tool", users: [], steps: 3 },
  { name: "story-auditor", users: ["auditor"], steps: 4 },
];

/** Buyers have orders by the hundred; what they can confirm was delivered. */
const GOALS = { "buyer-1": "/my?state=delivered" };

const { content, report } = await openPage("market");

await report(async () => {
  const { password, logIns } = await get("/api/demo");
  const shops = [...new Set(logIns.map((one) => one.seller))];
  content.append(
    make("p.lead", {}, word("demo-lead")),
    showPassword(password),
    make("div.stories", {}, ...STORIES.map((story) => showStory(story, logIns))),
    make(
      "details",
      {},
      make("summary", {}, word("all-log-ins")),
      ...shops.flatMap((shop) =>
        showShop(
          shop,
          logIns.filter((one) => one.seller === shop),
        ),
      ),
    ),
  );
});

function showPassword(password) {
  const told = make("span.soft", { role: "status" });
  const copy = () =>
    report(async () => {
      await navigator.clipboard.writeText(password);
      told.textContent = ` ${word("copied")}`;
    });
  const button = make("button", { onclick: copy }, word("copy"));
  return make("p", {}, `${word("demo-password")}: `, make("code", {}, password), " ", button, told);
}

function showStory({ name, users, steps }, logIns) {
  const items = Array.from({ length: steps }, (_, i) => make("li", {}, word(`${name}-${i + 1}`)));
  const known = users.filter((user) => logIns.some((one) => one.user === user));
  return make(
    "section.card.story",
    { "aria-labelledby": name },
    make("h2", { id: name }, word(name)),
    make("ol", {}, ...items),
    make("p.row", {}, ...known.map(linkToLogIn), ...linksOf(name)),
  );
}

function linkToLogIn(user, i) {
  const goal = GOALS[user];
  const href = `/log-in?${new URLSearchParams({ user, ...(goal && { return: goal }) })}`;
  return make(i === 0 ? "a.button.main" : "a.button", { href }, `${word("log-in-as")} ${user}`);
}

function linksOf(name) {
  if (name !== "story-tool")
    return [make("a.button", { href: "/authenticator", target: "_blank" }, word("authenticator"))];
  if (location.port !== MARKET_PORT) return [make("span.soft", {}, word("story-tool-where"))];
  // The tool calls itself by its number: sellers come back to that, and cookies know only one of both names.
  const host = location.hostname === "localhost" ? "127.0.0.1" : location.hostname;
  const href = `${location.protocol}//${host}:${TOOL_PORT}/?language=${document.documentElement.lang}`;
  return [make("a.button.main", { href, target: "_blank", rel: "noreferrer" }, word("story-tool-open"))];
}

function showShop(shop, logIns) {
  return [
    make("h3", {}, shop === null ? word("the-market") : `${word("seller")} ${shop}`),
    make("div.cards", {}, ...logIns.map(showLogIn)),
  ];
}

function showLogIn({ user, kind, role }) {
  const key = role ?? kind;
  return make(
    "a.card",
    { href: `/log-in?${new URLSearchParams({ user })}` },
    make("strong", {}, user),
    make("div", {}, word(key === "claims" ? "claimsRole" : key)),
    make("div.soft", {}, word(`try-${key}`)),
  );
}
