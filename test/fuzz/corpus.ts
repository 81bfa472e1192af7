import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const FOLDER: string = fileURLToPath(new URL("corpus", import.meta.url));

/** An input that is tried at every run: one that something was once wrong with, or worth trying anyway. */
export interface Case {
  readonly file: string;
  readonly why: string;
  readonly input: unknown;
}

export function readCorpus(target: string, folder: string = FOLDER): readonly Case[] {
  const own = join(folder, target);
  if (!existsSync(own)) return [];
  return readdirSync(own)
    .toSorted()
    .map((file) => ({ file, ...(JSON.parse(readFileSync(join(own, file), "utf8")) as Omit<Case, "file">) }));
}

/** Keeps a found input. @returns its file */
export function keepCase(target: string, input: unknown, why: string, folder: string = FOLDER): string {
  const text = JSON.stringify({ why, input }, null, 2);
  const file = `${createHash("sha256").update(JSON.stringify(input)).digest("hex").slice(0, 12)}.json`;
  mkdirSync(join(folder, target), { recursive: true });
  writeFileSync(join(folder, target, file), `${text}\n`);
  return file;
}
