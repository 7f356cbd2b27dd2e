import "./dashboard.css";
import { palette } from "../client/palette.ts";
import { element } from "../live/elements.ts";
import { showPages } from "../live/pages.ts";
import { placeOf } from "../live/place.ts";
import { wireTheme } from "../live/theme.ts";
import { localize } from "../strings.ts";
import { DashboardPage } from "./dashboardPage.ts";

for (const [emotion, color] of Object.entries(palette)) document.documentElement.style.setProperty(`--${emotion}`, color);
localize(document);
const { room, token } = placeOf(location.search);
showPages("dashboard", room);
element("choose-room", HTMLElement).hidden = room !== undefined;
element("dashboard", HTMLElement).hidden = room === undefined;
if (room) new DashboardPage(room, token);
else wireTheme(element("theme", HTMLButtonElement), () => undefined);
