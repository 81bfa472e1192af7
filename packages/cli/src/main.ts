#!/usr/bin/env node
import { once } from "node:events";
import { buffer } from "node:stream/consumers";
import { runProgram } from "./program.ts";
import { describeOwnFault } from "./verb/own-fault.ts";

// Who reads no further, as `head` does, has what they wanted.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, "drain");
}

try {
  process.exitCode = await runProgram(process.argv.slice(2), {
    readStdin: () => buffer(process.stdin),
    write,
    say: (line) => void process.stderr.write(`garim: ${line}\n`),
    draw: (text) => void process.stderr.write(text),
    env: process.env,
    isTty: { out: process.stdout.isTTY === true, err: process.stderr.isTTY === true },
    now: Date.now,
  });
} catch (error) {
  process.stderr.write(`garim: ${describeOwnFault(error)}\n`);
  process.exitCode = 1;
}
