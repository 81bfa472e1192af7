import { undeclarable } from "../schema/error.ts";
import type { ZodSchema } from "./definition.ts";
import { type Context, unwrap } from "./unwrap.ts";

/**
 * The texts by which the tag chooses an option of `z.discriminatedUnion`.
 *
 * @throws GarimError `ERR_GARIM_SCHEMA_INVALID` where the option is no object, or its tag no literal text
 */
export function tagTexts(option: ZodSchema, tag: string, path: string, context: Context): readonly string[] {
  const { definition } = unwrap(option, path, context);
  const member = definition.shape?.[tag];
  if (member === undefined)
    throw undeclarable(
      path,
      `has an option z.${definition.type}() without ${tag}`,
      `write z.object({ ${tag}: z.literal("..."), ... }) for each`,
    );
  const { values, entries } = unwrap(member, path, context).definition;
  const texts = values ?? Object.values(entries ?? {});
  if (texts.length > 0 && texts.every((text) => typeof text === "string")) return texts;
  throw undeclarable(`${path}.${tag}`, "chooses by something that is no text", 'write z.literal("card")');
}
