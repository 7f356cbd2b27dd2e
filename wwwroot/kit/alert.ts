import { create, setText } from "./elements.ts";
import { shared } from "./strings.ts";

/** Shows a problem, or hides the alert if there is none. Words about a missing key come with the way to the page that takes it. */
export function showProblem(alert: HTMLElement, text: string | undefined): void {
  alert.hidden = text === undefined;
  setText(alert, text ?? "");
  if (text === shared.keyRequired) alert.append(" ", keyLink());
}

/** Opens in a tab of its own, so that nothing on this page is lost. */
function keyLink(): HTMLAnchorElement {
  const link = create("a", "", shared.enterKey);
  link.href = `access?to=${encodeURIComponent(location.pathname + location.search)}`;
  link.target = "_blank";
  return link;
}
