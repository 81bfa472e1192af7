import { GarimError, nearest } from "@garim/policy";

/** @throws GarimError `ERR_GARIM_OPTION_INVALID` for no object, `ERR_GARIM_OPTION_UNKNOWN` naming the nearest option */
export function checkNames(where: string, given: object, names: readonly string[]): void {
  if (!isObject(given)) throw invalid(where, "an object", `${where}: { ${names.join(", ")} }`);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const hint = nearest(unknown, names);
  throw new GarimError(
    "ERR_GARIM_OPTION_UNKNOWN",
    `${where} has no option ${JSON.stringify(unknown)}.${hint === undefined ? "" : ` Did you mean ${hint}?`} It takes: ${names.join(", ")}`,
  );
}

export function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

export function invalid(name: string, wanted: string, line: string): GarimError {
  return new GarimError(
    "ERR_GARIM_OPTION_INVALID",
    `createGarim needs ${name} to be ${wanted}; write ${line}`,
  );
}
