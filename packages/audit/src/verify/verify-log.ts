import { Destructions } from "./destroyed.ts";
import type { VerifyOptions } from "./options.ts";
import { hasKeptTable } from "./outside.ts";
import type { Verdict } from "./verdict.ts";
import { Verifier } from "./verifier.ts";

/**
 * Verifies the whole log: the copy outside proves itself by its signatures, and the database is compared with it, byte for byte.
 * Only the copy and the public keys are trusted.
 *
 * @throws GarimError `ERR_GARIM_KEYS_INVALID` for a key that is none; whatever database and place throw
 */
export async function verifyLog(options: VerifyOptions): Promise<Verdict> {
  const hasKept = await hasKeptTable(options.database);
  const destructions = await Destructions.read(options.database, hasKept);
  return new Verifier(options, destructions, hasKept).run();
}
