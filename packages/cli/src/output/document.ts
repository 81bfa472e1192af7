import type { Terminal } from "../terminal.ts";

/** Writes a result that is one thing: JSON with `--json`, else lines for people. */
export async function writeDocument(
  terminal: Terminal,
  value: unknown,
  options: { readonly json?: true },
  print: () => readonly string[],
): Promise<void> {
  const text = options.json === true ? JSON.stringify(value, null, 2) : print().join("\n");
  await terminal.write(`${text}\n`);
}
