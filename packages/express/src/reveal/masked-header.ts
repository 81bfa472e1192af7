import type { FoundRecord } from "@garim/masking";
import type { Disclosed } from "../answer/access.ts";
import type { GuardedRoute } from "./guarded-route.ts";

/** Says what of an answer is not clear (a list of RFC 9651), where its records do not. */
const MASKED_HEADER = "Garim-Masked";

/** The header of an answer whose records do not say themselves what of them is masked; none where nothing is, or they do. */
export function sumMasked(
  found: readonly FoundRecord[],
  { records }: Pick<Disclosed, "records">,
  { writer, isSummed }: GuardedRoute,
): Readonly<Record<string, string>> {
  if (!isSummed) return {};
  const disclosures = records.map(({ disclosure }) => disclosure);
  const summary = writer.maskedSummary(found, disclosures);
  return summary === "" ? {} : { [MASKED_HEADER]: summary };
}
