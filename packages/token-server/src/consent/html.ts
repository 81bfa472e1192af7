import type { Look } from "./look.ts";

/** Text as it stands in HTML, in quoted attributes too. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

export interface PageParts {
  readonly language: "ko" | "en";
  readonly title: string;
  /** Escaped already. */
  readonly main: string;
  readonly look: Look;
}

/** A page without scripts and styles of its own. */
export function htmlPage({ language, title, main, look }: PageParts): string {
  const sheets = look.styles.map((path) => `<link rel="stylesheet" href="${escapeHtml(path)}">\n`);
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
${sheets.join("")}</head>
<body>
${header(look, language)}<main>
<h1>${escapeHtml(title)}</h1>
${main}
</main>
</body>
</html>
`;
}

/** The marketplace's, where the host says what it is called or shows a picture. */
function header({ logo, name }: Look, language: "ko" | "en"): string {
  if (logo === null && name === null) return "";
  const picture = logo === null ? "" : `<img src="${escapeHtml(logo)}" alt="">`;
  return `<header>${picture}${name === null ? "" : `<span>${escapeHtml(name[language])}</span>`}</header>\n`;
}

/**
 * What such a page may do: take our style and the host's, show its logo, and send its form to us. Browsers follow a form's answer only where the policy lets it go, so
 * the tool's own address stands there, too.
 *
 * @param goal - where the form's answer leads at last
 */
export function pagePolicy(goal: string | null, { logo }: Pick<Look, "logo">): string {
  const form = goal === null ? "'none'" : `'self' ${new URL(goal).origin}`;
  const picture = logo === null ? "" : " img-src 'self';";
  return `default-src 'none'; style-src 'self';${picture} form-action ${form}; base-uri 'none'; frame-ancestors 'none'`;
}

/** Headers of every page. */
export function pageHeaders(goal: string | null, look: Look): Readonly<Record<string, string>> {
  return {
    "Content-Security-Policy": pagePolicy(goal, look),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
  };
}
