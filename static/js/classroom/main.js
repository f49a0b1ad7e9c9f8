// The instructor's map of a class. The socket, the header and the sentences about them are those of every page
// (js/main.js); this adds who is on which lesson, since when, and the plots.
import { Classroom } from "./controller.js";

const classroom = new Classroom();

classroom.start();
// turbo:render comes before the new page is painted; this module itself may come after both.
for (const event of ["turbo:render", "turbo:load"]) document.addEventListener(event, () => classroom.arrive());
classroom.arrive();
