import { get, post } from "./api.js";
import { makeDeed } from "./deed.js";
import { askFirst } from "./dialog.js";
import { fill, make } from "./dom.js";
import { moment, word } from "./words.js";

/**
 * What was downloaded, with what is left to be done about each.
 *
 * @param {object} options
 * @param {object} options.me - who is logged in
 * @param {(deed: () => Promise<void>) => Promise<void>} options.report
 * @param {(download: object) => void} options.again - asks again for what was agreed to
 * @returns {{ list: HTMLElement, load: () => Promise<void> }}
 */
export function makeHistory({ me, report, again }) {
  const list = make("ul.lines");
  const load = async () => {
    const { downloads } = await get("/exports");
    fill(list, ...downloads.map((one) => make("li.card", {}, ...show(one), makeDeeds(one))));
    if (downloads.length === 0) fill(list, make("li.soft", {}, word("nothing")));
  };
  const does = (path, value) => () =>
    report(async () => {
      await post(path, value);
      await load();
    });

  function makeDeeds(one) {
    const { id, state, staff, destroyedAt } = one;
    const isMine = staff === me.id;
    const isHeld = state === "fetched" && destroyedAt === null;
    const decide = (agrees) => does(`/exports/${id}/approval`, { agrees });
    return make(
      "div.row",
      {},
      isHeld && makeDeed("confirm-destroyed", () => confirmDestroyed(does(`/exports/${id}/destroyed`)), id),
      state === "waiting" && !isMine && makeDeed("agree", decide(true), id),
      state === "waiting" && !isMine && makeDeed("decline", decide(false), id),
      state === "approved" && isMine && makeDeed("waits-for", () => again(one), id),
    );
  }

  return { list, load };
}

async function confirmDestroyed(deed) {
  const question = {
    title: word("confirm-destroyed"),
    text: word("confirm-destroyed-text"),
    deed: word("confirm-destroyed"),
  };
  if (await askFirst(question)) await deed();
}

function show({
  staff,
  state,
  why,
  because,
  rows,
  masked,
  withheld,
  askedAt,
  destroyBy,
  destroyedAt,
  isOverdue,
  file,
}) {
  const counts = `${rows} ${word("rows")} (${word("rows-masked")} ${masked}, ${word("rows-left-out")} ${withheld})`;
  return [
    make("p", {}, make("strong", {}, word(`download-${state}`)), ` · ${moment(askedAt)} · ${staff}`),
    make("p", {}, why),
    because !== null && make("p.soft", {}, because),
    file !== null && make("p.soft", {}, `${counts} · SHA-256 ${file.sha256.slice(0, 16)}…`),
    state === "fetched" && make("p.soft", {}, `${word("destroy-by")} ${moment(destroyBy)}`),
    destroyedAt !== null && make("p.soft", {}, `${word("destroyed-at")} ${moment(destroyedAt)}`),
    isOverdue && make("p.wrong", {}, word("destroy-overdue")),
  ];
}
