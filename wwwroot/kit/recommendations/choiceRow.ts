import { create } from "../elements.ts";

/** A row of buttons of which one is chosen. Pressing the chosen one again counts, too: what it stands for may have changed. */
export class ChoiceRow<T extends string> {
  readonly root: HTMLElement;
  readonly #buttons = new Map<T, HTMLButtonElement>();

  constructor(
    className: string,
    label: string,
    private readonly onChoice: (choice: T) => void,
  ) {
    this.root = create("div", className);
    this.root.setAttribute("role", "group");
    this.root.setAttribute("aria-label", label);
  }

  add(choice: T, text: string, before?: Node): HTMLButtonElement {
    const button = create("button");
    button.type = "button";
    button.dataset["choice"] = choice;
    button.setAttribute("aria-pressed", "false");
    if (before) button.append(before);
    button.append(text);
    button.addEventListener("click", () => this.onChoice(choice));
    this.#buttons.set(choice, button);
    this.root.append(button);
    return button;
  }

  mark(chosen: T | undefined): void {
    for (const [choice, button] of this.#buttons) button.setAttribute("aria-pressed", String(choice === chosen));
  }
}
