import { post } from "../api.js";
import { make } from "../dom.js";
import { openPage } from "../frame.js";
import { makeChoice, makeList, makeText } from "../list-view.js";
import { STATES, showLine } from "../order-view.js";
import { word } from "../words.js";

const STEPS = { paid: "prepare", preparing: "ship", shipping: "deliver" };

const { content, report } = await openPage("orders");
const filters = [makeText("orderNo", "order-no"), makeChoice("state", "state", STATES)];
content.append(makeList({ path: "/api/orders", filters, show, report }));

function show(line, reload) {
  const step = STEPS[line.state];
  const take = async () => {
    await post(`/api/lines/${encodeURIComponent(line.id)}/${step}`);
    await reload();
  };
  const button = make("button", { onclick: () => report(take) }, word(step ?? ""));
  return showLine(line, step === undefined ? [] : [button]);
}
