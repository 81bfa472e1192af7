import { readId, readLine, readWord, refuseMember } from "../input.ts";
import { createTeller, nameOf } from "../on-record.ts";
import type { RegisterOptions } from "../options.ts";
import { openRoom } from "../store/room.ts";
import { migrateDuties } from "../tables/migration.ts";
import { isAskedOf } from "./check-self.ts";
import { QUESTIONS } from "./questions.ts";
import type { FiledAnswer, SelfCheck, SelfCheckAnswer } from "./self-check.ts";

/**
 * Opens the answers of the self-check.
 *
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE`, `ERR_GARIM_SCHEMA_VERSION`
 */
export async function createSelfCheck(options: RegisterOptions): Promise<SelfCheck> {
  const { database, follower, append, policy, clock = Date.now } = options;
  const tell = createTeller(append, policy, clock);
  await migrateDuties(database);
  const room = await openRoom<FiledAnswer>(database, follower, "self-check");

  return {
    async answer(given, keeper) {
      const said = readAnswer(given);
      const filed: FiledAnswer = { ...said, answeredAt: clock(), answeredBy: nameOf(keeper) };
      const { sellerId, question, answer, note } = said;
      const whose = sellerId === null ? {} : { seller: sellerId };
      await tell(keeper, { action: "answer-self-check", detail: { question, answer, note, ...whose } });
      await room.change(JSON.stringify([sellerId, question]), () => filed);
      return filed;
    },
    answers: (sellerId) => room.values().filter((filed) => filed.sellerId === sellerId),
  };
}

function readAnswer({ sellerId, question, answer, note }: SelfCheckAnswer): SelfCheckAnswer {
  const whose = sellerId === null ? null : readId("sellerId", sellerId);
  const asked = QUESTIONS.filter((one) => isAskedOf(one, whose)).map(({ id }) => id);
  if (!asked.includes(question)) throw refuseMember("question", `one of ${asked.join(", ")}`);
  return {
    sellerId: whose,
    question,
    answer: readWord("answer", answer, ["yes", "no"]),
    note: readLine("note", note),
  };
}
