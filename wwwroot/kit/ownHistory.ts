import type { Started } from "../client/contracts.ts";
import { element, setText } from "./elements.ts";
import { historyTerms } from "./historyTerms.ts";
import { deleteVisits, remember, visits } from "./visits.ts";
import { shared } from "./strings.ts";

/** The line in the footer with which people delete what the server stores of them. */
export class OwnHistory {
  readonly #erase = element("erase-own", HTMLButtonElement);
  readonly #said = element("erase-own-said", HTMLElement);

  constructor(private readonly room: string | undefined) {
    this.#erase.addEventListener("click", () => void this.#eraseOwn());
    this.#show();
  }

  /** A visit has begun; what is stored of it can be deleted from now on. */
  async started(started: Started): Promise<void> {
    if (!this.room) return;
    const terms = await historyTerms().catch(() => undefined);
    if (terms?.enabled) remember(started.resumeToken, terms.retentionHours);
    this.#show();
  }

  async #eraseOwn(): Promise<void> {
    if (!window.confirm(shared.eraseOwnSure)) return;
    this.#erase.disabled = true;
    try {
      this.#say(shared.erasedOwn(await deleteVisits()));
    } catch {
      this.#say(shared.eraseOwnFailed);
    }
    this.#erase.disabled = false;
    this.#show();
  }

  #say(text: string): void {
    this.#said.hidden = false;
    setText(this.#said, text);
  }

  #show(): void {
    this.#erase.hidden = visits().length === 0;
  }
}
