// The help and the search box of every page. Both need scripts, so scripts bring them.
import { icon, nodesOf, withIcons } from "./markup.js";

const KEYS = [
  ["/", "Search"],
  ["j", "Next lesson"],
  ["k", "Previous lesson"],
  ["p", "Who is studying now"],
  ["m", "Pointers on this lesson"],
  ["?", "This help"],
  ["Esc", "Close the open panel"],
  ["↑</kbd> <kbd>↓", "Move through a list of people"],
  ["←</kbd> <kbd>→", "In a list of people: wave, visit, help"],
];
const KEY = ([key, words]) => `<div class="key"><dt><kbd>${key}</kbd></dt><dd>${words}</dd></div>`;
const HELP =
  '<section class="help" id="help" popover role="dialog" aria-labelledby="help-title">' +
  '<div class="people-list-head"><h2 class="people-list-title" id="help-title">Keyboard</h2> ' +
  '<button class="icon-button" type="button" popovertarget="help" popovertargetaction="hide" autofocus>' +
  `${icon("close")}<span class="visually-hidden">Close the help</span></button></div> ` +
  `<dl class="keys">${KEYS.map(KEY).join("")}</dl> ` +
  '<label class="check setting"><input class="tick-box" type="checkbox" data-setting="shortcuts" checked><span>Use these shortcuts</span></label>' +
  "</section>";
const SEARCH =
  '<section class="search-box" id="search" popover role="dialog" aria-label="Search the lessons">' +
  '<form class="search-form" role="search"><input class="input search-input" type="search" name="q" maxlength="100" autocomplete="off" ' +
  'autofocus aria-label="Search the lessons" placeholder="Search the lessons" data-search-input> ' +
  `<button class="button" type="submit">${icon("search")}<span>Search</span></button></form> ` +
  '<div class="search-results" data-slot="search-results"></div></section>';

// Before the settings arrive: the help has one.
export function arrive() {
  if (document.getElementById("help")) return;
  const nodes = withIcons(nodesOf(HELP + SEARCH));
  nodes.querySelector("form").action = document.querySelector("[data-search-link]").href;
  document.querySelector(".flashes").before(nodes);
}
