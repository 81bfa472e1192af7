import type { JSX } from "preact";
import { LinkButton } from "../kit/button.tsx";
import { Frame } from "../kit/frame.tsx";
import { asked, below } from "../kit/host.ts";
import { wordsOf } from "../kit/words.ts";
import { reasonText } from "./reason.ts";

const say = wordsOf(
  { title: "권한이 없습니다", unknown: "이 화면을 볼 수 없습니다.", home: "처음으로" },
  { title: "Not allowed", unknown: "You cannot see this page.", home: "To the start" },
);

/** Says why somebody may not, and what would help. */
export function Page(): JSX.Element {
  return (
    <Frame title={say.title}>
      <p class="lead">{reasonText(asked()["reason"] ?? "") ?? say.unknown}</p>
      <LinkButton href={below("pages/home")}>{say.home}</LinkButton>
    </Frame>
  );
}
