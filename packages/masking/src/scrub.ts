import { find } from "./find/find.ts";
import { FOUND_KINDS, type Found, type FoundKind } from "./find/found.ts";

/** What stands for everything scrubbed: one text for all kinds and lengths, so that neither can be told. */
export const SCRUBBED = "***";

/** Longer texts, in UTF-16 units, are no reviews or memos: they are replaced whole. */
export const SCRUB_LIMIT = 1_048_576;

/** Each round may bring a context word closer to a number; texts that are still not clean after these are replaced whole. */
const ROUNDS = 4;

const PERSONAL_KINDS: readonly FoundKind[] = FOUND_KINDS.filter((kind) => kind !== "businessNumber");

/** What {@link scrub} may be told. */
export interface ScrubOptions {
  /** The kinds to replace; by default all but business numbers, which are not personal. */
  readonly kinds?: readonly FoundKind[];
}

/**
 * Replaces the personal data of a free text, each place by `***`. Scrubbing what was scrubbed changes nothing.
 *
 * Never throws: what is no text, is longer than {@link SCRUB_LIMIT} or fails in whatever way becomes `***` as a whole.
 */
export function scrub(text: string, options: ScrubOptions = {}): string {
  try {
    if (typeof text !== "string" || text.length > SCRUB_LIMIT) return SCRUBBED;
    return scrubAll(text, new Set(options.kinds ?? PERSONAL_KINDS));
  } catch {
    return SCRUBBED;
  }
}

function scrubAll(text: string, kinds: ReadonlySet<FoundKind>): string {
  let clean = text;
  for (let round = 0; round < ROUNDS; round++) {
    const spans = find(clean).filter(({ kind }) => kinds.has(kind));
    if (spans.length === 0) return clean;
    clean = replace(clean, spans);
  }
  return SCRUBBED;
}

function replace(text: string, spans: readonly Found[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of spans) {
    parts.push(text.slice(from, start), SCRUBBED);
    from = end;
  }
  parts.push(text.slice(from));
  return parts.join("");
}
