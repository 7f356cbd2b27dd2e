import { palette } from "../client/palette.ts";
import { localize } from "../strings.ts";
import { LivePage } from "./livePage.ts";

for (const [emotion, color] of Object.entries(palette)) document.documentElement.style.setProperty(`--${emotion}`, color);
localize(document);
new LivePage();
