import type { JSX } from "preact";
import { LinkButton } from "../kit/button.tsx";
import { Frame } from "../kit/frame.tsx";
import { below, host } from "../kit/host.ts";
import { Loaded, useLoad } from "../kit/load.tsx";
import { type Me, whoIsThere } from "../kit/me.ts";
import { linksOf } from "../kit/nav.ts";
import { wordsOf } from "../kit/words.ts";
import { PURPOSES } from "./words.ts";

const say = wordsOf(
  {
    title: "개인정보 센터",
    lead: "구매자 개인정보를 다루는 일은 모두 여기에서 확인하고 바꿀 수 있습니다.",
    none: "먼저 로그인해 주세요.",
    logIn: "로그인",
  },
  {
    title: "Privacy centre",
    lead: "See and change here whatever concerns buyers' personal data.",
    none: "Log in first.",
    logIn: "Log in",
  },
);

/** Where each of one's pages is, and what it is for. */
export function Page(): JSX.Element {
  const [me, reload] = useLoad(() => whoIsThere());
  return (
    <Frame title={say.title}>
      <Loaded of={me} retry={reload}>
        {(who) => <Links me={who} />}
      </Loaded>
    </Frame>
  );
}

function Links({ me }: { readonly me: Me }): JSX.Element {
  if (me.kind === "none")
    return (
      <>
        <p class="lead">{say.none}</p>
        <LinkButton kind="main" href={host.logIn}>
          {say.logIn}
        </LinkButton>
      </>
    );
  return (
    <>
      <p class="lead">{say.lead}</p>
      <ul class="cards">
        {linksOf(me).map(({ page, text }) => (
          <li key={page}>
            <a class="card" href={below(`pages/${page}`)}>
              <strong>{text}</strong>
              <span class="soft">{PURPOSES[page] ?? ""}</span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
