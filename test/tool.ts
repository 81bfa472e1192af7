import { execFile } from "node:child_process";

/** How a tool ended. */
export interface Ran {
  readonly code: number;
  /** What it wrote, stdout before stderr. */
  readonly output: string;
}

/** Runs a script on this very Node and waits for it; a failure is an answer, not an exception. */
export function runNode(script: string, args: readonly string[], cwd: string): Promise<Ran> {
  return run(process.execPath, [script, ...args], cwd);
}

/** Runs a program and waits for it; a failure is an answer, not an exception. */
export function run(program: string, args: readonly string[], cwd: string): Promise<Ran> {
  return new Promise((resolve) => {
    const options = { cwd, maxBuffer: 64 * 1024 * 1024 };
    execFile(program, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
      resolve({ code, output: stdout + stderr });
    });
  });
}
