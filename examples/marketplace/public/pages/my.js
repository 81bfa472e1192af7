import { post } from "../api.js";
import { claimForm } from "../claim-form.js";
import { make } from "../dom.js";
import { openPage } from "../frame.js";
import { makeChoice, makeList } from "../list-view.js";
import { STATES, showLine } from "../order-view.js";
import { postForm } from "../post-form.js";
import { word } from "../words.js";

const { content, report } = await openPage("my-orders");
const filters = [makeChoice("state", "state", STATES)];
content.append(makeList({ path: "/api/my/orders", filters, show, report }));

function show(line, reload) {
  const path = `/api/my/lines/${encodeURIComponent(line.id)}`;
  const tell = async (deed, value) => {
    await post(`${path}/${deed}`, value);
    await reload();
  };
  const confirm = () => report(() => tell("confirm"));
  const actions = [
    line.state === "delivered" && make("button.main", { onclick: confirm }, word("confirm-purchase")),
    line.state !== "unpaid" && claimForm((claim) => report(() => tell("claims", claim))),
    line.state !== "unpaid" && postForm((text) => report(() => tell("posts", text))),
  ];
  return showLine(line, actions, line.orderNo);
}
