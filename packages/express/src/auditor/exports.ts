import { Buffer } from "node:buffer";
import { pipeline } from "node:stream/promises";
import { type Exported, koreanTime, type RowSink } from "@garim/audit";
import type { Refuse } from "@garim/policy";
import { checkPassword } from "@garim/workbook";
import type { Request, RequestHandler, Response } from "express";
import { languageOf } from "../answer/language.ts";
import type { Language } from "../answer/problem.ts";
import { membersOf } from "../privacy/input.ts";
import type { Outcome, WorkerPassage } from "../privacy/worker.ts";
import type { Settings } from "../start/settings.ts";
import { auditorEndpoint } from "./endpoint.ts";
import { FORMATS, type Format, type Held, holdFile, type WantedFile } from "./held-file.ts";
import { describeUnknown, NARROWING, queryInvalid, readGiven } from "./parameters.ts";
import { readQuestion, VERB_PATHS, VERBS, type VerbPath } from "./verbs.ts";

const LANGUAGES: readonly Language[] = ["ko", "en"];
const OWN: readonly string[] = ["verb", "format", "language", "password"];

const TYPES: Readonly<Record<Format, string>> = {
  csv: "text/csv; charset=utf-8; header=present",
  ndjson: "application/x-ndjson; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** A file that is asked for. */
interface Wanted extends WantedFile {
  readonly path: VerbPath;
}

/**
 * `POST /exports`: everything a question finds, oldest first, as a file. A file leaves, so it takes a second factor as fresh as any
 * download; it changes nothing, so not one as fresh as rights do.
 *
 * @source code-2022/second-factor
 */
export function exportRecords(settings: Settings): RequestHandler {
  return auditorEndpoint(
    { action: "export-log", stepUp: "download" },
    settings,
    async (passage, { desk, asker }) => {
      const wanted = readWanted(passage.req);
      const made = { asker, at: settings.clock(), isGone: () => passage.res.closed };
      const held = await holdFile(wanted, made);
      const { sink, ended } = heldBack(held.sink, passage, settings);
      try {
        const exported = await desk.export(wanted.question, sink);
        return await handOut(passage, exported, wanted, held, settings);
      } catch (error) {
        // Who has gone, or is out, gets no file; that they asked is on record.
        if (ended() !== undefined || passage.res.closed) return ended();
        throw error;
      } finally {
        await held.close();
      }
    },
  );
}

function readWanted(req: Request): Wanted {
  const path = readWord("verb", membersOf(req)["verb"], VERB_PATHS);
  const own = [...OWN, ...VERBS[path].own];
  const given = readGiven(req, "exports", [...new Set([...own, ...NARROWING])]);
  const { format: word, language = languageOf(req), password } = given;
  const format = readWord("format", word, FORMATS);
  return {
    path,
    ...readQuestion(given, path, own),
    format,
    language: readWord("language", language, LANGUAGES),
    password: readPassword(format, password),
  };
}

/** @returns the password of a workbook; `undefined` for what has none */
function readPassword(format: Format, password: string | undefined): string | undefined {
  if (format !== "xlsx" && password === undefined) return undefined;
  if (format !== "xlsx")
    throw queryInvalid(`${format} has no password: ask for the format xlsx, or leave it out`);
  if (password === undefined) throw queryInvalid("exports of xlsx need a password, by which the file opens");
  const { problems } = checkPassword(password);
  if (problems.length === 0) return password;
  throw queryInvalid(`exports need a better password. ${problems.map(({ words }) => words.en).join(" ")}`);
}

function readWord<T extends string>(name: string, given: unknown, words: readonly T[]): T {
  const word = words.find((one) => one === given);
  if (word !== undefined) return word;
  if (typeof given === "string") throw queryInvalid(describeUnknown(name, given, words));
  throw queryInvalid(`exports needs ${name}, one of ${words.join(", ")}`);
}

interface HeldBack {
  readonly sink: RowSink;
  /** Why the file is not handed out, if that is known. */
  readonly ended: () => Refuse | undefined;
}

/** Making a file may take minutes: a session that ended meanwhile gets none, and none is on record as having left. */
function heldBack(sink: RowSink, { visitor }: WorkerPassage, { sessions }: Settings): HeldBack {
  let refusal: Refuse | undefined;
  const finish = async (): ReturnType<RowSink["finish"]> => {
    const life = await sessions.recheckAnswer(visitor.session);
    if (life.kind === "allow") return await sink.finish();
    refusal = life;
    throw new Error("The session has ended");
  };
  return { sink: { ...sink, finish }, ended: () => refusal };
}

async function handOut(
  { res, visitor }: WorkerPassage,
  { file, record }: Exported,
  wanted: Wanted,
  held: Held,
  { longResponses, clock }: Settings,
): Promise<Outcome> {
  res.statusCode = 200;
  res.setHeader("Content-Type", TYPES[wanted.format]);
  res.setHeader("Content-Length", file.sizeBytes);
  res.setHeader("Content-Disposition", `attachment; filename="${fileName(wanted, clock())}"`);
  res.setHeader("Cache-Control", "no-store");
  res.setHeader("X-Content-Type-Options", "nosniff");
  res.setHeader("Repr-Digest", `sha-256=:${Buffer.from(file.sha256, "hex").toString("base64")}:`);
  res.setHeader("Garim-Record", record.id);
  longResponses.watch(res, visitor.session);
  await stream(held, res);
  return undefined;
}

/** What breaks off now is the reader's line: the file is on record, and its length says that it is not whole. */
async function stream({ read }: Held, res: Response): Promise<void> {
  await pipeline(read(), res).catch(() => res.destroy());
}

/** Made of nothing that was asked: a header, and a file's name, hold no value. */
function fileName({ path, format }: Wanted, now: number): string {
  return `access-log-${path}-${koreanTime(now).slice(0, 10)}.${format}`;
}
