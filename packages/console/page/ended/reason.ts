import { REASONS, type Reason } from "@garim/policy";
import { language } from "../kit/words.ts";

/** Why, in words; nothing for what is no reason: anybody can write an address. */
export function reasonText(reason: string): string | undefined {
  if (!Object.hasOwn(REASONS, reason)) return undefined;
  const { because, remedy } = REASONS[reason as Reason];
  return [because[language], remedy?.[language]].filter(Boolean).join(" ");
}
