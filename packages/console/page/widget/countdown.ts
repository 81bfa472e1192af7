import type { Words } from "@garim/policy";
import { fromMount, pick } from "./place.ts";
import { makeSheet } from "./sheet.ts";

const WORDS = {
  ending: {
    ko: "쓰지 않는 접속은 구매자의 개인정보를 지키기 위해 곧 끝납니다.",
    en: "To protect buyers' data, this session ends soon unless it is used.",
  },
  stay: { ko: "로그인 유지", en: "Stay logged in" },
} satisfies Record<string, Words>;

/** Starts the countdown of the session, drawn by its own script: `session.js`, which counts for all tabs together. */
export function startCountdown(): void {
  if (document.querySelector("[data-garim-countdown]") === null) drawClock();
  document.addEventListener("garim:ending", warn);
  document.addEventListener("garim:extended", () => warning?.remove());
  document.addEventListener("garim:ended", (event) =>
    leave((event as CustomEvent<{ readonly reason: string }>).detail.reason),
  );
  void import(/* @vite-ignore */ fromMount("session.js"));
}

/** Outside any shadow: the session's script looks for it in the page. */
function drawClock(): void {
  const clock = document.createElement("div");
  clock.setAttribute("data-garim-countdown", "");
  clock.setAttribute("role", "timer");
  const place = document.createElement("garim-clock");
  const root = place.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [makeSheet(CLOCK)];
  root.append(document.createElement("slot"));
  place.append(clock);
  document.body.append(place);
}

let warning: HTMLElement | undefined;

/** Two minutes before the end; gone as soon as somebody stays, here or in another tab. */
function warn(): void {
  warning?.remove();
  warning = document.createElement("garim-ending");
  warning.setAttribute("role", "alertdialog");
  const root = warning.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [makeSheet(ENDING)];
  const box = document.createElement("div");
  box.className = "box";
  const text = document.createElement("p");
  text.textContent = pick(WORDS.ending);
  const button = document.createElement("button");
  button.textContent = pick(WORDS.stay);
  button.addEventListener("click", () => void stay());
  box.append(text, button);
  root.append(box);
  document.body.append(warning);
  warning.setAttribute("aria-label", pick(WORDS.ending));
}

async function stay(): Promise<void> {
  const session = await import(/* @vite-ignore */ fromMount("session.js"));
  await session.stay();
}

/** The page that says why. Nothing of this one stays to be looked at. */
function leave(reason: string): void {
  document.body.replaceChildren();
  const told = new URLSearchParams({ reason, return: location.pathname + location.search });
  location.replace(`${fromMount("pages/ended")}?${told}`);
}

const CLOCK = `
:host { position: fixed; inset-block-end: .75rem; inset-inline-end: .75rem; z-index: 2147483000; font-size: .875rem; }
::slotted(div) {
  padding: .25rem .75rem; border-radius: 1rem; border: 1px solid var(--garim-line, #8a9099); font-variant-numeric: tabular-nums;
  background: var(--garim-paper, Canvas); color: var(--garim-ink, CanvasText);
}
::slotted(div:empty) { display: none; }
`;

const ENDING = `
:host { position: fixed; inset-block-start: 1rem; inset-inline: 1rem; z-index: 2147483001; display: flex; justify-content: center; }
button { padding: .5rem 1rem; min-height: 2.75rem; }
`;
