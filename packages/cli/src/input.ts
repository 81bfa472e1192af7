import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { inputInvalid } from "./input-error.ts";

/** What was read from one file: a document, or the lines of an NDJSON file. */
export interface Input {
  readonly name: string;
  readonly values: readonly unknown[];
}

/** Reads a stream to its end. */
export type ReadAll = () => Promise<Uint8Array>;

/**
 * Reads a file of JSON, NDJSON or YAML.
 *
 * @param name - path of the file; `-` for standard input
 * @throws GarimError `ERR_GARIM_INPUT_INVALID` for a file that cannot be read, is empty, not UTF-8, or no JSON; the message holds
 *   the place of the fault and never the text there
 */
export async function readInput(name: string, readStdin: ReadAll): Promise<Input> {
  const text = await readText(name, readStdin);
  if (text.trim() === "")
    throw inputInvalid(`${nameOf(name)} is empty; give a file with at least one answer`);
  const isYaml = [".yaml", ".yml"].includes(extname(name).toLowerCase());
  return { name: nameOf(name), values: isYaml ? [await parseYaml(text, name)] : parseJson(text, name) };
}

/**
 * Reads a file of text.
 *
 * @param name - path of the file; `-` for standard input
 * @throws GarimError `ERR_GARIM_INPUT_INVALID` for a file that cannot be read or is not UTF-8
 */
export async function readText(name: string, readStdin: ReadAll): Promise<string> {
  return decode(await readBytes(name, readStdin), name);
}

function nameOf(name: string): string {
  return name === "-" ? "standard input" : name;
}

async function readBytes(name: string, readStdin: ReadAll): Promise<Uint8Array> {
  if (name === "-") return readStdin();
  try {
    return await readFile(name);
  } catch (cause) {
    const { code = "unknown error" } = cause as NodeJS.ErrnoException;
    const why =
      code === "ENOENT" ? "is not there" : code === "EISDIR" ? "is a folder" : `cannot be read (${code})`;
    throw inputInvalid(`${name} ${why}; give the path of a file, or - for standard input`, cause);
  }
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw inputInvalid(`${nameOf(name)} is not UTF-8; save it as UTF-8`, cause);
  }
}

/** One document, or one on each line. */
function parseJson(text: string, name: string): readonly unknown[] {
  const document = tryJson(text);
  if (document !== undefined) return [document];
  const lines = text.split("\n").map((line, i) => ({ line: line.trim(), number: i + 1 }));
  const filled = lines.filter(({ line }) => line !== "");
  const [first] = filled;
  // A document that spans lines starts with no whole one.
  if (filled.length < 2 || first === undefined || tryJson(first.line) === undefined)
    throw inputInvalid(`${nameOf(name)} is no JSON; give JSON, or NDJSON with one answer on each line`);
  return filled.map(({ line, number }) => {
    const value = tryJson(line);
    if (value === undefined)
      throw inputInvalid(`${nameOf(name)} line ${number} is no JSON; correct that line`);
    return value;
  });
}

/** The engine's own message quotes the text, which is personal data. */
function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function parseYaml(text: string, name: string): Promise<unknown> {
  // Few documents are YAML; the others need not wait for its parser.
  const { parseDocument } = await import("yaml");
  const document = parseDocument(text, { prettyErrors: true, logLevel: "silent" });
  const [error] = document.errors;
  if (error !== undefined)
    throw inputInvalid(
      `${name} line ${error.linePos?.[0].line ?? 1} is no YAML (${error.code}); correct that line`,
    );
  try {
    return document.toJS();
  } catch (cause) {
    throw inputInvalid(`${name} holds aliases without end; write the document out as JSON`, cause);
  }
}
