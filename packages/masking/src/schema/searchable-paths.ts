import type { PiiKind } from "@garim/policy";
import { isField, isLeaf, isList, isUnion } from "./node.ts";
import type { AnswerShape, Node, RecordSchema } from "./schema.ts";

/** The paths of the fields of an answer's records, open and personal, from their records on. Lists leave no trace in them. */
export function searchablePaths(shape: AnswerShape): readonly string[] {
  return [...new Set(pathsIn(shape, null).map(({ path }) => path))];
}

/** The kind of a record's own field; `undefined` for an open one, and where it has none of that path. */
export function kindAt(schema: RecordSchema, path: string): PiiKind | undefined {
  return pathsIn(schema, null).find((field) => field.path === path)?.kind;
}

interface FieldPath {
  readonly path: string;
  readonly kind?: PiiKind;
}

/** @param path - from the record on; `null` outside one */
function pathsIn(node: Node, path: string | null): readonly FieldPath[] {
  if (isList(node)) return pathsIn(node[0], path);
  if (isUnion(node)) return Object.values(node.variants).flatMap((variant) => pathsIn(variant, path));
  if (isField(node)) {
    if (path === null) return [];
    return [node.node === "pii" ? { path, kind: node.kind } : { path }];
  }
  const isRecord = isLeaf(node) && node.node === "record";
  return Object.entries(isRecord ? node.shape : node).flatMap(([key, member]) =>
    pathsIn(member as Node, isRecord ? key : path === null ? null : `${path}.${key}`),
  );
}
