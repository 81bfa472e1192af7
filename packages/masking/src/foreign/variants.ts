import { undeclarable } from "../schema/error.ts";
import { open, type Shape } from "../schema/schema.ts";
import { type Union, union } from "../schema/union.ts";

/** One of the objects a union chooses from, and the tag's texts that choose it. */
export interface ForeignVariant {
  readonly texts: readonly string[];
  /** With the tag, where the library's schema declares it. */
  readonly shape: Shape;
}

/**
 * Makes a union of what another library calls a choice.
 *
 * @throws GarimError `ERR_GARIM_SCHEMA_INVALID` where a text chooses two of them, or the tag is personal data
 */
export function unionOf(tag: string, variants: readonly ForeignVariant[], path: string): Union {
  const shapes = new Map<string, Shape>();
  for (const { texts, shape } of variants) {
    const { [tag]: tagged = open(), ...members } = shape;
    if (tagged !== open())
      throw undeclarable(`${path}.${tag}`, "chooses the variant, but is no open text", "take its mark away");
    for (const text of texts) {
      if (shapes.has(text))
        throw undeclarable(path, `has two variants for ${tag} ${JSON.stringify(text)}`, "leave one of them");
      shapes.set(text, members);
    }
  }
  return union(tag, Object.fromEntries(shapes));
}
