const key = "theme";

/** Follows the system's dark or light until the person chooses; the choice is kept in the browser. */
export function wireTheme(button: HTMLButtonElement, onChange: () => void): void {
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const chosen = localStorage.getItem(key);
  if (chosen) root.dataset["theme"] = chosen;
  system.addEventListener("change", onChange);
  button.addEventListener("click", () => {
    const dark = root.dataset["theme"] ? root.dataset["theme"] === "dark" : system.matches;
    root.dataset["theme"] = dark ? "light" : "dark";
    localStorage.setItem(key, root.dataset["theme"]);
    onChange();
  });
}
