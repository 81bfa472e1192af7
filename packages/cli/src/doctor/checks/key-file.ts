import { type Check, defineCheck, type Judgement } from "../check.ts";
import { type KeyFacts, readKeyFacts } from "../key-facts.ts";

/** Judges who can read the key file. */
export function judgeKeyFile(facts: KeyFacts): Judgement {
  switch (facts.state) {
    case "unsaid":
      return {
        state: "skip",
        seen: "no key file is said; write --keys FILE, or GARIM_KEYS=FILE in the environment",
      };
    case "missing":
      return {
        state: "fail",
        seen: `there is no ${facts.path}`,
        todo: `restore it from your copy; only for a new deployment make one: garim keys create ${facts.path}`,
      };
    case "unreadable":
      return {
        state: "fail",
        seen: `${facts.path} cannot be read (${facts.code})`,
        todo: `run as its owner, or: chown $(id -un) ${facts.path}`,
      };
    case "damaged":
      return { state: "fail", seen: `${facts.path} is damaged`, todo: "restore it from your copy" };
    case "read":
      return judgeMode(facts.path, facts.mode);
  }
}

function judgeMode(path: string, mode: number | undefined): Judgement {
  if (mode === undefined) return { state: "ok", seen: `${path}; this system's rights are not looked at` };
  const seen = `${path}, mode ${mode.toString(8).padStart(4, "0")}`;
  if ((mode & 0o077) === 0) return { state: "ok", seen };
  return {
    state: "fail",
    seen,
    todo: `chmod 600 ${path}; where others than its owner log in to this machine, garim keys rotate as well`,
  };
}

export const keyFileCheck: Check = defineCheck({
  name: "key_file",
  why: "with the keys the log's pseudonyms become people again, and second factors can be copied",
  needsDatabase: false,
  read: ({ keys }) => readKeyFacts(keys),
  judge: judgeKeyFile,
});
