import type { Request } from "express";
import type { Language } from "./problem.ts";

/** What a reader chose on a page of the console, which keeps it there; it says nothing about anybody. */
const CHOSEN = /(?:^|; )garim-language=(ko|en)(?:;|$)/;

/** The language of a page: the one chosen on a page, else as {@link languageOf}. */
export function pageLanguageOf(req: Request): Language {
  return chosenLanguageOf(req) ?? languageOf(req);
}

/** The language a reader chose on a page; `undefined` where they chose none. */
export function chosenLanguageOf(req: Request): Language | undefined {
  return CHOSEN.exec(req.headers.cookie ?? "")?.[1] as Language | undefined;
}

/** The language people asked for; Korean unless they prefer English. */
export function languageOf(req: Request): Language {
  return req.acceptsLanguages("ko", "en") === "en" ? "en" : "ko";
}
