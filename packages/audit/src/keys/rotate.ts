import { keysInvalid } from "./fault.ts";
import { isChain, type KeyFile, type KeyKind } from "./key-file.ts";
import { type KeyMaking, makeChain, makeSecret, makeSigner } from "./make.ts";
import { type Month, monthAfter, monthOf } from "./month.ts";

export interface Rotation extends KeyMaking {
  /** Begins a new chain this month already, after a leak. Otherwise it begins next month, so that the file is on every node by then. */
  readonly isAtOnce?: boolean;
}

/**
 * Makes a new key of a kind; those before stay: a chain ends and is searched on, a secret decrypts on, a signer signs on until
 * it is retired. Owner and name are those of the key before unless given.
 *
 * @throws GarimError `ERR_GARIM_KEYS_INVALID` where a new chain waits for its month already
 */
export function rotateKeys(file: KeyFile, kind: KeyKind, rotation: Rotation): KeyFile {
  switch (kind) {
    case "subjects": {
      const from = beginning(file, rotation);
      const chain = makeChain(inherit(rotation, file.subjects[0]), from);
      // One that has not begun when a newer one does never begins.
      const others = file.subjects.filter((entry) => !isChain(entry) || entry.from <= from);
      return { ...file, subjects: [chain, ...others] };
    }
    case "secrets":
      return { ...file, secrets: [makeSecret(inherit(rotation, file.secrets[0])), ...file.secrets] };
    case "signers":
      return { ...file, signers: [makeSigner(inherit(rotation, file.signers[0])), ...file.signers] };
  }
}

function inherit(
  { now, owner, name }: KeyMaking,
  before: Pick<KeyMaking, "owner" | "name"> | undefined,
): KeyMaking {
  const said = { owner: owner ?? before?.owner, name: name ?? before?.name };
  return {
    now,
    ...(said.owner === undefined ? {} : { owner: said.owner }),
    ...(said.name === undefined ? {} : { name: said.name }),
  };
}

/** The month a new chain begins in. */
function beginning({ subjects }: KeyFile, { now, isAtOnce = false }: Rotation): Month {
  const month = monthOf(now);
  if (isAtOnce) return month;
  const next = monthAfter(month);
  const waiting = subjects.filter(isChain).find(({ from }) => from >= next);
  if (waiting === undefined) return next;
  throw keysInvalid(
    `A new chain of subjects' keys begins in ${waiting.from} already; wait for it, or begin one at once with --now`,
  );
}
