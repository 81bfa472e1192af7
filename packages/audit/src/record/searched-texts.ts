/** The searched columns beside the body that are texts, in the order of the arguments of `garim.append`: what they say must be what the bytes say. */
export const SEARCHED_TEXTS = [
  "kind",
  "actor",
  "seller",
  "session",
  "ip",
  "action",
  "outcome",
  "purpose",
  "target",
  "key",
] as const;
