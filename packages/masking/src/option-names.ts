import { GarimError, nearest } from "@garim/policy";

/**
 * Checks that a function knows all options it is given.
 *
 * @param to - name of the function
 * @throws GarimError `ERR_GARIM_OPTION_UNKNOWN`, with the nearest name
 */
export function checkNames(to: string, options: object, known: readonly string[]): void {
  const name = Object.keys(options).find((one) => !known.includes(one));
  if (name === undefined) return;
  const hint = nearest(name, known);
  throw new GarimError(
    "ERR_GARIM_OPTION_UNKNOWN",
    `${to} has no option ${JSON.stringify(name)}.${hint === undefined ? "" : ` Did you mean ${hint}?`} It takes: ${known.join(", ")}`,
  );
}
