import { purposes, type Purpose } from "../../client/contracts.ts";
import { element } from "../../kit/elements.ts";
import { shared } from "../../kit/strings.ts";

/** The notice: nothing else can be used until the person agrees, and consent can be withdrawn. */
export class Consent {
  readonly #notice = element("notice", HTMLElement);
  readonly #live = element("live", HTMLElement);
  readonly #withdraw = element("withdraw", HTMLButtonElement);
  readonly #purpose = element("purpose", HTMLSelectElement);
  #given = false;

  constructor(onGiven: () => void, onWithdrawn: () => void) {
    for (const purpose of purposes) this.#purpose.add(new Option(shared.purposes[purpose], purpose));
    element("consent-form", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      this.#show(true);
      element("source-demo", HTMLButtonElement).focus();
      onGiven();
    });
    this.#withdraw.addEventListener("click", () => {
      this.#show(false);
      this.#purpose.focus();
      onWithdrawn();
    });
    this.#show(false);
  }

  get given(): boolean {
    return this.#given;
  }

  get purpose(): Purpose {
    return this.#purpose.value as Purpose;
  }

  #show(given: boolean): void {
    this.#given = given;
    this.#notice.hidden = given;
    this.#live.hidden = !given;
    this.#withdraw.hidden = !given;
  }
}
