import type { AnswerShape } from "@garim/masking";

/** The names of the schemas of an answer's records. What stands inside a record is a part of it, and is kept as it is kept. */
export function schemasOf(shape: AnswerShape): readonly string[] {
  return [...new Set(namesIn(shape))];
}

function namesIn(node: unknown): readonly string[] {
  if (typeof node !== "object" || node === null) return [];
  if (isRecord(node)) return [node.name];
  return Object.values(node).flatMap(namesIn);
}

function isRecord(node: object): node is { readonly node: "record"; readonly name: string } {
  return "node" in node && node.node === "record";
}
