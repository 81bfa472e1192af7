import { checkPassword } from "@garim/workbook";
import { readText } from "../input.ts";
import { inputInvalid } from "../input-error.ts";
import type { Language } from "../output/language.ts";
import type { Terminal } from "../terminal.ts";

/**
 * Reads the password of a workbook: the first line of a file, or of standard input. It never stands on a command line.
 *
 * @param name - of the file; `-` for standard input
 * @throws GarimError `ERR_GARIM_INPUT_INVALID` where it cannot be read, or is not enough: the message says why and never what
 */
export async function readPassword(
  name: string,
  language: Language,
  { readStdin }: Pick<Terminal, "readStdin">,
): Promise<string> {
  const text = await readText(name, readStdin);
  const [password = ""] = text.replace(/^\ufeff/, "").split(/\r?\n/, 1);
  const { problems } = checkPassword(password);
  if (problems.length === 0) return password;
  const why = problems.map(({ words }) => words[language]).join(" ");
  throw inputInvalid(`The password of --password-file is not enough. ${why}`);
}
