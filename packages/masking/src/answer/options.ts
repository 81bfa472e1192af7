import { GarimError } from "@garim/policy";
import { MASK_PROFILE } from "../mask.ts";
import { checkNames } from "../option-names.ts";

/** How an answer is compiled. */
export interface AnswerOptions {
  /** Whether code may be generated with `new Function`. Where the process forbids it, it is not. Default `false`. */
  readonly codeGeneration?: boolean;
  /** The mask profile. */
  readonly profile?: typeof MASK_PROFILE;
  /** Bytes an answer may have at most, inclusive. Default 64 MiB. */
  readonly maxBytes?: number;
  /**
   * Where it is said what is not clear, and why: in the `record`, as its member `_masked`; or `none`, and then whoever sends the
   * answer says it by `maskedSummary`, for masked text cannot be told from a real name. Default `record`.
   */
  readonly masked?: "record" | "none";
}

/** The defaults of {@link AnswerOptions}. */
export const ANSWER_DEFAULTS: Required<AnswerOptions> = Object.freeze({
  codeGeneration: false,
  profile: MASK_PROFILE,
  maxBytes: 67_108_864,
  masked: "record",
});

/**
 * Fills in the defaults.
 *
 * @throws GarimError `ERR_GARIM_OPTION_UNKNOWN`, `ERR_GARIM_OPTION_INVALID`
 */
export function resolveOptions(options: AnswerOptions): Required<AnswerOptions> {
  checkNames("compileAnswer", options, Object.keys(ANSWER_DEFAULTS));
  const codeGeneration = options.codeGeneration ?? ANSWER_DEFAULTS.codeGeneration;
  const profile = options.profile ?? ANSWER_DEFAULTS.profile;
  const maxBytes = options.maxBytes ?? ANSWER_DEFAULTS.maxBytes;
  const masked = options.masked ?? ANSWER_DEFAULTS.masked;
  if (profile !== MASK_PROFILE) throw invalidOption("profile", `"${MASK_PROFILE}"`);
  if (typeof codeGeneration !== "boolean") throw invalidOption("codeGeneration", "true or false");
  if (!Number.isInteger(maxBytes) || maxBytes < 1 || maxBytes > 2 ** 30)
    throw invalidOption("maxBytes", "a whole number from 1 to 1073741824");
  if (masked !== "record" && masked !== "none") throw invalidOption("masked", '"record" or "none"');
  return { codeGeneration, profile, maxBytes, masked };
}

function invalidOption(name: keyof AnswerOptions, wanted: string): GarimError {
  return new GarimError(
    "ERR_GARIM_OPTION_INVALID",
    `compileAnswer's ${name} must be ${wanted}; leave it out for ${JSON.stringify(ANSWER_DEFAULTS[name])}`,
  );
}
