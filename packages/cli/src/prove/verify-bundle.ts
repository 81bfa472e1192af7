import { checkBundle } from "@garim/audit";
import { inputInvalid } from "../input-error.ts";
import { writeDocument } from "../output/document.ts";
import { findLanguage, type Language } from "../output/language.ts";
import type { VerbContext } from "../verb/context.ts";
import { readNoteFile } from "./note-file.ts";
import { printVerdict } from "./print-verdict.ts";
import { readTextFile } from "./text-file.ts";

/** What `garim verify` is told of a bundle. */
export interface VerifyBundleOptions {
  /** Verifier keys as text, `name+id+base64`; at least one. */
  readonly keys: readonly string[];
  /** Names the log; the name of the keys unless given. */
  readonly origin?: string;
  /** File of an older signed checkpoint that the bundle must go on from. */
  readonly since?: string;
  readonly json?: true;
  readonly lang?: Language;
}

/** Larger than the bundle of any record. */
const MAX_BYTES = 256 * 1_048_576;

/**
 * Checks a bundle of `garim prove` offline and says what it proves; ends the command with 3 where it proves nothing.
 *
 * @throws GarimError `ERR_GARIM_INPUT_INVALID` (no file, no JSON, no key, keys of several logs without `origin`),
 *   `ERR_GARIM_KEYS_INVALID`, `ERR_GARIM_PROOF_INVALID` for a `since` that none of the keys signed
 */
export async function verifyBundleFile(
  path: string,
  options: VerifyBundleOptions,
  { terminal, end }: VerbContext,
): Promise<void> {
  const { keys, origin = originOf(keys), since } = options;
  const kept = since === undefined ? {} : { since: await readNoteFile(since) };
  const bundle = parse(await readTextFile(path, "a bundle of garim prove", MAX_BYTES), path);
  const verdict = checkBundle(bundle, { keys, origin, ...kept });
  const language = findLanguage(options.lang, terminal);
  await writeDocument(terminal, verdict, options, () => printVerdict(verdict, language, terminal));
  if (!verdict.isProven) end(3);
}

/** By habit a key is named as its log is. */
function originOf(keys: readonly string[]): string {
  const names = new Set(keys.map((key) => key.split("+")[0] ?? ""));
  const [name] = names;
  if (name === undefined)
    throw inputInvalid(
      "A bundle is checked with the public key of the log, which must come from somewhere else than the bundle; write --key KEY, as garim keys list shows it",
    );
  if (names.size === 1) return name;
  throw inputInvalid(`The keys have several names; say which log is meant: --origin ${name}`);
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw inputInvalid(`${path} is no JSON; give the path of a bundle of garim prove`);
  }
}
