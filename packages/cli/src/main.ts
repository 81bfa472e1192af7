#!/usr/bin/env node
import { buffer } from "node:stream/consumers";
import { runProgram } from "./program.ts";

process.exitCode = await runProgram(process.argv.slice(2), {
  readStdin: () => buffer(process.stdin),
  write: (text) => process.stdout.write(text),
  say: (line) => process.stderr.write(`garim: ${line}\n`),
});
