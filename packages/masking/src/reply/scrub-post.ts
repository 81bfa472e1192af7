import { fold } from "../find/read/fold.ts";
import { SCRUBBED, scrub } from "../scrub.ts";
import { findNames } from "./find-names.ts";

/**
 * Replaces personal data in what a buyer wrote (리뷰, 문의) before others read it: what {@link scrub} finds, and the names of the order.
 *
 * Never throws, as {@link scrub}.
 *
 * @param names - the names on the order, where they are known
 * @source pipa/29
 */
export function scrubPost(text: string, names: readonly string[] = []): string {
  try {
    const clean = scrub(text);
    const plain = fold(clean);
    const places = findNames(plain.text, names).toSorted((one, other) => one.start - other.start);
    let [from, shown] = [0, ""];
    for (const { start, end } of places) {
      const [first, last] = [plain.origins[start] ?? clean.length, plain.origins[end] ?? clean.length];
      if (first >= from) shown += clean.slice(from, first) + SCRUBBED;
      from = Math.max(from, last);
    }
    return shown + clean.slice(from);
  } catch {
    return SCRUBBED;
  }
}
