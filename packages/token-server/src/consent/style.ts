/**
 * The style sheet of the pages: that of @garim/console as far as they need it, so that a seller who is sent here is still at the same place.
 * The two packages do not know each other; a test holds the variables together. A host sets them in a style sheet of its own (`tokenServer(garim, { style })`), which the pages load after this one.
 */
export const STYLE: string = `:root {
  color-scheme: light dark;
  --garim-accent: light-dark(#0b57d0, #8ab4f8);
  --garim-on-accent: light-dark(#ffffff, #06224d);
  --garim-ground: light-dark(#f6f7f9, #14161a);
  --garim-paper: light-dark(#ffffff, #1e2126);
  --garim-ink: light-dark(#1c1e21, #e6e8eb);
  --garim-soft: light-dark(#565b63, #a9b0ba);
  --garim-line: light-dark(#d5d9df, #3a3f47);
  --garim-radius: 0.5rem;
  --garim-font:
    system-ui, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans CJK KR", "Noto Sans KR", sans-serif;
}

*, *::before, *::after {
  box-sizing: border-box;
}

html {
  font: 1rem / 1.6 var(--garim-font);
  color: var(--garim-ink);
  background: var(--garim-ground);
  text-size-adjust: 100%;
}

body {
  margin: 0;
  overflow-wrap: anywhere;
  word-break: keep-all;
}

:focus-visible {
  outline: 3px solid var(--garim-accent);
  outline-offset: 2px;
}

header {
  display: flex;
  align-items: center;
  gap: 0.6rem;
  padding: 0.6rem 1rem;
  border-block-end: 1px solid var(--garim-line);
  background: var(--garim-paper);
  font-weight: 600;
}

header > img {
  display: block;
  max-height: 2rem;
  max-width: 12rem;
}

main {
  max-width: 46rem;
  margin: 0 auto;
  padding: 1.25rem 1rem 4rem;
}

h1 {
  font-size: 1.5rem;
  line-height: 1.3;
  margin: 0.5rem 0 1rem;
}

p {
  margin: 0 0 0.75rem;
}

dl {
  display: grid;
  grid-template-columns: minmax(6rem, max-content) 1fr;
  gap: 0.5rem 1.25rem;
  margin: 0 0 1rem;
  padding: 1rem 1.25rem;
  border: 1px solid var(--garim-line);
  border-radius: var(--garim-radius);
  background: var(--garim-paper);
}

dt {
  color: var(--garim-soft);
}

dd {
  margin: 0;
}

ul {
  margin: 0;
  padding-inline-start: 1.2rem;
}

code {
  font: 0.95em ui-monospace, "Cascadia Mono", "Noto Sans Mono CJK KR", monospace;
}

form {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.5rem 0.75rem;
  margin: 1.5rem 0 0;
}

label {
  flex: 1 0 100%;
  font-weight: 600;
}

select,
button {
  min-height: 2.75rem;
  max-width: 100%;
  padding: 0.5rem 1rem;
  border: 1px solid var(--garim-line);
  border-radius: var(--garim-radius);
  background: var(--garim-paper);
  color: var(--garim-ink);
  font: inherit;
}

select {
  flex: 1 1 100%;
  border-color: light-dark(#8a9099, #6b727c);
}

button {
  cursor: pointer;
}

button:hover {
  border-color: var(--garim-accent);
}

button[value="allow"] {
  background: var(--garim-accent);
  border-color: var(--garim-accent);
  color: var(--garim-on-accent);
  font-weight: 600;
}

@media (max-width: 640px) {
  dl {
    grid-template-columns: 1fr;
    gap: 0.25rem;
  }

  dd {
    margin-block-end: 0.5rem;
  }

  form > button {
    flex: 1 1 100%;
  }
}
`;
