import { create } from "./elements.ts";
import { shared } from "./strings.ts";

/** Accepts files dropped anywhere on the page, and shows so while they are dragged over it. */
export function wireDrop(onFiles: (files: FileList) => void): void {
  const veil = create("div", "drop");
  veil.append(create("p", "", shared.dropHere));
  veil.hidden = true;
  veil.setAttribute("aria-hidden", "true");
  document.body.append(veil);
  const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    veil.hidden = false;
  });
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) veil.hidden = true;
  });
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    veil.hidden = true;
    if (event.dataTransfer) onFiles(event.dataTransfer.files);
  });
}
