import { GarimError } from "@garim/policy";
import { isKeyName } from "../note/key-text.ts";
import { isKeyText } from "./key-bytes.ts";
import { isChain, isHeld, type KeyFile, type SubjectEntry } from "./key-file.ts";
import { isMonth } from "./month.ts";

/** What is wrong with a file, where, and what to do; never what stands there: that may be a key. */
class Unreadable extends Error {}

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads the text of a key file. One of the older form, `{"subjects":[{id,key}],"secrets":[{id,key}]}`, is read as well.
 *
 * @param path - named in the error
 * @throws GarimError `ERR_GARIM_KEYS_INVALID`: it says where the fault is, and never what stands there
 */
export function parseKeyFile(text: string, path: string): KeyFile {
  try {
    return readFile(JSON.parse(text.replace(/^\ufeff/, "")) as unknown);
  } catch (error) {
    // An engine's own message quotes the text, which holds keys: neither it nor its cause goes on.
    const fault = error instanceof Unreadable ? error : damage("it is no JSON");
    throw new GarimError("ERR_GARIM_KEYS_INVALID", `The key file ${path} ${fault.message}`);
  }
}

/** Writes what {@link parseKeyFile} reads. */
export function printKeyFile(file: KeyFile): string {
  return `${JSON.stringify(file, null, 2)}\n`;
}

function readFile(value: unknown): KeyFile {
  const file = asObject(value, "the file");
  const { version = 1 } = file;
  if (version !== 1) throw new Unreadable("is of a newer version than 1; update Garim");
  const subjects = readList<SubjectEntry>(file, "subjects", checkSubject);
  const secrets = readList(file, "secrets", checkSingle);
  const signers = readList(file, "signers", checkSigner);
  if (secrets.length === 0) throw damage("secrets holds no key");
  if (subjects.every(isHeld)) throw damage("subjects holds no key that makes new pseudonyms");
  // Checked member by member above; the ones nobody here knows stay where they are.
  return { ...file, version, subjects, secrets, signers } as KeyFile;
}

function damage(seen: string): Unreadable {
  return new Unreadable(`is damaged: ${seen}; restore it from your copy`);
}

/** A list's entries, each with an id of its own. */
function readList<T>(file: Json, kind: string, check: (entry: Json, place: string) => void): readonly T[] {
  const list: unknown = file[kind] ?? [];
  if (!Array.isArray(list)) throw damage(`${kind} is no list`);
  const entries = list.map((value: unknown, i) => readEntry(value, `${kind}[${i}]`, check));
  const ids = new Set(entries.map(({ id }) => id));
  if (ids.size < entries.length) throw damage(`two keys of ${kind} have one id`);
  return entries as unknown as readonly T[];
}

function readEntry(value: unknown, place: string, check: (entry: Json, place: string) => void): Json {
  const entry = asObject(value, place);
  const { id, made, owner } = entry;
  need(typeof id === "string" && id !== "" && id.length <= 64, `${place}.id`, "a text of 1 to 64 characters");
  need(made === undefined || isDate(made), `${place}.made`, "a moment such as 2026-11-22T00:00:00Z");
  need(owner === undefined || typeof owner === "string", `${place}.owner`, "a text");
  check(entry, place);
  return entry;
}

function checkSubject(entry: Json, place: string): void {
  checkSingle(entry, place);
  const subject = entry as unknown as SubjectEntry;
  if (isHeld(subject)) needMonth(subject.held, `${place}.held`);
  if (!isChain(subject)) return;
  // Its keys' ids are `2026-11.` and this.
  need(subject.id.length <= 56, `${place}.id`, "a text of 1 to 56 characters");
  needMonth(subject.from, `${place}.from`);
  needMonth(subject.month, `${place}.month`);
  need(subject.from <= subject.month, `${place}.month`, "from, or a later month");
}

function checkSingle({ key }: Json, place: string): void {
  need(isKeyText(key), `${place}.key`, "32 bytes in base64");
}

function checkSigner(entry: Json, place: string): void {
  const { name, seed, verifierKey, retired } = entry;
  const isName = typeof name === "string" && isKeyName(name);
  need(isName, `${place}.name`, "a text without spaces and plus signs");
  if (retired === undefined) {
    need(isKeyText(seed), `${place}.seed`, "32 bytes in base64");
  } else {
    need(isDate(retired), `${place}.retired`, "a moment such as 2026-11-22T00:00:00Z");
    need(seed === undefined, `${place}.seed`, "absent, as it is retired");
    need(typeof verifierKey === "string", `${place}.verifierKey`, "its public key as a text");
  }
}

function isDate(value: unknown): boolean {
  return typeof value === "string" && Number.isFinite(Date.parse(value));
}

function needMonth(value: unknown, place: string): void {
  need(isMonth(value), place, "a month such as 2026-11");
}

function need(isRight: boolean, place: string, wanted: string): void {
  if (!isRight) throw damage(`${place} must be ${wanted}`);
}

function asObject(value: unknown, place: string): Json {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Json;
  throw damage(`${place} is no object`);
}
