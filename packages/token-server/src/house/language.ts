import type { Language } from "@garim/policy";

/** Korean unless another language is asked for first: sellers are Korean firms. */
export function languageOf(header: string | undefined): Language {
  const first = header?.split(",", 1)[0]?.trim().toLowerCase() ?? "";
  return first === "" || first === "*" || first.startsWith("ko") ? "ko" : "en";
}
