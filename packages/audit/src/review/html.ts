/** Text that is HTML already. Made by {@link html} alone. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type HtmlPart = Html | string | number | null | readonly Html[];

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Characters a page cannot hold, and those that turn the direction of writing: shown as their codes. */
const HARMFUL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]/g;

/** HTML of which everything that is put in is text, escaped. Attributes stand in double quotes. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlPart[]): Html {
  return new Html(parts.reduce((text, part, i) => text + part + textOf(values[i] ?? null), ""));
}

function textOf(value: HtmlPart): string {
  if (value === null) return "";
  if (value instanceof Html) return value.text;
  if (typeof value === "object") return value.map(({ text }) => text).join("");
  return escapeHtml(String(value));
}

function escapeHtml(text: string): string {
  return text
    .replace(HARMFUL, (one) => `\\u${(one.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`)
    .replace(/[&<>"']/g, (one) => ESCAPES[one] ?? "");
}
