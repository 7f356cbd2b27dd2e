import "./overlay.css";
import { palette } from "../client/palette.ts";
import { element } from "../live/elements.ts";
import { localize } from "../strings.ts";
import { OverlayPage } from "./overlayPage.ts";
import { overlaySettings } from "./settings.ts";

const root = document.documentElement;
for (const [emotion, color] of Object.entries(palette)) root.style.setProperty(`--${emotion}`, color);
localize(document);
const settings = overlaySettings(location.search);
root.style.setProperty("--size", String(settings.size));
document.body.dataset["position"] = settings.position;
element("help", HTMLElement).hidden = settings.room !== undefined;
if (settings.room) new OverlayPage(settings.room, settings);
