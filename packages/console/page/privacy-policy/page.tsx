import type { PublishedPrivacy } from "@garim/duties";
import { PRIVACY_SECTIONS } from "@garim/policy";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../kit/api.ts";
import { Button } from "../kit/button.tsx";
import { askFirst } from "../kit/dialog.tsx";
import { Frame } from "../kit/frame.tsx";
import { Loaded, useLoad } from "../kit/load.tsx";
import { whoIsThere } from "../kit/me.ts";
import { ofSeller, SellerChoice } from "../kit/seller-choice.tsx";
import { Note } from "../kit/states.tsx";
import { Tabs } from "../kit/tabs.tsx";
import { tell } from "../kit/toast.tsx";
import { apiProving } from "../second-factor/ask-proof.tsx";
import { Editor } from "./editor.tsx";
import { History } from "./history.tsx";
import { gapsOf, isSame, type Policy, publicPath, sectionText, type Written } from "./policy.ts";
import { Preview } from "./preview.tsx";
import { say } from "./words.ts";

/** A seller's own privacy policy: written, looked at, published; all its versions and what changed in them. */
export function Page(): JSX.Element {
  const [me, reload] = useLoad(() => whoIsThere());
  return (
    <Frame title={say.title}>
      <p class="lead">{say.lead}</p>
      <Loaded of={me} retry={reload}>
        {({ kind }) =>
          kind === "operator" ? (
            <SellerChoice>{(seller) => <OfSeller seller={seller} />}</SellerChoice>
          ) : (
            <OfSeller seller={null} />
          )
        }
      </Loaded>
    </Frame>
  );
}

/** `null` for one's own. */
function OfSeller({ seller }: { readonly seller: string | null }): JSX.Element {
  const path = ofSeller("duties/privacy-policy", seller);
  const [load, reload] = useLoad((signal) => api<Policy>("GET", path, undefined, { signal }));
  return (
    <Loaded of={load} retry={reload}>
      {(policy) => <Desk path={path} policy={policy} reload={reload} />}
    </Loaded>
  );
}

interface DeskProps {
  /** Its endpoint. */
  readonly path: string;
  readonly policy: Policy;
  readonly reload: () => void;
}

function Desk({ path, policy, reload }: DeskProps): JSX.Element {
  const { published, draft } = policy;
  const { sellerId } = draft;
  const newest = published?.version ?? null;
  const [written, write] = useState<Written>(published ?? draft);
  const tabs = [
    { key: "write", title: say.write, draw: () => <Editor written={written} onWrite={write} /> },
    { key: "preview", title: say.preview, draw: () => <Preview written={written} /> },
    { key: "history", title: say.history, draw: () => <History sellerId={sellerId} newest={newest} /> },
  ];
  const redraft = async (): Promise<void> => {
    if (!(await askFirst({ title: say.redraft, text: say.redraftDoes, deed: say.redraft }))) return;
    write(mergeDraft(written, draft));
    tell(say.redrafted);
  };
  return (
    <>
      {published === null ? (
        <Note kind="warn">{say.none}</Note>
      ) : (
        <Note kind="good">
          {say.isPublished(published.version)}{" "}
          <a href={publicPath(sellerId)} target="_blank" rel="noreferrer">
            {say.openPublic}
          </a>
        </Note>
      )}
      <Tabs label={say.title} tabs={tabs} />
      <div class="row">
        <Publish path={path} written={written} published={published} reload={reload} />
        <Button onClick={redraft}>{say.redraft}</Button>
      </div>
    </>
  );
}

interface PublishProps {
  readonly path: string;
  readonly written: Written;
  readonly published: PublishedPrivacy | null;
  readonly reload: () => void;
}

/** Publishes what is written, once nothing is empty and something is another. */
function Publish({ path, written, published, reload }: PublishProps): JSX.Element {
  const gaps = gapsOf(written);
  const isPublished = published !== null && isSame(written, published);
  const publish = async (): Promise<void> => {
    if (!(await askFirst({ title: say.publish, text: say.publishDoes, deed: say.publish }))) return;
    const { title, sections } = written;
    const done = await apiProving<PublishedPrivacy>("PUT", path, { title, sections });
    tell(say.published(done.version));
    reload();
  };
  return (
    <>
      <Button kind="main" onClick={publish} isDisabled={gaps.length > 0 || isPublished}>
        {say.publish}
      </Button>
      {gaps.length > 0 && <span class="wrong">{say.gaps(gaps.map(sectionText).join(", "))}</span>}
      {isPublished && <span class="soft">{say.same}</span>}
    </>
  );
}

/** What only the seller knows stays: a draft leaves it empty. */
function mergeDraft(written: Written, draft: Written): Written {
  const pairs = PRIVACY_SECTIONS.map((section) => {
    const drafted = draft.sections[section] ?? "";
    return [section, drafted === "" ? (written.sections[section] ?? "") : drafted];
  });
  return { title: written.title, sections: Object.fromEntries(pairs) };
}
