import type { ComponentChildren, JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { useOwnId } from "./own-id.ts";

export interface Tab {
  readonly key: string;
  readonly title: string;
  readonly draw: () => ComponentChildren;
}

interface TabsProps {
  readonly label: string;
  readonly tabs: readonly Tab[];
  /** Which is open at first. */
  readonly open?: string | undefined;
  readonly onOpen?: (key: string) => void;
}

/** Tabs, gone through with the arrow keys. Only the open one is drawn. */
export function Tabs({ label, tabs, open, onOpen }: TabsProps): JSX.Element {
  const id = useOwnId();
  const [chosen, choose] = useState(tabs.some((tab) => tab.key === open) ? open : tabs[0]?.key);
  const list = useRef<HTMLDivElement>(null);
  const select = (key: string): void => {
    choose(key);
    onOpen?.(key);
  };
  const step = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    const at = tabs.findIndex((tab) => tab.key === chosen);
    const next = tabs[(at + by + tabs.length) % tabs.length];
    if (next === undefined) return;
    select(next.key);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.key}"]`)?.focus();
  };
  return (
    <>
      <div class="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={step}>
        {tabs.map(({ key, title }) => (
          <button
            key={key}
            id={`${id}-${key}`}
            type="button"
            role="tab"
            data-tab={key}
            aria-selected={key === chosen}
            aria-controls={`${id}-panel`}
            tabIndex={key === chosen ? 0 : -1}
            onClick={() => select(key)}
          >
            {title}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${chosen}`}>
        {tabs.find((tab) => tab.key === chosen)?.draw()}
      </div>
    </>
  );
}
