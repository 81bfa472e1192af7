import { isField, isLeaf, isList, isUnion } from "./node.ts";
import type { AnswerShape, Node } from "./schema.ts";

/**
 * The paths of an answer's personal fields from their records on: `buyer.email`, `phones`. Lists leave no trace in a path, and
 * a record's own name neither: it is how people would name the field in a query.
 */
export function personalPaths(shape: AnswerShape): readonly string[] {
  return [...new Set(pathsIn(shape, ""))];
}

function pathsIn(node: Node, path: string): readonly string[] {
  if (isList(node)) return pathsIn(node[0], path);
  if (isUnion(node)) return Object.values(node.variants).flatMap((variant) => pathsIn(variant, path));
  if (isField(node)) return node.node === "pii" ? [path] : [];
  const isRecord = isLeaf(node) && node.node === "record";
  const members = isRecord ? node.shape : node;
  return Object.entries(members).flatMap(([key, member]) =>
    pathsIn(member as Node, isRecord || path === "" ? key : `${path}.${key}`),
  );
}
