import { Option } from "commander";
import type { Terminal } from "../terminal.ts";

/** In which language people read. */
export type Language = "ko" | "en";

/** A text in both. */
export type Words = Readonly<Record<Language, string>>;

/** The option `--lang`. */
export function languageOption(): Option {
  return new Option("--lang <language>", "language of headings (default: by LANG)").choices(["ko", "en"]);
}

/** The language asked for, else that of the environment, as POSIX orders it; English where it says another. */
export function findLanguage(asked: Language | undefined, { env }: Pick<Terminal, "env">): Language {
  if (asked !== undefined) return asked;
  const said = [env["LC_ALL"], env["LC_MESSAGES"], env["LANG"]].find(
    (one) => one !== undefined && one !== "",
  );
  return /^ko(?:[_.@-]|$)/i.test(said ?? "") ? "ko" : "en";
}
