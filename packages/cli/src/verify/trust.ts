import { existsSync, readFileSync, statSync } from "node:fs";
import { type CheckpointPlace, filePlace, httpPlace } from "@garim/audit";
import type { Config } from "../connect/config.ts";
import { inputInvalid } from "../input-error.ts";
import { cleanForTerminal } from "../output/clean.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The public keys that are trusted: each given as text, or as a file with one on each line.
 *
 * @throws GarimError `ERR_GARIM_INPUT_INVALID` where none is given or a file cannot be read
 */
export function readKeys(given: readonly string[] | undefined, { checkpoints }: Config): readonly string[] {
  const keys = (given ?? checkpoints?.keys ?? []).flatMap(readKey);
  if (keys.length > 0) return keys;
  throw inputInvalid(
    'The log is checked with its public key, which must come from somewhere else than the database; write --key KEY, as garim keys list shows it, or "checkpoints": { "keys": [KEY] } in garim.config.json',
  );
}

/** Keys look like `name+id+base64`; what does not is a file. */
function readKey(text: string): readonly string[] {
  if (text.startsWith("PRIVATE+KEY+"))
    throw inputInvalid(
      "--key takes public keys only, and this is a private one; give the one that garim keys list shows",
    );
  if (/^[^+]+\+[0-9a-f]{8}\+/.test(text)) return [text];
  const lines = readLines(text);
  if (lines.some((line) => line.startsWith("PRIVATE+KEY+")))
    throw inputInvalid(`${text} holds a private key; give --key the public one, as garim keys list shows it`);
  return lines;
}

function readLines(path: string): readonly string[] {
  try {
    const lines = readFileSync(path, "utf8").split(/\r?\n/);
    return lines.map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
  } catch (cause) {
    const { code = "unknown error" } = cause as NodeJS.ErrnoException;
    throw inputInvalid(
      `${path} cannot be read (${code}); give --key a public key as garim keys list shows it, or a file of such lines`,
      cause,
    );
  }
}

/** The name of the log: that of its keys, by habit, unless said. */
export function findOrigin(
  asked: string | undefined,
  { checkpoints }: Config,
  keys: readonly string[],
): string {
  const said = asked ?? checkpoints?.origin;
  if (said !== undefined) return said;
  const [name, ...others] = new Set(keys.map((key) => key.split("+")[0] ?? ""));
  if (name !== undefined && others.length === 0) return name;
  throw inputInvalid(`The keys have several names; say which log is meant: --origin ${name ?? "NAME"}`);
}

/**
 * Refuses a name that was only taken from the keys where the copy says another: a key of a key file has a name of its own, and a
 * sound log must not look damaged for it.
 *
 * @throws GarimError `ERR_GARIM_INPUT_INVALID`
 */
export async function checkGuessedOrigin(
  asked: string | undefined,
  { checkpoints }: Config,
  place: CheckpointPlace,
  origin: string,
): Promise<void> {
  if ((asked ?? checkpoints?.origin) !== undefined) return;
  const [seen = ""] = ((await place.latest()) ?? "").split("\n", 1);
  if (seen === "" || seen === origin) return;
  throw inputInvalid(
    `The key is named ${origin}, and the checkpoints are of the log ${cleanForTerminal(seen)}; if that is the one you mean, write --origin ${cleanForTerminal(seen)}`,
  );
}

/**
 * The copies outside, one at least: folders of `filePlace`, or addresses of `httpPlace`. `GARIM_PLACE_AUTHORIZATION` is sent along.
 *
 * @throws GarimError `ERR_GARIM_INPUT_INVALID`
 */
export function findPlaces(
  asked: readonly string[] | undefined,
  { checkpoints }: Config,
  env: Environment,
): readonly [CheckpointPlace, ...CheckpointPlace[]] {
  const [first, ...others] = asked ?? checkpoints?.places ?? [];
  if (first !== undefined) return [openPlace(first, env), ...others.map((where) => openPlace(where, env))];
  throw inputInvalid(
    'The log is checked against its copy outside the database; write --place FOLDER or --place https://…, or "checkpoints": { "place": "…" } in garim.config.json',
  );
}

function openPlace(where: string, env: Environment): CheckpointPlace {
  if (/^https?:/.test(where))
    return httpPlace(where, { headers: () => authorization(env), timeoutMs: 600_000 });
  if (existsSync(where) && statSync(where).isDirectory()) return filePlace(where);
  throw inputInvalid(
    `${where} is no folder; give --place the folder that the checkpoints were written to, or its copy`,
  );
}

function authorization(env: Environment): Readonly<Record<string, string>> {
  const value = env["GARIM_PLACE_AUTHORIZATION"] ?? "";
  return value === "" ? {} : { authorization: value };
}
