import type { PiiKind } from "@garim/policy";
import { isField, isLeaf, isList, isUnion } from "../schema/node.ts";
import type { OpenField, PiiField, RecordSchema, Shape } from "../schema/schema.ts";

/** A field of a record that fits one cell of a table. */
export interface RecordField {
  /** From its record on: `recipient.phone`. */
  readonly path: string;
  /** What personal data it is; `null` for an open field. */
  readonly kind: PiiKind | null;
}

/** A field, and where it is. */
export interface PlacedField {
  readonly keys: readonly string[];
  readonly field: OpenField | PiiField;
}

/**
 * Lists the fields of a record that fit a cell each, in the order they are declared. Lists, unions and records inside it do not.
 */
export function fieldsOf(schema: RecordSchema): readonly RecordField[] {
  return placeFields(schema.shape, []).map(({ keys, field }) => ({
    path: keys.join("."),
    kind: field.node === "pii" ? field.kind : null,
  }));
}

/** As {@link fieldsOf}, for who reads them. */
export function placeFields(shape: Shape, above: readonly string[]): readonly PlacedField[] {
  return Object.entries(shape).flatMap(([key, node]): readonly PlacedField[] => {
    const keys = [...above, key];
    if (isField(node)) return [{ keys, field: node }];
    return isList(node) || isUnion(node) || isLeaf(node) ? [] : placeFields(node, keys);
  });
}
