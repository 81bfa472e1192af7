import { inputInvalid } from "../input-error.ts";

const ADDRESS = /\bpostgres(?:ql)?:\/\//i;
const PASSWORD = /^--?(?:password|pass|pw)(?:=|$)/i;

/**
 * Refuses secrets among the arguments: everybody on the machine reads them in its list of processes, and they stay in the
 * shell's history.
 *
 * @throws GarimError `ERR_GARIM_INPUT_INVALID`; the message never quotes the argument
 */
export function refuseSecrets(args: readonly string[]): void {
  if (!args.some((arg) => ADDRESS.test(arg) || PASSWORD.test(arg))) return;
  throw inputInvalid(
    'A database\'s address or a password does not belong on the command line, where every user of this machine can read it; write DATABASE_URL=postgres://user:password@host:5432/database in the environment, or name the variable that holds it in garim.config.json: { "database": { "urlFrom": "DATABASE_URL" } }. If it was real, change that password',
  );
}
