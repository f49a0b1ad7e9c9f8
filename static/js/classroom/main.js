// Entry point of the instructor's class map. js/main.js owns the socket and the header; this adds the people on each lesson,
// how long they have been there, and the charts.
import { ClassroomController } from "./controller.js";

const classroom = new ClassroomController();

classroom.start();
// turbo:render fires before the new page is painted; this module may load after both events.
for (const event of ["turbo:render", "turbo:load"]) document.addEventListener(event, () => classroom.arrive());
classroom.arrive();
