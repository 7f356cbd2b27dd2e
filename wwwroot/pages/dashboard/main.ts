import { element } from "../../kit/elements.ts";
import { placeOf } from "../../kit/place.ts";
import { startPage } from "../../kit/startPage.ts";
import "./dashboard.css";
import { DashboardPage } from "./dashboardPage.ts";
import { strings } from "./strings.ts";

const { room, token } = placeOf(location.search);
startPage("dashboard", strings, room);
element("choose-room", HTMLElement).hidden = room !== undefined;
element("dashboard", HTMLElement).hidden = room === undefined;
if (room) new DashboardPage(room, token);
