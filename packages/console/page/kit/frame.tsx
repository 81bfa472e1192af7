import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { api } from "./api.ts";
import { Button } from "./button.tsx";
import { below, host } from "./host.ts";
import { type Me, whoIsThere } from "./me.ts";
import { type Link, linksOf } from "./nav.ts";
import { language, switchLanguage, wordsOf } from "./words.ts";

const say = wordsOf(
  {
    skip: "본문으로",
    menu: "메뉴",
    more: "더 보기",
    logIn: "로그인",
    logOut: "로그아웃",
    stay: "로그인 유지",
    other: "English",
    home: "처음으로",
  },
  {
    skip: "Skip to content",
    menu: "Menu",
    more: "More",
    logIn: "Log in",
    logOut: "Log out",
    stay: "Stay logged in",
    other: "한국어",
    home: "Home",
  },
);

interface FrameProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** Without header and menu: inside a page of the host's. */
  readonly isBare?: boolean;
}

/** What stands around every page: who one is, where one can go, how long one stays logged in. */
export function Frame({ title, children, isBare = false }: FrameProps): JSX.Element {
  const [me, setMe] = useState<Me | undefined>(undefined);
  useEffect(() => {
    whoIsThere().then(setMe, () => undefined);
  }, []);
  const hasSession = me !== undefined && me.kind !== "none" && me.kind !== "buyer";
  useEffect(() => {
    if (hasSession) watchSession();
  }, [hasSession]);
  return (
    <>
      {!isBare && (
        <>
          <a class="skip" href="#main">
            {say.skip}
          </a>
          <header>
            <Brand />
            {me !== undefined && <Menu me={me} />}
            <div class="account">
              {hasSession && <Countdown />}
              <button
                type="button"
                class="plain"
                lang={language === "ko" ? "en" : "ko"}
                onClick={switchLanguage}
              >
                {say.other}
              </button>
              {hasSession && (
                <Button kind="plain" onClick={signOut} of={me.id}>
                  {say.logOut}
                </Button>
              )}
              {me?.kind === "none" && <a href={host.logIn}>{say.logIn}</a>}
            </div>
          </header>
        </>
      )}
      <main id="main" tabIndex={-1}>
        <h1>{title}</h1>
        {children}
      </main>
    </>
  );
}

function Brand(): JSX.Element {
  return (
    <a class="brand" href={host.home ?? below("pages/home")}>
      {host.logo && <img src={host.logo} alt="" />}
      <span>{host.name}</span>
      {host.home && <span class="unseen"> {say.home}</span>}
    </a>
  );
}

function Menu({ me }: { readonly me: Me }): JSX.Element {
  const links = linksOf(me);
  const more = links.filter(({ isMore }) => isMore);
  return (
    <nav aria-label={say.menu}>
      <Links links={links.filter(({ isMore }) => !isMore)} />
      {more.length > 0 && (
        <details class="more">
          <summary class={more.some(({ page }) => page === host.page) ? "current" : ""}>{say.more}</summary>
          <div>
            <Links links={more} />
          </div>
        </details>
      )}
    </nav>
  );
}

function Links({ links }: { readonly links: readonly Link[] }): JSX.Element {
  return (
    <>
      {links.map(({ page, text }) => (
        <a key={page} href={below(`pages/${page}`)} aria-current={page === host.page ? "page" : undefined}>
          {text}
        </a>
      ))}
    </>
  );
}

/** Kept by the session's own script, which counts for all tabs together. */
function Countdown(): JSX.Element {
  const [isEnding, setEnding] = useState(false);
  useEffect(() => {
    document.addEventListener("garim:ending", () => setEnding(true));
    document.addEventListener("garim:extended", () => setEnding(false));
  }, []);
  return (
    <>
      <span class={isEnding ? "countdown ending" : "countdown"} role="timer" data-garim-countdown="" />
      {isEnding && (
        <button type="button" class="main" data-garim-stay="">
          {say.stay}
        </button>
      )}
    </>
  );
}

let isWatching = false;

/** Loads the countdown, and leaves for the page that says why when the session has ended. */
function watchSession(): void {
  if (isWatching) return;
  isWatching = true;
  void import(/* @vite-ignore */ below("session.js"));
  document.addEventListener("garim:ended", (event) => {
    const { reason } = (event as CustomEvent<{ readonly reason: string }>).detail;
    leaveEnded(reason);
  });
}

/** Nothing of the page stays behind: the way back shows it empty, too. */
function leaveEnded(reason: string): void {
  document.getElementById("garim")?.replaceChildren();
  const told = new URLSearchParams({ reason, return: location.pathname + location.search });
  location.replace(`${below("pages/ended")}?${told}`);
}

async function signOut(): Promise<void> {
  await api("POST", "sign-out", {});
  leaveEnded("signed-out");
}
