import type { ComponentChildren, JSX } from "preact";
import { useOwnId } from "./own-id.ts";

interface CommonProps {
  readonly label: string;
  readonly help?: ComponentChildren;
  /** What is wrong with what was typed. */
  readonly wrong?: string | undefined;
}

interface FieldProps extends CommonProps {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly type?: "text" | "date" | "datetime-local" | "password" | "month" | "number" | "search";
  readonly name?: string;
  readonly isRequired?: boolean;
  readonly maxLength?: number;
  readonly autocomplete?: string;
  readonly inputMode?: "numeric" | "text";
  readonly placeholder?: string;
  /** Takes the keyboard when the page opens: at most one of a page. */
  readonly isFirst?: boolean;
  readonly class?: string;
}

/** A line of text with its label; help and complaint are read with it. */
export function Field(props: FieldProps): JSX.Element {
  const { label, help, wrong, value, onInput, type = "text", name, isRequired, maxLength, isFirst } = props;
  const id = useOwnId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type={type as "text"}
        name={name}
        class={props.class ?? ""}
        value={value}
        required={isRequired === true}
        maxLength={maxLength}
        autocomplete={props.autocomplete ?? "off"}
        inputMode={props.inputMode}
        placeholder={props.placeholder}
        aria-invalid={wrong !== undefined}
        aria-describedby={`${id}-more`}
        ref={isFirst ? focusOnce : ignore}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
      <More id={id} help={help} wrong={wrong} />
    </div>
  );
}

interface SelectProps<T extends string> extends CommonProps {
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly text: string }[];
  readonly onChange: (value: T) => void;
}

export function Select<T extends string>({
  label,
  help,
  wrong,
  value,
  options,
  onChange,
}: SelectProps<T>): JSX.Element {
  const id = useOwnId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        aria-describedby={`${id}-more`}
        onChange={({ currentTarget }) => onChange(currentTarget.value as T)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
      <More id={id} help={help} wrong={wrong} />
    </div>
  );
}

interface TextAreaProps extends CommonProps {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly rows?: number;
  readonly maxLength?: number;
}

export function TextArea({
  label,
  help,
  wrong,
  value,
  onInput,
  rows = 4,
  maxLength,
}: TextAreaProps): JSX.Element {
  const id = useOwnId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        rows={rows}
        value={value}
        maxLength={maxLength}
        aria-invalid={wrong !== undefined}
        aria-describedby={`${id}-more`}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
      <More id={id} help={help} wrong={wrong} />
    </div>
  );
}

interface CheckProps {
  readonly label: ComponentChildren;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

export function Check({ label, isOn, onChange }: CheckProps): JSX.Element {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={isOn}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}

interface MoreProps {
  readonly id: string;
  readonly help: ComponentChildren;
  readonly wrong: string | undefined;
}

function More({ id, help, wrong }: MoreProps): JSX.Element {
  return (
    <div id={`${id}-more`}>
      {help !== undefined && <small class="soft">{help}</small>}
      {wrong !== undefined && <small class="wrong">{wrong}</small>}
    </div>
  );
}

function focusOnce(element: HTMLInputElement | null): void {
  element?.focus();
}

function ignore(): void {}
