import { keysInvalid } from "./fault.ts";
import type { KeyFile, SignerEntry } from "./key-file.ts";
import { openSigner } from "./signer.ts";

/**
 * Ends a signer: it signs no more, and its seed is forgotten. Its public key stays, as what it signed must be verified on.
 *
 * @param now - UTC milliseconds
 * @throws GarimError `ERR_GARIM_KEYS_INVALID` where there is no such signer, it is retired already, or it is the only one
 */
export function retireSigner(file: KeyFile, id: string, now: number): KeyFile {
  const signer = find(file.signers, "signers", id);
  const { seed, ...rest } = signer;
  if (seed === undefined) throw keysInvalid(`The signer ${id} is retired already`);
  if (file.signers.every((one) => one === signer || one.seed === undefined))
    throw keysInvalid(
      `The signer ${id} is the only one, and the log must be signed on; make another first with garim keys rotate --kind signers`,
    );
  const retired: SignerEntry = {
    ...rest,
    verifierKey: openSigner(signer.name, seed).verifierKey,
    retired: new Date(now).toISOString(),
  };
  return { ...file, signers: file.signers.map((one) => (one === signer ? retired : one)) };
}

/**
 * Forgets a secret. Second factors that are still encrypted with it cannot be opened any more.
 *
 * @throws GarimError `ERR_GARIM_KEYS_INVALID` where there is no such secret, or it is the one that encrypts
 */
export function retireSecret(file: KeyFile, id: string): KeyFile {
  const secret = find(file.secrets, "secrets", id);
  if (secret === file.secrets[0])
    throw keysInvalid(
      `The secret ${id} encrypts second factors; make another first with garim keys rotate --kind secrets`,
    );
  return { ...file, secrets: file.secrets.filter((one) => one !== secret) };
}

function find<T extends { readonly id: string }>(keys: readonly T[], kind: string, id: string): T {
  const key = keys.find((one) => one.id === id);
  if (key !== undefined) return key;
  throw keysInvalid(
    `There is no key ${JSON.stringify(id)} among the ${kind}; garim keys list shows their ids`,
  );
}
