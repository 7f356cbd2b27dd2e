const key = "theme";

/** Dispatches "change" when the page switches between dark and light, so that canvases can redraw in the new colors. */
export const themeChanges = new EventTarget();

/** Follows the system's dark or light until the person chooses; the choice is kept in the browser. */
export function wireTheme(button: HTMLButtonElement): void {
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const changed = () => themeChanges.dispatchEvent(new Event("change"));
  const chosen = localStorage.getItem(key);
  if (chosen) root.dataset["theme"] = chosen;
  system.addEventListener("change", changed);
  button.addEventListener("click", () => {
    const dark = root.dataset["theme"] ? root.dataset["theme"] === "dark" : system.matches;
    root.dataset["theme"] = dark ? "light" : "dark";
    localStorage.setItem(key, root.dataset["theme"]);
    changed();
  });
}
