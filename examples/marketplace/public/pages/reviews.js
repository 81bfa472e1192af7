import { post } from "../api.js";
import { make } from "../dom.js";
import { openPage } from "../frame.js";
import { makeList, makeText } from "../list-view.js";
import { replyForm } from "../post-form.js";
import { moment, word } from "../words.js";

const { content, me, report } = await openPage("reviews");
content.append(makeList({ path: "/api/posts", filters: [makeText("seller", "seller")], show, report }));

function show({ id, kind, seller, product, text, writtenAt, reply, repliedAt }, reload) {
  const place = [product, seller, moment(writtenAt)].map((part) => make("span", {}, part));
  const answer = make("p.soft", {}, `${word("reply")} · ${moment(repliedAt)}: ${reply}`);
  return make(
    "li.card",
    {},
    make("div.row.soft", {}, make("span.badge", {}, word(kind)), ...place),
    make("p", {}, text),
    reply !== null && answer,
    seller === me?.seller && replyForm((words) => send(id, words, reload)),
  );
}

/** @returns what could be posted instead, where the reply is held */
async function send(id, text, reload) {
  let suggestion;
  await report(async () => {
    try {
      await post(`/api/posts/${encodeURIComponent(id)}/reply`, { text });
    } catch (refusal) {
      suggestion = refusal.suggestion;
      throw refusal;
    }
    await reload();
  });
  return suggestion;
}
