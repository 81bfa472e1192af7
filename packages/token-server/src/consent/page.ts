import { KIND_WORDS, type KindSet, kindsOf, REASONS, type Reason } from "@garim/policy";
import { escapeHtml, htmlPage } from "./html.ts";
import type { Look } from "./look.ts";
import { CONSENT_WORDS, type ConsentWord, dayWords, purposeWords, stateWords, taskWords } from "./words.ts";

type Language = "ko" | "en";

/** What a seller is asked. */
export interface ConsentView {
  readonly tool: string;
  readonly isSandbox: boolean;
  readonly sellerId: string;
  readonly kinds: KindSet;
  readonly purpose: string;
  readonly states: readonly string[];
  readonly orders: readonly string[] | null;
  /** What the contract entrusts the tool with (위탁 업무), and whom it passes data on to (재수탁자). */
  readonly tasks: readonly string[];
  readonly subProcessors: readonly { readonly name: string; readonly country: string }[];
  /** The latest end there can be, UTC milliseconds, exclusive. */
  readonly longest: number;
  /** Shorter ends to choose from, in days. */
  readonly days: readonly number[];
  /** The tool's address. */
  readonly goal: string;
  /** What the form says it has seen: what is granted is what stood there. */
  readonly seen: string;
}

/** The page where a seller decides. */
export function consentPage(view: ConsentView, language: Language, look: Look): string {
  const say = wordsOf(language);
  const { tool, isSandbox, sellerId, kinds, purpose, states, orders, tasks, subProcessors, goal } = view;
  const rows = [
    row(say.tool, isSandbox ? `${tool} – ${say.sandbox}` : tool),
    row(say.seller, sellerId),
    rowOf(say.fields, list(kindsOf(kinds).map((kind) => KIND_WORDS[kind][language]))),
    row(say.purpose, purposeWords(purpose, language)),
    rowOf(say.states, list(states.map((state) => stateWords(state, language)))),
    orders === null ? "" : rowOf(say.orders, list(orders)),
    tasks.length === 0 ? "" : rowOf(say.tasks, list(tasks.map((task) => taskWords(task, language)))),
    subProcessors.length === 0 ? "" : rowOf(say.subProcessors, list(subProcessors.map(partner))),
    row(say.back, new URL(goal).host),
  ];
  const main = `<p>${say.intro}</p>\n<dl>\n${rows.join("")}</dl>\n<p>${say.note}</p>\n${form(view, language)}`;
  return htmlPage({ language, title: say.title, main, look });
}

function form({ longest, days, seen }: ConsentView, language: Language): string {
  const say = wordsOf(language);
  const choices = days.map((count) => `<option value="${count}">${count} ${say.days}</option>`);
  const most = `<option value="" selected>${dayWords(longest, language)} (${say.longest})</option>`;
  return `<form method="post">
<input type="hidden" name="seen" value="${escapeHtml(seen)}">
<label for="days">${say.until}</label>
<select id="days" name="days">${most}${choices.join("")}</select>
<button name="decision" value="allow">${say.allow}</button>
<button name="decision" value="deny">${say.deny}</button>
</form>`;
}

/** Why a tool cannot be connected; the way back to it tells it so. */
export function refusedPage(tool: string, reason: Reason, language: Language, look: Look): string {
  const say = wordsOf(language);
  const { because, remedy } = REASONS[reason];
  const why = `<p><strong>${escapeHtml(tool)}</strong></p>\n<p>${because[language]}</p>`;
  const what = remedy === null ? "" : `<p>${remedy[language]}</p>`;
  const leave = `<form method="post"><button name="decision" value="deny">${say.leave}</button></form>`;
  return htmlPage({ language, title: say.refused, main: `${why}\n${what}\n${leave}`, look });
}

/** A request that was decided, or took too long. */
export function endedPage(language: Language, look: Look): string {
  const say = wordsOf(language);
  return htmlPage({ language, title: say.ended, main: `<p>${say.endedNote}</p>`, look });
}

/** A request of a tool that cannot be answered to it: nobody knows that its address is its own. */
export function failedPage(error: string, language: Language, look: Look): string {
  const say = wordsOf(language);
  const main = `<p>${say.failedNote}</p>\n<p><code>${escapeHtml(error)}</code></p>`;
  return htmlPage({ language, title: say.failed, main, look });
}

/** Whom data is passed on to, and in which country. */
function partner({ name, country }: ConsentView["subProcessors"][number]): string {
  return `${name} (${country})`;
}

function row(name: string, text: string): string {
  return rowOf(name, escapeHtml(text));
}

function rowOf(name: string, html: string): string {
  return `<dt>${name}</dt><dd>${html}</dd>\n`;
}

function list(texts: readonly string[]): string {
  return `<ul>${texts.map((text) => `<li>${escapeHtml(text)}</li>`).join("")}</ul>`;
}

type Said = Readonly<Record<ConsentWord, string>>;

function wordsOf(language: Language): Said {
  const entries = Object.entries(CONSENT_WORDS).map(([name, words]) => [name, words[language]]);
  return Object.fromEntries(entries) as Said;
}
