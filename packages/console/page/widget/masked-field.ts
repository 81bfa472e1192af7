import { type Language, REASONS, type Reason, SOURCES, type Words } from "@garim/policy";
import { fromMount, languageAround } from "./place.ts";
import { makeSheet } from "./sheet.ts";

const WORDS = {
  why: { ko: "왜 가려졌나요?", en: "Why is this masked?" },
  masked: { ko: "가려진 값입니다.", en: "This value is masked." },
  source: { ko: "근거", en: "Rule" },
  stepUp: { ko: "추가 인증하기", en: "Confirm the second factor" },
} satisfies Record<string, Words>;

/** Reasons that a fresh second factor lifts. */
const LIFTED_BY_PROOF: readonly string[] = ["claim-second-factor"];

let sheet: CSSStyleSheet | undefined;

/**
 * Stars that say why: `<garim-masked reason="purpose-ended">010-****-1234</garim-masked>`, the reason as `_masked` of a record tells it.
 * What stands in it stays as it is; a button beside it opens why, by which rule, and what would lift it.
 */
export class MaskedField extends HTMLElement {
  static readonly observedAttributes: readonly string[] = ["reason"];

  connectedCallback(): void {
    this.draw();
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.draw();
  }

  private draw(): void {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    sheet ??= makeSheet(CSS);
    root.adoptedStyleSheets = [sheet];
    const language = languageAround(this);
    const box = make("div", { id: "why", popover: "auto", class: "box", role: "note" });
    box.append(...describe(this.getAttribute("reason") ?? "", language));
    const button = make("button", {
      type: "button",
      popovertarget: "why",
      "aria-label": WORDS.why[language],
    });
    button.textContent = "?";
    root.replaceChildren(make("slot", {}), button, box);
  }
}

function describe(reason: string, language: Language): readonly HTMLElement[] {
  const entry = Object.hasOwn(REASONS, reason) ? REASONS[reason as Reason] : undefined;
  if (entry === undefined) return [paragraph(WORDS.masked[language])];
  const { because, remedy, source } = entry;
  return [
    paragraph(because[language]),
    ...(remedy === null ? [] : [paragraph(remedy[language])]),
    ...(LIFTED_BY_PROOF.includes(reason) ? [stepUpLink(language)] : []),
    paragraph(`${WORDS.source[language]}: ${SOURCES[source][language]} (${source})`),
  ];
}

/** Where a second factor is proved, and from where one comes back here. */
function stepUpLink(language: Language): HTMLElement {
  const query = new URLSearchParams({ action: "view", return: location.pathname + location.search });
  const link = make("a", { href: fromMount(`pages/second-factor?${query}`), class: "button" });
  link.textContent = WORDS.stepUp[language];
  const line = make("p", {});
  line.append(link);
  return line;
}

function paragraph(text: string): HTMLElement {
  const element = make("p", {});
  element.textContent = text;
  return element;
}

function make(name: string, attributes: Readonly<Record<string, string>>): HTMLElement {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

const CSS = `
:host { white-space: nowrap; }
button { margin-inline-start: .3em; width: 1.5rem; height: 1.5rem; padding: 0; border-radius: 50%; font-size: .8em; line-height: 1; }
.box { max-width: min(22rem, calc(100vw - 2rem)); white-space: normal; }
.box:not(:popover-open) { display: none; }
/* Beside the stars, where browsers can place it there; in the middle of the screen where they cannot. */
@supports (position-area: block-end) {
  .box { inset: auto; margin: .3rem 0; position-area: block-end span-inline-end; position-try-fallbacks: flip-block, flip-inline, flip-block flip-inline; }
}
a.button { display: inline-block; padding: .3rem .8rem; text-decoration: none; }
`;
