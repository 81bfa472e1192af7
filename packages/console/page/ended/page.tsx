import type { JSX } from "preact";
import { LinkButton } from "../kit/button.tsx";
import { Frame } from "../kit/frame.tsx";
import { asked, host, outward } from "../kit/host.ts";
import { wordsOf } from "../kit/words.ts";
import { reasonText } from "./reason.ts";

const say = wordsOf(
  {
    title: "접속이 끝났습니다",
    signedOut: "로그아웃했습니다. 이 컴퓨터에는 아무것도 남지 않습니다.",
    unknown: "다시 로그인해 주세요.",
    logIn: "다시 로그인",
    why: "구매자의 개인정보를 지키기 위해, 쓰지 않는 접속은 자동으로 끝납니다.",
  },
  {
    title: "Your session has ended",
    signedOut: "You are logged out. Nothing is left on this computer.",
    unknown: "Log in again.",
    logIn: "Log in again",
    why: "To protect buyers' data, a session that is not used ends by itself.",
  },
);

/** Says why a session has ended, and leads back. The way back is looked at by the host's log-in and by the server again. */
export function Page(): JSX.Element {
  const { reason = "", return: back } = asked();
  const query = back === undefined ? "" : `?${new URLSearchParams({ return: outward(back) })}`;
  return (
    <Frame title={say.title}>
      <p class="lead">{reason === "signed-out" ? say.signedOut : (reasonText(reason) ?? say.unknown)}</p>
      {reason === "session-idle" && <p class="soft">{say.why}</p>}
      <p>
        <LinkButton kind="main" href={host.logIn + query}>
          {say.logIn}
        </LinkButton>
      </p>
    </Frame>
  );
}
