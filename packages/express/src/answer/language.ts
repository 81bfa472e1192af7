import type { Request } from "express";
import type { Language } from "./problem.ts";

/** The language people asked for; Korean unless they prefer English. */
export function languageOf(req: Request): Language {
  return req.acceptsLanguages("ko", "en") === "en" ? "en" : "ko";
}
