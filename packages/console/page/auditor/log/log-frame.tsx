import type { ComponentChildren, JSX } from "preact";
import { Frame } from "../../kit/frame.tsx";
import { Loaded, useLoad } from "../../kit/load.tsx";
import { StatusBar } from "./status-bar.tsx";
import { askWords, type LogWords } from "./words.ts";

interface LogFrameProps {
  readonly title: string;
  readonly children: (words: LogWords) => ComponentChildren;
}

/** What stands around every page of the log: how the log stands, and what its codes are called. */
export function LogFrame({ title, children }: LogFrameProps): JSX.Element {
  const [words, reload] = useLoad(askWords);
  return (
    <Frame title={title}>
      <StatusBar />
      <Loaded of={words} retry={reload}>
        {children}
      </Loaded>
    </Frame>
  );
}
