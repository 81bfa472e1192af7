import { get } from "../api.js";
import { make } from "../dom.js";
import { openPage } from "../frame.js";
import { showItem, showPeople, showWhy } from "../order-view.js";
import { word } from "../words.js";

const { content, report } = await openPage("orders");
const number = new URLSearchParams(location.search).get("no") ?? "";

await report(async () => {
  const order = await get(`/api/orders/${encodeURIComponent(number)}`);
  content.append(
    make("p.lead", {}, `${word("order-no")} ${order.orderNo} · ${word("seller")} ${order.seller}`),
    make("section.card", {}, showPeople(order), showWhy(order)),
    make("ul.lines", {}, ...order.lines.map((line) => make("li.card", {}, ...showItem(line)))),
  );
});
