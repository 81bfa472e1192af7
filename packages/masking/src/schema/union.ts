import type { Shape } from "./schema.ts";

/** An object of one of several shapes, told apart by a text in it. */
export interface Union {
  readonly node: "union";
  /** The member whose text chooses the variant. It is no personal data and is written first. */
  readonly tag: string;
  /** The other members of each variant, by the tag's text. */
  readonly variants: { readonly [text: string]: Shape };
}

/**
 * Declares an object of one of several shapes: `union("type", { card: { number: pii.card() }, account: { bank: open() } })`.
 *
 * The tag is read from the object itself, not from its class. An object whose tag is missing, no text or not one of the
 * variants is written as `null`, and `undeclared` names it: `payment.type=?`.
 *
 * @param tag - name of the member that chooses; declared by this, so not in the variants
 * @param variants - at least one; checked, as every node, by the `schema` or answer that holds them
 */
export function union(tag: string, variants: { readonly [text: string]: Shape }): Union {
  return Object.freeze({ node: "union", tag, variants });
}
