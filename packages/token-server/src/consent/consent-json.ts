import { kindsOf, type Language, REASONS, type Reason } from "@garim/policy";
import type { ConsentView } from "./page.ts";
import { CONSENT_WORDS } from "./words.ts";

/** What a seller is asked, for a host that draws the page itself: `GET /consent/:name` with `Accept: application/json`. */
export function consentJson({ kinds, goal, ...view }: ConsentView): object {
  return { ...view, fields: kindsOf(kinds), goal };
}

/** Why a tool cannot be connected. */
export function refusedJson(tool: string, reason: Reason, language: Language): object {
  const { because, remedy, source } = REASONS[reason];
  return {
    error: "access_denied",
    tool,
    reason,
    source,
    because: because[language],
    ...(remedy === null ? {} : { remedy: remedy[language] }),
  };
}

/** A request that was decided, or took too long. */
export function endedJson(language: Language): object {
  return { error: "request_ended", error_description: CONSENT_WORDS.endedNote[language] };
}
