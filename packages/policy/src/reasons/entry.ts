import type { SourceId } from "../source.ts";
import type { Words } from "../words.ts";

/** What a reason says, and by which rule. */
export interface ReasonEntry {
  /** Where the rule comes from; an edition may say otherwise (its `sources`). */
  readonly source: SourceId;
  /** What happened, for the person who asked. */
  readonly because: Words;
  /** What would lift it; none where nothing does. */
  readonly remedy: Words | null;
}

export function reason(source: SourceId, because: Words, remedy: Words | null = null): ReasonEntry {
  return Object.freeze({
    source,
    because: Object.freeze(because),
    remedy: remedy && Object.freeze(remedy),
  });
}
