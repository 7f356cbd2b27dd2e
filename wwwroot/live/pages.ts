import { strings } from "../strings.ts";
import { create, element } from "./elements.ts";

/** The pages that a person goes to, in the order in which the header names them. */
const addresses = { live: "./", upload: "upload.html", room: "room.html", dashboard: "dashboard.html", model: "model.html", api: "api.html" } as const;

export type PageName = keyof typeof addresses;

/** Fills the header's links to the other pages; those about rooms stay in the room that this page is about. */
export function showPages(current: PageName | undefined, room?: string): void {
  const links = Object.entries(addresses).map(([name, address]) => {
    const link = create("a", "", strings.pages[name as PageName]);
    const aboutRooms = name === "room" || name === "dashboard";
    link.href = aboutRooms && room ? `${address}?room=${encodeURIComponent(room)}` : address;
    if (name === current) link.setAttribute("aria-current", "page");
    return link;
  });
  const pages = element("pages", HTMLElement);
  pages.replaceChildren(...links);
  // On a phone the links go on beyond the edge; which page this is must not.
  pages.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}
