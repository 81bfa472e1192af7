import { KIND_WORDS, type PiiKind } from "@garim/policy";
import type { ComponentChildren, JSX } from "preact";
import { doerText } from "../../kit/doer.ts";
import { Note } from "../../kit/states.tsx";
import { Table } from "../../kit/table.tsx";
import { Time } from "../../kit/time.tsx";
import { language, numberText } from "../../kit/words.ts";
import { type Scope, TALLIES, type Tally } from "./scope.ts";
import { say } from "./words.ts";

/** How far it reaches. */
export function Reach({ scope }: { readonly scope: Scope }): JSX.Element {
  const { people, answers, records, refused, kinds, first, last, downloads, isWhole } = scope;
  const items = kinds.map((kind) => KIND_WORDS[kind as PiiKind]?.[language] ?? kind).join(", ");
  const facts: readonly (readonly [string, ComponentChildren])[] = [
    [say.people, <strong key="people">{say.range(people.least, people.most)}</strong>],
    [say.answers, say.times(answers)],
    [say.clear, say.count(records.clear)],
    [say.masked, say.count(records.masked)],
    [say.refused, say.times(refused)],
    [say.downloads, say.times(downloads)],
    [say.items, items],
    [say.first, first && <Time at={first.at} />],
    [say.last, last && <Time at={last.at} />],
  ];
  return (
    <section>
      <h2>{say.title}</h2>
      {!isWhole && <Note kind="warn">{say.notWhole}</Note>}
      <dl class="facts">
        {facts
          .filter(([, value]) => value !== null && value !== "")
          .map(([name, value]) => (
            <Fact key={name} name={name} value={value} />
          ))}
      </dl>
      {TALLIES.map((name) => (
        <TallyTable
          key={name}
          heading={say.tallies[name] ?? name}
          tally={scope[name]}
          textOf={name === "actors" ? doerText : undefined}
        />
      ))}
    </section>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: ComponentChildren }): JSX.Element {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

const MOST = 20;

interface TallyTableProps {
  readonly heading: string;
  readonly tally: Tally;
  /** What a name is called, where it is not called so. */
  readonly textOf?: ((name: string) => string) | undefined;
}

function TallyTable({ heading, tally: { names, others }, textOf }: TallyTableProps): JSX.Element | null {
  if (names.length === 0) return null;
  const rest = names.slice(MOST).reduce((sum, one) => sum + one.answers, others);
  return (
    <details open={names.length <= 3}>
      <summary>{`${heading} (${numberText(names.length)})`}</summary>
      <Table
        caption={heading}
        columns={[
          { heading, cell: ({ name }) => textOf?.(name) ?? name },
          { heading: say.answers, isNumber: true, cell: ({ answers }) => numberText(answers) },
        ]}
        rows={names.slice(0, MOST)}
        keyOf={({ name }) => name}
      />
      {rest > 0 && <p class="soft">{say.others(rest)}</p>}
    </details>
  );
}
