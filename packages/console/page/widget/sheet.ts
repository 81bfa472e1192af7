/**
 * A style sheet for a shadow root. It is made by script, which the strictest policy allows; a `style` element it would not.
 *
 * The host's page may set `--garim-accent`, `--garim-paper`, `--garim-ink`, `--garim-line` and `--garim-font`.
 */
export function makeSheet(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`${SHARED}${css}`);
  return sheet;
}

const SHARED = `
:host { color-scheme: light dark; font-family: var(--garim-font, inherit); }
button, a.button {
  font: inherit; cursor: pointer; border-radius: .4rem; border: 1px solid var(--garim-line, #8a9099);
  background: var(--garim-paper, Canvas); color: var(--garim-ink, CanvasText);
}
button:focus-visible, a:focus-visible { outline: 3px solid var(--garim-accent, Highlight); outline-offset: 2px; }
.box {
  border: 1px solid var(--garim-line, #8a9099); border-radius: .5rem; padding: .75rem 1rem; line-height: 1.5; font-size: .9375rem;
  background: var(--garim-paper, Canvas); color: var(--garim-ink, CanvasText); box-shadow: 0 2px 12px #0004;
}
p { margin: 0 0 .5rem; }
p:last-child { margin: 0; }
`;
