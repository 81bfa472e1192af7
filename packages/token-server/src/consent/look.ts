import { returnPath } from "@garim/express";
import { GarimError, type Words } from "@garim/policy";

/** How the pages look like the host's: the same three that `consolePages` takes. */
export interface LookOptions {
  /** What the marketplace is called, in the header of each page. Default: no header. */
  readonly name?: string | Words;
  /** A picture beside the name, a path of this site. */
  readonly logo?: string;
  /** A style sheet that comes after ours, a path of this site: set the variables the README lists (`--garim-accent`, …). */
  readonly style?: string;
}

/** What a page is drawn with. */
export interface Look {
  /** Our style sheet, then the host's: paths of this site. */
  readonly styles: readonly string[];
  readonly logo: string | null;
  readonly name: Words | null;
}

/**
 * Checks the options of the look.
 *
 * @param own - where our style sheet is
 * @throws GarimError `ERR_GARIM_OPTION_INVALID`
 */
export function readLook({ name, logo, style }: LookOptions, own: string): Look {
  const theirs = readPath("style", style);
  return {
    styles: theirs === null ? [own] : [own, theirs],
    logo: readPath("logo", logo),
    name: name === undefined ? null : readName(name),
  };
}

function readName(name: unknown): Words {
  const { ko, en } = typeof name === "string" ? { ko: name, en: name } : ((name ?? {}) as Partial<Words>);
  if (typeof ko === "string" && typeof en === "string" && ko !== "" && en !== "") return { ko, en };
  throw invalid("name", 'a text, or one for each language; write name: { ko: "내 마켓", en: "My Market" }');
}

/** Of another site nothing is fetched, whatever the policy of the page would say. */
function readPath(name: "logo" | "style", value: unknown): string | null {
  if (value === undefined) return null;
  if (typeof value === "string" && value !== "" && returnPath(value, "") === value) return value;
  throw invalid(name, `a path of this site; write ${name}: "/${name}"`);
}

function invalid(name: keyof LookOptions, wanted: string): GarimError {
  return new GarimError("ERR_GARIM_OPTION_INVALID", `tokenServer: ${name} must be ${wanted}`);
}
