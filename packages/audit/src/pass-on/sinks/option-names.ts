import { GarimError, nearest } from "@garim/policy";

/** @throws GarimError `ERR_GARIM_OPTION_UNKNOWN` (names the nearest option) */
export function checkNames(maker: string, options: object, names: readonly string[]): void {
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const hint = nearest(unknown, names);
  throw new GarimError(
    "ERR_GARIM_OPTION_UNKNOWN",
    `${maker} has no option ${JSON.stringify(unknown)}.${hint === undefined ? "" : ` Did you mean ${hint}?`} It takes: ${names.join(", ")}`,
  );
}
