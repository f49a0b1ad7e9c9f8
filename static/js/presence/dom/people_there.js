// "Grace is there now." below the link to the lesson to continue with.
import { thereText } from "../model/text.js";
import { setText } from "./person_row.js";

export function fillPeopleThere(root, { me, people }) {
  for (const line of root.querySelectorAll("[data-there]")) {
    const place = line.dataset.there;
    setText(line, thereText(people.filter(({ key, places }) => key !== me.key && places.includes(place))));
  }
}
