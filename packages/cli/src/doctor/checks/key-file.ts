import { type Check, defineCheck, type Judgement } from "../check.ts";
import { type KeyFacts, readKeyFacts } from "../key-facts.ts";
import { splitMessage } from "../message.ts";

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
    case "unusable":
      return { state: "fail", ...splitMessage(facts.message) };
    case "read":
      return judgeReaders(facts.path, facts.isOpenToOthers);
  }
}

function judgeReaders(path: string, isOpenToOthers: boolean): Judgement {
  if (!isOpenToOthers) return { state: "ok", seen: `${path}, its owner's alone` };
  return {
    state: "fail",
    seen: `${path} can be read by others than its owner`,
    todo: `chmod 600 ${path}; where others log in to this machine, rotate its keys as well: garim keys rotate --help`,
  };
}

export const keyFileCheck: Check = defineCheck({
  name: "key_file",
  why: "with the keys the log's pseudonyms become people again, and second factors can be copied",
  needsDatabase: false,
  read: async ({ keys, now }) => readKeyFacts(keys, now()),
  judge: judgeKeyFile,
});
