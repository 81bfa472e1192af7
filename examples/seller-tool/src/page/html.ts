import type { Language, Words } from "../language.ts";

export interface PageParts {
  readonly language: Language;
  readonly title: string;
  /** Escaped already. */
  readonly main: string;
}

const SAY = {
  brand: { ko: "송장 도우미", en: "Label Helper" },
  other: { ko: "English", en: "한국어" },
} satisfies Record<string, Words>;

/** A page of the tool: its name, the other language, and what it says. */
export function htmlPage({ language, title, main }: PageParts): string {
  const brand = SAY.brand[language];
  const other = language === "ko" ? "en" : "ko";
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title === brand ? brand : `${title} · ${brand}`)}</title>
<link rel="stylesheet" href="/style.css">
<link rel="icon" href="data:,">
</head>
<body>
<header><a class="brand" href="/">${brand}</a><a href="/?language=${other}" lang="${other}">${SAY.other[language]}</a></header>
<main>
<h1>${escapeHtml(title)}</h1>
${main}
</main>
</body>
</html>
`;
}

/** Text as it stands in HTML, in quoted attributes too. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
