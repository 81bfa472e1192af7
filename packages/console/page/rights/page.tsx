import type { JSX } from "preact";
import { Frame } from "../kit/frame.tsx";
import { Loaded, useLoad } from "../kit/load.tsx";
import { type Me, whoIsThere } from "../kit/me.ts";
import { SellerChoice } from "../kit/seller-choice.tsx";
import { Lent } from "./lent.tsx";
import { OwnElevation } from "./own-elevation.tsx";
import { UnusedRights } from "./unused-rights.tsx";
import { say } from "./words.ts";

/** Roles lent for a time, and rights nobody uses. */
export function Page(): JSX.Element {
  const [me, reload] = useLoad(() => whoIsThere());
  return (
    <Frame title={say.title}>
      <p class="lead">{say.lead}</p>
      <Loaded of={me} retry={reload}>
        {(who) => (
          <>
            {who.kind === "staff" && <OwnElevation />}
            {keepsOthers(who) && <Lent me={who} />}
            {keepsOthers(who) && <Unused me={who} />}
          </>
        )}
      </Loaded>
    </Frame>
  );
}

/** Of one's own seller; of the one that is named, for who is of none. */
function Unused({ me }: { readonly me: Extract<Me, { readonly id: string }> }): JSX.Element {
  return (
    <section>
      <h2>{say.report}</h2>
      {me.sellerId === null ? (
        <SellerChoice>{(seller) => <UnusedRights seller={seller} />}</SellerChoice>
      ) : (
        <UnusedRights seller={null} />
      )}
    </section>
  );
}

/** What one may not is refused by the endpoint; this only spares asking. */
function keepsOthers(me: Me): me is Extract<Me, { readonly id: string }> {
  if (me.kind === "none" || me.kind === "buyer") return false;
  return me.kind !== "staff" || me.may.includes("manageStaff");
}
