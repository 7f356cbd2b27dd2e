import { element } from "../../kit/elements.ts";
import { startPage } from "../../kit/startPage.ts";
import "./overlay.css";
import { OverlayPage } from "./overlayPage.ts";
import { overlaySettings } from "./settings.ts";
import { strings } from "./strings.ts";

startPage("overlay", strings);
const settings = overlaySettings(location.search);
document.documentElement.style.setProperty("--size", String(settings.size));
document.body.dataset["position"] = settings.position;
element("help", HTMLElement).hidden = settings.room !== undefined;
if (settings.room) new OverlayPage(settings.room, settings);
