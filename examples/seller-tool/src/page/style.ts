/** How the pages look, in light and in dark, on a phone and on paper. */
export const STYLE: string = `:root {
  color-scheme: light dark;
  --accent: light-dark(#9a3412, #fdba74);
  --on-accent: light-dark(#ffffff, #3b1403);
  --ground: light-dark(#faf7f2, #16130f);
  --paper: light-dark(#ffffff, #211d18);
  --ink: light-dark(#221d17, #ece6de);
  --soft: light-dark(#6a5f52, #b5a999);
  --line: light-dark(#e0d8cc, #443c32);
  --said: light-dark(#e6f4ea, #17321f);
}

*, *::before, *::after {
  box-sizing: border-box;
}

body {
  margin: 0;
  font: 1rem / 1.6 system-ui, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans CJK KR", "Noto Sans KR", sans-serif;
  color: var(--ink);
  background: var(--ground);
  overflow-wrap: anywhere;
  word-break: keep-all;
}

a {
  color: var(--accent);
}

:focus-visible {
  outline: 3px solid var(--accent);
  outline-offset: 2px;
}

header {
  display: flex;
  justify-content: space-between;
  gap: 1rem;
  padding: 0.75rem max(1rem, calc((100% - 50rem) / 2));
  background: var(--paper);
  border-block-end: 1px solid var(--line);
}

.brand {
  font-weight: 700;
  text-decoration: none;
}

main {
  max-width: 52rem;
  margin: 0 auto;
  padding: 1.25rem 1rem 4rem;
}

h1 {
  margin: 0.5rem 0 0.75rem;
  font-size: 1.5rem;
  line-height: 1.3;
}

p {
  margin: 0 0 0.75rem;
}

.soft, .steps p {
  color: var(--soft);
  font-size: 0.875rem;
}

.said {
  padding: 0.75rem 1rem;
  border-radius: 0.5rem;
  background: var(--said);
}

.steps {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr));
  gap: 1rem;
  margin: 1.25rem 0;
  padding: 0;
  list-style: none;
  counter-reset: step;
}

.steps > li {
  padding: 1rem;
  border: 1px solid var(--line);
  border-radius: 0.5rem;
  background: var(--paper);
  counter-increment: step;
}

.steps > li::before {
  content: counter(step);
  display: block;
  margin-block-end: 0.25rem;
  color: var(--soft);
  font-weight: 700;
}

.steps p {
  margin: 0.5rem 0 0;
}

button, .button {
  display: inline-block;
  min-height: 2.75rem;
  padding: 0.5rem 1rem;
  border: 1px solid var(--line);
  border-radius: 0.5rem;
  background: var(--paper);
  color: var(--ink);
  font: inherit;
  text-decoration: none;
  cursor: pointer;
}

button:hover, .button:hover {
  border-color: var(--accent);
}

.main:is(button, a) {
  border-color: var(--accent);
  background: var(--accent);
  color: var(--on-accent);
  font-weight: 600;
}

table {
  width: 100%;
  margin-block-end: 1rem;
  border: 1px solid var(--line);
  border-collapse: collapse;
  background: var(--paper);
}

caption {
  padding-block: 0.5rem;
  font-weight: 600;
  text-align: start;
}

th, td {
  padding: 0.5rem 0.75rem;
  border-block-end: 1px solid var(--line);
  text-align: start;
}

td {
  font-variant-numeric: tabular-nums;
}

dl {
  display: grid;
  grid-template-columns: minmax(6rem, max-content) 1fr;
  gap: 0.25rem 1.25rem;
  padding: 1rem 1.25rem;
  border: 1px solid var(--line);
  border-radius: 0.5rem;
  background: var(--paper);
}

dt {
  color: var(--soft);
}

dd {
  margin: 0;
}

.labels {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr));
  gap: 1rem;
  padding: 0;
  list-style: none;
}

.labels > li {
  padding: 1rem;
  border: 1px dashed var(--line);
  background: var(--paper);
  break-inside: avoid;
}

pre {
  margin: 0;
  font: inherit;
  white-space: pre-wrap;
}

@media (max-width: 640px) {
  dl {
    grid-template-columns: 1fr;
  }
}

@media print {
  header, h1, .no-print {
    display: none;
  }

  body, .labels > li {
    background: none;
    color: #000;
  }
}
`;
