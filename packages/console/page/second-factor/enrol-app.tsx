import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { api } from "../kit/api.ts";
import { CodeForm } from "./code-form.tsx";
import type { AppSecret } from "./factors.ts";
import { say } from "./words.ts";

interface EnrolAppProps {
  readonly secret: AppSecret;
  /** Called once the first code was right. */
  readonly done: () => Promise<void> | void;
}

/** Enrols an authenticator app. Its secret stands on the page once, in no address and no storage. */
export function EnrolApp({ secret: { secret, uri, svg }, done }: EnrolAppProps): JSX.Element {
  const confirm = async (code: string): Promise<void> => {
    await api("POST", "factors/totp/confirmation", { code }, { stays: true });
    await done();
  };
  return (
    <section class="card">
      <p>{say.scan}</p>
      <Drawing svg={svg} />
      <p>
        {say.key} <code id="secret">{secret.replace(/.{4}(?=.)/g, "$& ")}</code>
      </p>
      <p>
        <a href={uri}>{say.openApp}</a>
      </p>
      <CodeForm label={say.code} help={say.codeHelp} take={confirm} isDigits isFirst />
    </section>
  );
}

/** Begins the enrolment. @param name - how its owner calls it */
export function beginApp(name: string): Promise<AppSecret> {
  return api<AppSecret>("POST", "factors/totp", { name });
}

/** The QR code as the server drew it, put in as elements: nothing on the page is read as HTML. */
function Drawing({ svg }: { readonly svg: string }): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { documentElement } = new DOMParser().parseFromString(svg, "image/svg+xml");
    documentElement.classList.add("qr");
    documentElement.setAttribute("role", "img");
    documentElement.setAttribute("aria-label", say.qr);
    place.current?.replaceChildren(document.importNode(documentElement, true));
  }, [svg]);
  return <div class="paper" ref={place} />;
}
