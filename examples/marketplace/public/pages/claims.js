import { openPage } from "../frame.js";
import { makeChoice, makeList } from "../list-view.js";
import { showLine } from "../order-view.js";

const { content, report } = await openPage("claims");
const filters = [makeChoice("type", "claim-type", ["return", "exchange", "cancellation", "service"], false)];
content.append(makeList({ path: "/api/claims", filters, show: (line) => showLine(line), report }));
