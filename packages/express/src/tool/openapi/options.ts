import { GarimError, nearest } from "@garim/policy";
import type { Json } from "../../openapi/shape.ts";
import { checkNames } from "../../start/option-names.ts";

/** What the host adds to the document of what tools read. */
export interface DescribeOptions {
  /** What the API is called. Default: "Orders for sellers' tools". */
  readonly title?: string;
  /** By method and path as the app has them, `GET /tool/lines`: what only the host knows of a route. */
  readonly operations?: Readonly<Record<string, DescribedOperation>>;
}

/** A route of the host's, in its own words. */
export interface DescribedOperation {
  readonly summary?: string;
  /** Parameters of OpenAPI 3.1 that the handler itself reads: `{ name: "after", in: "query", schema: { type: "string" } }`. */
  readonly parameters?: readonly object[];
}

/** @throws GarimError `ERR_GARIM_OPTION_UNKNOWN` */
export function checkDescribe(options: DescribeOptions): void {
  checkNames("describe", options, ["title", "operations"]);
  for (const [name, operation] of Object.entries(options.operations ?? {}))
    checkNames(`describe.operations[${JSON.stringify(name)}]`, operation, ["summary", "parameters"]);
}

/** An operation with what the host says of it. */
export function ownOf(name: string, described: Json, { operations = {} }: DescribeOptions): Json {
  const { summary, parameters = [] } = operations[name] ?? {};
  const all = [...((described["parameters"] ?? []) as readonly object[]), ...parameters];
  return {
    ...described,
    ...(summary === undefined ? {} : { summary }),
    ...(all.length === 0 ? {} : { parameters: all }),
  };
}

/** A route that is spelt wrong would be described by nobody. @throws GarimError `ERR_GARIM_OPTION_INVALID` */
export function refuseUnknown(names: readonly string[], { operations = {} }: DescribeOptions): void {
  const unknown = Object.keys(operations).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const hint = nearest(unknown, names) ?? names[0] ?? "GET /tool/lines";
  throw new GarimError(
    "ERR_GARIM_OPTION_INVALID",
    `describe: the app opens no route ${JSON.stringify(unknown)} to tools; write operations: { ${JSON.stringify(hint)}: { … } }`,
  );
}
