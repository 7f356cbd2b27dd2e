import { element, setText } from "../../kit/elements.ts";
import { language } from "../../kit/language.ts";
import type { Past, Span } from "./past.ts";
import { strings } from "./strings.ts";

const times = new Intl.DateTimeFormat(language, { weekday: "short", hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** "Sat 14:02:10 – 14:03:10". */
export function timesOf({ from, to }: Span): string {
  return times.formatRange(from, to);
}

/** The Earlier, Later and Now buttons, and the line that says which time is shown. */
export class PastControls {
  readonly #group = element("past", HTMLElement);
  readonly #shown = element("past-shown", HTMLElement);
  readonly #later = element("past-later", HTMLButtonElement);
  readonly #now = element("past-now", HTMLButtonElement);

  constructor(
    private readonly past: Past,
    span: () => Span | undefined,
    serverTime: () => number | undefined,
  ) {
    const move = (direction: -1 | 1) => {
      const [shown, now] = [span(), serverTime()];
      if (shown && now !== undefined) past.move(shown, direction, now);
    };
    element("past-earlier", HTMLButtonElement).addEventListener("click", () => move(-1));
    this.#later.addEventListener("click", () => move(1));
    this.#now.addEventListener("click", () => past.leave());
    this.#group.hidden = false;
    this.show(undefined);
  }

  show(span: Span | undefined): void {
    const looking = span !== undefined && this.past.to !== undefined;
    this.#later.disabled = this.#now.disabled = !looking;
    this.#shown.hidden = !looking;
    if (!looking) return;
    const shown = timesOf(span);
    setText(this.#shown, this.past.failed ? strings.pastFailed : this.past.seconds.length === 0 ? strings.pastEmpty(shown) : strings.pastShown(shown));
  }
}
