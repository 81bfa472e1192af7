import { GarimError } from "@garim/policy";

/** A schema of Zod 4.3 or newer. Only its definition and metadata are read, so Zod itself is not imported. */
export interface ZodSchema {
  readonly _zod: { readonly def: { readonly type: string } };
}

/** A `z.object` whose parsed values are of type `Output`. */
export interface ZodObject<Output = unknown> {
  readonly _zod: { readonly def: { readonly type: "object" }; readonly output: Output };
}

/** What is read of a definition; `type` says which members it has. */
export interface Definition {
  readonly type: string;
  readonly innerType?: ZodSchema;
  readonly getter?: () => ZodSchema;
  readonly shape?: Readonly<Record<string, ZodSchema>>;
  readonly catchall?: ZodSchema;
  readonly element?: ZodSchema;
  readonly options?: readonly ZodSchema[];
  readonly discriminator?: string;
  readonly values?: readonly unknown[];
  readonly entries?: Readonly<Record<string, unknown>>;
}

/** The first minor version whose `.min()`, `.refine()` and the like keep what `.meta()` said: before, a mark was lost. */
const FIRST_MINOR = 3;

/**
 * The definition of a schema.
 *
 * @throws GarimError `ERR_GARIM_SCHEMA_INVALID` where it is no schema of Zod 4.3 or newer
 */
export function definitionOf(schema: ZodSchema, path: string): Definition {
  const { def, version } = (schema?._zod ?? {}) as {
    readonly def?: Definition;
    readonly version?: { readonly major: number; readonly minor: number };
  };
  if (typeof def?.type === "string" && version?.major === 4 && version.minor >= FIRST_MINOR) return def;
  throw new GarimError(
    "ERR_GARIM_SCHEMA_INVALID",
    `${path} is no schema of Zod 4.3 or newer, whose checks keep what .meta() said; install zod@^4.3 and import { z } from "zod"`,
  );
}

/**
 * What `.meta()` says of a schema.
 *
 * @throws GarimError `ERR_GARIM_SCHEMA_INVALID` for schemas of `zod/mini`, which have none
 */
export function metaOf(schema: ZodSchema, path: string): object | undefined {
  const { meta } = schema as { readonly meta?: () => object | undefined };
  if (typeof meta === "function") return meta.call(schema);
  throw new GarimError(
    "ERR_GARIM_SCHEMA_INVALID",
    `${path} is a schema of zod/mini, which has no .meta(); import { z } from "zod"`,
  );
}
