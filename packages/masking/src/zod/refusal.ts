import type { GarimError } from "@garim/policy";
import { undeclarable } from "../schema/error.ts";

/** What to write for types that do not say in full what is answered. */
const REMEDIES: Readonly<Record<string, string>> = {
  any: "write the type it has: z.string(), z.object({ ... })",
  unknown: "write the type it has: z.string(), z.object({ ... })",
  custom: "write the type it has: z.string(), z.object({ ... })",
  bigint: "JSON cannot hold it: answer with a text and write z.string()",
  record: "name its members: write z.object({ ... })",
  map: "JSON cannot hold it: answer with an object and write z.object({ ... })",
  set: "JSON cannot hold it: answer with a list and write z.array( ... )",
  tuple: "write z.array( ... ) of one kind of item, or z.object({ ... })",
  intersection: "write one object: A.extend(B.shape)",
  pipe: "declare what is answered, after the transform: z.string()",
  transform: "declare what is answered, after the transform: z.string()",
  union: 'write z.discriminatedUnion("type", [ ... ]), with z.literal() texts in type',
};

/** A schema of a type that cannot be declared. */
export function refuseType(type: string, path: string): GarimError {
  const remedy = REMEDIES[type] ?? "declare what is answered, as JSON has it: z.string(), z.object({ ... })";
  return undeclarable(path, `is z.${type}(), which does not say what may be answered`, remedy);
}
