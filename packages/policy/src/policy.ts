import type { Edition, NumberRule, PolicyNumbers } from "./edition.ts";
import { EDITIONS } from "./editions.ts";
import { GarimError } from "./error.ts";
import { nearest } from "./nearest.ts";

/** Rules in force: an edition, and the numbers a deployment made stricter. Frozen. */
export interface Policy extends PolicyNumbers {
  readonly edition: Edition;
  /** Only what differs from the edition's defaults: with the edition's id it makes every decision replayable. */
  readonly overrides: Readonly<Partial<PolicyNumbers>>;
}

export type PolicyOptions = { readonly edition?: string } & Partial<PolicyNumbers>;

/** The edition a deployment gets when it names none. */
export const DEFAULT_EDITION = "kr-2026-10-31";

/**
 * Resolves the rules in force once, at start. Configuration may tighten the edition and never loosen it.
 *
 * @param options - `edition`: an edition's id; any number of {@link PolicyNumbers}, in the unit its name says
 * @throws GarimError `ERR_GARIM_EDITION_UNKNOWN`, `ERR_GARIM_OPTION_UNKNOWN` (names the nearest option),
 *   `ERR_GARIM_POLICY_INVALID` (no whole number), `ERR_GARIM_POLICY_LAX` (names bound and source)
 */
export function resolvePolicy(options: PolicyOptions = {}): Policy {
  if (typeof options !== "object" || options === null || Array.isArray(options)) throw noOptions();
  const { edition: id = DEFAULT_EDITION, ...given } = options;
  const edition = findEdition(id);
  const overrides: Partial<Record<keyof PolicyNumbers, number>> = {};
  const numbers = defaultsOf(edition);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (!isNumberName(edition, name)) throw unknownOption(edition, name);
    const checked = checkNumber(name, value, edition.numbers[name]);
    if (checked !== numbers[name]) overrides[name] = checked;
    numbers[name] = checked;
  }
  return Object.freeze({ ...numbers, edition, overrides: Object.freeze(overrides) });
}

function noOptions(): GarimError {
  return new GarimError(
    "ERR_GARIM_POLICY_INVALID",
    `policy must be an object; write policy: { edition: ${JSON.stringify(DEFAULT_EDITION)} }`,
  );
}

function findEdition(id: unknown): Edition {
  const edition = EDITIONS.find((one) => one.id === id);
  if (edition !== undefined) return edition;
  const known = EDITIONS.map((one) => one.id);
  throw new GarimError(
    "ERR_GARIM_EDITION_UNKNOWN",
    `There is no policy edition ${JSON.stringify(String(id))}. Write policy: { edition: ${JSON.stringify(nearest(String(id), known) ?? DEFAULT_EDITION)} }`,
  );
}

function defaultsOf(edition: Edition): Record<keyof PolicyNumbers, number> {
  const entries = Object.entries(edition.numbers).map(([name, rule]) => [name, rule.default]);
  return Object.fromEntries(entries) as Record<keyof PolicyNumbers, number>;
}

function isNumberName(edition: Edition, name: string): name is keyof PolicyNumbers {
  return Object.hasOwn(edition.numbers, name);
}

function unknownOption(edition: Edition, name: string): GarimError {
  const hint = nearest(name, ["edition", ...Object.keys(edition.numbers)]);
  return new GarimError(
    "ERR_GARIM_OPTION_UNKNOWN",
    `The policy has no option ${JSON.stringify(name)}.${hint === undefined ? "" : ` Did you mean ${hint}?`} It takes: edition, ${Object.keys(edition.numbers).join(", ")}`,
  );
}

function checkNumber(name: string, value: unknown, rule: NumberRule): number {
  // A part of a try would never be reached by counting.
  if (typeof value !== "number" || !Number.isInteger(value))
    throw new GarimError(
      "ERR_GARIM_POLICY_INVALID",
      `policy.${name} must be a whole number; write ${name}: ${rule.default}`,
    );
  if (value < rule.least || value > rule.most)
    throw new GarimError(
      "ERR_GARIM_POLICY_LAX",
      `policy.${name} is ${value}, but ${rule.source} allows ${rule.least} to ${rule.most}; write ${name}: ${value > rule.most ? rule.most : rule.least} or leave it out (${rule.default})`,
    );
  return value;
}
