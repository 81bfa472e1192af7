import type { Language, Words } from "@garim/policy";
import type { Request } from "express";
import type { Assets } from "./assets.ts";
import type { ConsoleSettings } from "./options.ts";
import type { Page } from "./page-table.ts";

/** Where the reader's choice is kept; it says nothing about anybody. */
const LANGUAGE = /(?:^|; )garim-language=(ko|en)(?:;|$)/;

/** The language that was chosen on the page, else what the browser asks for; Korean unless it prefers English. */
export function languageOf(req: Request): Language {
  const chosen = LANGUAGE.exec(req.headers.cookie ?? "")?.[1];
  if (chosen !== undefined) return chosen as Language;
  return req.acceptsLanguages("ko", "en") === "en" ? "en" : "ko";
}

/**
 * The way from a page back to the mount, as a browser resolves it: `../` for `/pages/home`. Nothing here knows the mount's own path, so
 * it works under any, behind proxies that cut theirs off too.
 *
 * @param path - of the request, from the mount on
 */
export function wayBack(path: string): string {
  return "../".repeat(Math.max(0, path.split("/").length - 2)) || "./";
}

interface Shell {
  /** Of the request, as the app sees it: a proxy may have cut a part off. */
  readonly path: string;
  readonly page: Page;
  readonly name: string;
  /** All pages there are. */
  readonly names: readonly string[];
  readonly language: Language;
  readonly back: string;
  readonly assets: Assets;
  readonly settings: ConsoleSettings;
}

/** The page before its script runs. The script draws everything, in the language of `<html lang>`. */
export function shellOf(shell: Shell): string {
  const { page, language, back, assets, settings } = shell;
  const title = `${page.title[language]} · ${settings.name[language]}`;
  const styles = [
    ...assets.styles.map((file) => back + file),
    ...(settings.style === null ? [] : [settings.style]),
  ];
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="garim" content="${escapeHtml(JSON.stringify(told(shell)))}">
<title>${escapeHtml(title)}</title>
${styles.map((href) => `<link rel="stylesheet" href="${escapeHtml(href)}">`).join("\n")}
<link rel="icon" href="data:,">
<script type="module" src="${escapeHtml(back + assets.script)}"></script>
</head>
<body>
<div id="garim"></div>
<noscript>${escapeHtml(NO_SCRIPT.ko)} ${escapeHtml(NO_SCRIPT.en)}</noscript>
</body>
</html>
`;
}

/** What the script is told of the host and of where it is. */
function told({ path, page, name, names, language, settings }: Shell): object {
  const { logo, logIn, home } = settings;
  const title = page.title[language];
  return { path, page: name, pages: names, title, name: settings.name[language], logo, logIn, home };
}

const NO_SCRIPT: Words = { ko: "이 화면에는 JavaScript가 필요합니다.", en: "This page needs JavaScript." };

/** Text as it stands in HTML, in quoted attributes too. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
