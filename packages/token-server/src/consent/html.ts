/** Text as it stands in HTML, in quoted attributes too. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

export interface PageParts {
  readonly language: "ko" | "en";
  readonly title: string;
  /** Escaped already. */
  readonly main: string;
  /** Where the style sheet is, a path of this site. */
  readonly style: string;
}

/** A page without scripts and styles of its own. */
export function htmlPage({ language, title, main, style }: PageParts): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${escapeHtml(style)}">
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${main}
</main>
</body>
</html>
`;
}

/**
 * What such a page may do: take our style, and send its form to us. Browsers follow a form's answer only where the policy lets it go, so
 * the tool's own address stands there, too.
 *
 * @param goal - where the form's answer leads at last
 */
export function pagePolicy(goal: string | null): string {
  const form = goal === null ? "'none'" : `'self' ${new URL(goal).origin}`;
  return `default-src 'none'; style-src 'self'; form-action ${form}; base-uri 'none'; frame-ancestors 'none'`;
}

/** Headers of every page. */
export function pageHeaders(goal: string | null): Readonly<Record<string, string>> {
  return {
    "Content-Security-Policy": pagePolicy(goal),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
  };
}
