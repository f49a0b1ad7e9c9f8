// After a visit the focus goes to where the user goes on, and screen readers hear the new page's title.
//
// Turbo leaves the focus on the body. It belongs on the error after a refused form, on the next action after a form on the
// same page, and on the heading of a new page. A first load is left to the browser.
const ERRORS = ".form-error, .field-errors, [aria-invalid=true]";

let before = null;
let wasSubmitted = false;

export function start() {
  document.addEventListener("turbo:submit-start", () => (wasSubmitted = true));
}

export function arrive() {
  const here = location.pathname;
  const isVisit = before !== null && (here !== before || wasSubmitted);
  if (isVisit && document.activeElement === document.body && !location.hash) moveFocus(here === before);
  if (isVisit) announceTitle();
  [before, wasSubmitted] = [here, false];
}

function moveFocus(isSamePage) {
  const error = document.querySelector(ERRORS);
  const next = isSamePage ? document.querySelector("[data-after-visit]") : null;
  const target = error ?? next ?? document.querySelector("main h1");
  if (!target) return;
  if (!target.matches("a[href], button, input")) target.tabIndex = -1;
  target.focus({ preventScroll: !error });
}

function announceTitle() {
  const region = document.querySelector("[data-page-title]");
  if (region) region.textContent = document.title;
}
