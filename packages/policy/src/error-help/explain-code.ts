import { GarimError } from "../error.ts";
import { nearest } from "../nearest.ts";
import { REASONS, type Reason } from "../reason.ts";
import { SOURCES, type SourceId } from "../source.ts";
import type { Language } from "../words.ts";
import { ERROR_HELP } from "./error-help.ts";
import { REASON_LINES } from "./reason-lines.ts";

/** What a code says: of an error or of a reason. */
export interface ExplainedCode {
  readonly code: string;
  readonly kind: "error" | "reason";
  readonly what: string;
  /** The rule, in words. */
  readonly rule: string;
  readonly source: SourceId;
  /** Why that does not go (of an error), or what would lift it (of a reason); `null` where nothing does. */
  readonly more: string | null;
  /** What a developer writes, where there is something to write. */
  readonly line: string | null;
}

/** Every code there is: of errors, then of reasons. */
export const CODES: readonly string[] = Object.freeze([...Object.keys(ERROR_HELP), ...Object.keys(REASONS)]);

/**
 * Explains a code of an error (`ERR_GARIM_LOG_BUSY`, or `LOG_BUSY`) or of a reason (`second-factor-stale`), offline.
 *
 * @throws GarimError `ERR_GARIM_INPUT_INVALID` for a code there is not, naming the nearest
 */
export function explainCode(asked: string, language: Language): ExplainedCode {
  const code = findCode(asked);
  if (code === undefined) throw unknown(asked);
  return Object.hasOwn(ERROR_HELP, code)
    ? explainError(code as keyof typeof ERROR_HELP, language)
    : explainReason(code as Reason, language);
}

function explainError(code: keyof typeof ERROR_HELP, language: Language): ExplainedCode {
  const { what, why, source, line } = ERROR_HELP[code];
  const rule = SOURCES[source][language];
  return { code, kind: "error", what: what[language], rule, source, more: why[language], line };
}

function explainReason(code: Reason, language: Language): ExplainedCode {
  const { because, remedy, source } = REASONS[code];
  const rule = SOURCES[source][language];
  const line = REASON_LINES[code] ?? null;
  return {
    code,
    kind: "reason",
    what: because[language],
    rule,
    source,
    more: remedy?.[language] ?? null,
    line,
  };
}

/** However it is written: in a log it stands in brackets, and people leave the prefix out. */
function findCode(asked: string): string | undefined {
  const word = asked
    .trim()
    .replace(/^\[|\]$/g, "")
    .slice(0, 80);
  const upper = word.toUpperCase().replaceAll("-", "_");
  const lower = word
    .toLowerCase()
    .replace(/^urn:garim:reason:/, "")
    .replaceAll("_", "-");
  return [word, upper, `ERR_GARIM_${upper}`, lower].find((one) => CODES.includes(one));
}

function unknown(asked: string): GarimError {
  const word = asked.trim().slice(0, 80);
  const hint = nearest(word, CODES) ?? nearest(`ERR_GARIM_${word}`, CODES);
  const meant = hint === undefined ? "" : ` Did you mean ${hint}?`;
  return new GarimError(
    "ERR_GARIM_INPUT_INVALID",
    `There is no code ${JSON.stringify(word)}.${meant} Write garim explain --list for all of them`,
  );
}
