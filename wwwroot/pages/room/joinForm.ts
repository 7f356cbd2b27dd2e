import { purposes, shares, type Purpose, type Share } from "../../client/contracts.ts";
import { element } from "../../kit/elements.ts";
import { shared } from "../../kit/strings.ts";

/** How much of a person's expression is read and shown; "off" means no analysis at all. */
export type Choice = Share | "off";

export const choices: readonly Choice[] = [...shares, "off"];

export interface Joining {
  readonly name: string;
  readonly choice: Choice;
  readonly purpose: Purpose;
}

/** The notice with its form: nothing is opened or sent until the person agrees. */
export class JoinForm {
  readonly #notice = element("notice", HTMLElement);
  readonly #form = element("join-form", HTMLFormElement);
  readonly #name = element("name", HTMLInputElement);
  readonly #purpose = element("purpose", HTMLSelectElement);
  readonly #join = element("join", HTMLButtonElement);

  constructor(name: string | undefined, onJoin: (joining: Joining) => void) {
    this.#name.value = name ?? "";
    for (const purpose of purposes) this.#purpose.add(new Option(shared.purposes[purpose], purpose));
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      onJoin({ name: this.#name.value.trim(), choice: this.#choice, purpose: this.#purpose.value as Purpose });
    });
    this.#notice.hidden = false;
  }

  get #choice(): Choice {
    const chosen = new FormData(this.#form).get("share");
    return choices.find((choice) => choice === chosen) ?? "off";
  }

  set joining(value: boolean) {
    this.#join.disabled = value;
  }

  /** Nobody can join with this browser; the notice stays readable. */
  disable(): void {
    this.#join.disabled = true;
  }

  hide(): void {
    this.#notice.hidden = true;
  }

  show(): void {
    this.#notice.hidden = false;
    this.joining = false;
    this.#join.focus();
  }
}
