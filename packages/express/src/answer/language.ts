import type { Request } from "express";
import type { Language } from "./problem.ts";

/** What a reader chose on a page of the console, which keeps it there; it says nothing about anybody. */
const CHOSEN = /(?:^|; )garim-language=(ko|en)(?:;|$)/;

/** The language of a page: the one chosen on a page, else as {@link languageOf}. */
export function pageLanguageOf(req: Request): Language {
  const chosen = CHOSEN.exec(req.headers.cookie ?? "")?.[1];
  return chosen === undefined ? languageOf(req) : (chosen as Language);
}

/** The language people asked for; Korean unless they prefer English. */
export function languageOf(req: Request): Language {
  return req.acceptsLanguages("ko", "en") === "en" ? "en" : "ko";
}
