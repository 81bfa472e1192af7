import { get } from "../api.js";
import { make } from "../dom.js";
import { openPage } from "../frame.js";
import { word } from "../words.js";

const { content, report } = await openPage("market");

await report(async () => {
  const { password, logIns } = await get("/api/demo");
  const shops = [...new Set(logIns.map((one) => one.seller))];
  content.append(
    make("p.lead", {}, word("demo-lead")),
    make("p", {}, `${word("demo-password")}: `, make("code", {}, password)),
    ...shops.flatMap((shop) =>
      showShop(
        shop,
        logIns.filter((one) => one.seller === shop),
      ),
    ),
  );
});

function showShop(shop, logIns) {
  return [
    make("h2", {}, shop === null ? word("the-market") : `${word("seller")} ${shop}`),
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
