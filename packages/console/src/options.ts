import { returnPath } from "@garim/express";
import { GarimError, nearest, type Words } from "@garim/policy";

/** How the pages look like the host's, and where they lead. Every address is a path of this site. */
export interface ConsoleOptions {
  /** What the marketplace is called, in the header of each page. Default: 개인정보 센터, Privacy centre. */
  readonly name?: string | Words;
  /** A picture beside the name. */
  readonly logo?: string;
  /** A style sheet that comes after ours: set the variables the README lists (`--garim-accent`, …). */
  readonly style?: string;
  /** Where one logs in. Default: `/log-in`. */
  readonly logIn?: string;
  /** The host's own start page, a link in the header; where one goes after a second factor that was asked for by hand. */
  readonly home?: string;
}

const NAMES: readonly (keyof ConsoleOptions)[] = ["name", "logo", "style", "logIn", "home"];

/** What the pages work with. */
export interface ConsoleSettings {
  readonly name: Words;
  readonly logo: string | null;
  readonly style: string | null;
  readonly logIn: string;
  readonly home: string | null;
}

const NAME: Words = { ko: "개인정보 센터", en: "Privacy centre" };

/** Checks the options. @throws GarimError `ERR_GARIM_OPTION_UNKNOWN`, `ERR_GARIM_OPTION_INVALID` */
export function readOptions(options: ConsoleOptions): ConsoleSettings {
  for (const name of Object.keys(options))
    if (!NAMES.includes(name as keyof ConsoleOptions)) throw unknown(name);
  const { name = NAME, logo, style, logIn = "/log-in", home } = options;
  return {
    name: readName(name),
    logo: readPath("logo", logo),
    style: readPath("style", style),
    logIn: readPath("logIn", logIn) ?? "/log-in",
    home: readPath("home", home),
  };
}

function readName(name: unknown): Words {
  const { ko, en } = typeof name === "string" ? { ko: name, en: name } : ((name ?? {}) as Partial<Words>);
  if (typeof ko === "string" && typeof en === "string" && ko !== "" && en !== "") return { ko, en };
  throw invalid("name", 'write name: "My Market", or { ko: "내 마켓", en: "My Market" }');
}

function readPath(name: string, value: string | undefined): string | null {
  if (value === undefined) return null;
  if (typeof value === "string" && value !== "" && returnPath(value, "") === value) return value;
  throw invalid(name, `it has to be a path of this site; write ${name}: "/${name.toLowerCase()}"`);
}

function invalid(name: string, remedy: string): GarimError {
  return new GarimError("ERR_GARIM_OPTION_INVALID", `consolePages cannot use its option ${name}: ${remedy}`);
}

function unknown(name: string): GarimError {
  const hint = nearest(name, NAMES);
  const meant = hint === undefined ? "" : ` Did you mean ${hint}?`;
  return new GarimError(
    "ERR_GARIM_OPTION_UNKNOWN",
    `consolePages has no option ${JSON.stringify(name.slice(0, 40))}.${meant} It takes: ${NAMES.join(", ")}`,
  );
}
