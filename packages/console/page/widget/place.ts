import type { Language, Words } from "@garim/policy";

// The widgets are served from the mount itself.
const HERE = import.meta.url;

/** An address below the mount. */
export function fromMount(path: string): string {
  const { pathname, search } = new URL(`./${path}`, HERE);
  return pathname + search;
}

/** The language of what stands around an element. */
export function languageAround(element: Element): Language {
  const lang = element.closest("[lang]")?.getAttribute("lang") ?? "ko";
  return lang.startsWith("en") ? "en" : "ko";
}

/** Words in the language of the page. */
export function pick(words: Words): string {
  return words[languageAround(document.documentElement)];
}
