import type { IncomingMessage } from "node:http";

/** The languages of the tool's pages. */
export type Language = "ko" | "en";

/** A text in both. */
export type Words = Readonly<Record<Language, string>>;

/** Where the reader's choice is kept. Cookies do not know ports, so the name says whose it is. */
const COOKIE = /(?:^|; )label-helper-language=(ko|en)(?:;|$)/;

/** The language that was chosen on the page, else what the browser asks for first; Korean unless that is another. */
export function languageOf({ headers }: IncomingMessage, url: URL): Language {
  const chosen = chosenIn(url) ?? COOKIE.exec(headers.cookie ?? "")?.[1];
  if (chosen !== undefined) return chosen as Language;
  const first = headers["accept-language"]?.split(",", 1)[0]?.trim().toLowerCase() ?? "";
  return first === "" || first === "*" || first.startsWith("ko") ? "ko" : "en";
}

/** What an address chooses: `/?language=en`. */
export function chosenIn({ searchParams }: URL): Language | undefined {
  const chosen = searchParams.get("language");
  return chosen === "ko" || chosen === "en" ? chosen : undefined;
}

/** Keeps a choice for a year. */
export function keepLanguage(language: Language): string {
  return `label-helper-language=${language}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly`;
}
