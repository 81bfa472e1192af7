import { KIND_WORDS, type PiiKind } from "@garim/policy";

/** What a kind is called in a reason. The memo kind stands for every text that people write as they like. */
export function nameKind(kind: PiiKind): string {
  return kind === "memo" ? "free text" : KIND_WORDS[kind].en;
}
