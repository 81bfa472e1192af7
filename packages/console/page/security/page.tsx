import type { JSX } from "preact";
import { FactorList } from "../account/factor-list.tsx";
import { SessionList, type SessionView } from "../account/session-list.tsx";
import { say as account } from "../account/words.ts";
import { api } from "../kit/api.ts";
import { Button } from "../kit/button.tsx";
import { Frame } from "../kit/frame.tsx";
import { Loaded, useLoad } from "../kit/load.tsx";
import { type Factors, listFactors } from "../second-factor/factors.ts";
import { AddFactor } from "./add-factor.tsx";
import { Codes } from "./codes.tsx";
import { removeFactor, renameFactor } from "./deeds.ts";
import { say } from "./words.ts";

interface Account {
  readonly list: Factors;
  readonly sessions: readonly SessionView[];
}

/** One's own second factors, recovery codes and sessions. */
export function Page(): JSX.Element {
  const [load, reload] = useLoad(readAccount);
  return (
    <Frame title={say.title}>
      <Loaded of={load} retry={reload}>
        {({ list, sessions }) => (
          <>
            <section>
              <h2>{account.factors}</h2>
              <p class="soft">{say.factorsLead}</p>
              <FactorList
                factors={list.factors}
                actions={(factor) => (
                  <>
                    <Button onClick={() => renameFactor(factor, reload)} of={factor.name}>
                      {say.rename}
                    </Button>
                    {list.factors.length > 1 && (
                      <Button kind="danger" onClick={() => removeFactor(factor, reload)} of={factor.name}>
                        {say.remove}
                      </Button>
                    )}
                  </>
                )}
              />
              <AddFactor offersPasskeys={list.offersPasskeys} done={reload} />
            </section>
            <Codes left={list.recoveryCodesLeft} done={reload} />
            <Sessions sessions={sessions} reload={reload} />
          </>
        )}
      </Loaded>
    </Frame>
  );
}

async function readAccount(): Promise<Account> {
  const [list, { sessions }] = await Promise.all([
    listFactors(),
    api<{ readonly sessions: readonly SessionView[] }>("GET", "sessions"),
  ]);
  return { list, sessions };
}

interface SessionsProps {
  readonly sessions: readonly SessionView[];
  readonly reload: () => void;
}

function Sessions({ sessions, reload }: SessionsProps): JSX.Element {
  const end = (path: string) => async (): Promise<void> => {
    await api("DELETE", path);
    reload();
  };
  return (
    <section>
      <h2>{account.sessions}</h2>
      <p class="soft">{say.sessionsLead}</p>
      <SessionList
        sessions={sessions}
        actions={({ name, device, isCurrent }) =>
          isCurrent || (
            <Button onClick={end(`sessions/${encodeURIComponent(name)}`)} of={device}>
              {account.endSession}
            </Button>
          )
        }
      />
      {sessions.length > 2 && <Button onClick={end("sessions")}>{say.endOthers}</Button>}
    </section>
  );
}
