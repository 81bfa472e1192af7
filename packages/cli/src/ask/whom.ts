import { Buffer } from "node:buffer";
import { type Subject, type SubjectType, subject } from "@garim/policy";
import { inputInvalid } from "../input-error.ts";
import type { Terminal } from "../terminal.ts";

/** How a data subject is named on the command line: by one of these. */
export interface WhomOptions {
  readonly buyer?: string;
  readonly order?: string;
  readonly phone?: string;
}

const EXAMPLE = "garim who-saw --buyer b-100001, --order 20261122-000123 or --phone 010-1234-5678";

const NAMES: Readonly<Record<SubjectType, string>> = {
  buyer: "a buyer's id",
  phone: "a phone number",
  order: "an order number",
};

/**
 * Tells who is meant. `-` reads the value from standard input, where neither the shell's history nor the machine's list of
 * processes has it. What is not said is guessed from the form, and the guess is said.
 *
 * @throws GarimError `ERR_GARIM_INPUT_INVALID`; the message never holds the value
 */
export async function readWhom(
  plain: string | undefined,
  { buyer, order, phone }: WhomOptions,
  terminal: Pick<Terminal, "readStdin" | "say">,
): Promise<Subject> {
  const given = Object.entries({ plain, buyer, order, phone }).filter(([, value]) => value !== undefined);
  const [first] = given;
  if (first === undefined || given.length > 1) throw inputInvalid(`Say one data subject; write ${EXAMPLE}`);
  const [name, value = ""] = first;
  const text = (value === "-" ? Buffer.from(await terminal.readStdin()).toString("utf8") : value).trim();
  if (text === "" || text.length > 256)
    throw inputInvalid(`A data subject is a text of 1 to 256 characters; write ${EXAMPLE}`);
  const type = name === "plain" ? guessType(text) : (name as SubjectType);
  if (name === "plain") {
    const others = Object.keys(NAMES).filter((one) => one !== type);
    terminal.say(
      `taken for ${NAMES[type]}; if it is none, write ${others.map((one) => `--${one}`).join(" or ")}`,
    );
  }
  return subject[type](text);
}

/** A phone as people write it in Korea; an order number has many digits; a buyer's id is whatever is left. */
function guessType(text: string): SubjectType {
  const isDialled = /^[+\d][\d\s().-]*$/.test(text);
  if (isDialled && /^0\d{8,11}$/.test(subject.phone(text).id)) return "phone";
  return /^[A-Za-z]{0,4}[\d-]{8,}$/.test(text) && text.replace(/\D/g, "").length >= 8 ? "order" : "buyer";
}
