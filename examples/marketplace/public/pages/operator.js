import { post } from "../api.js";
import { claimForm } from "../claim-form.js";
import { make } from "../dom.js";
import { openPage } from "../frame.js";
import { makeChoice, makeList, makeText } from "../list-view.js";
import { showLine } from "../order-view.js";
import { word } from "../words.js";

const STATES = ["unpaid", "paid", "preparing", "shipping", "delivered", "confirmed", "cancelled", "returned"];

const { content, report } = await openPage("operator-desk");
const filters = [makeText("orderNo", "order-no"), makeChoice("state", "state", STATES)];
content.append(makeList({ path: "/api/operator/orders", filters, show, report }));

function show(line, reload) {
  const tell = (claim) =>
    report(async () => {
      await post("/api/operator/claims", { ...claim, line: line.id });
      await reload();
    });
  const closers = line.claims.filter((claim) => claim.closedAt === null).map((claim) => closer(claim, tell));
  return showLine(line, [...closers, line.state !== "unpaid" && claimForm(tell)]);
}

function closer({ type, reason }, tell) {
  const close = () => tell({ type, reason, action: "close" });
  return make("button", { onclick: close }, `${word("close-claim")}: ${word(type)}`);
}
