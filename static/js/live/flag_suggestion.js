// Offers the flag that the browser's language names, beside the choice of a flag. It is computed here, sent to no one, and
// nothing is stored until the form is saved.
import { countryName } from "../presence/model/text.js";

export function arrive(elements) {
  for (const element of elements) offer(element, element.closest(".field").querySelector("select"));
}

// The country of the first language that names one, as "pt-PT" does and "pt" does not; "" without any that can be chosen.
export function suggested(languages, codes) {
  const regions = languages.map(regionOf).filter((region) => codes.includes(region));
  return regions[0] ?? "";
}

function regionOf(language) {
  try {
    return new Intl.Locale(language).region;
  } catch {
    return undefined;
  }
}

function offer(element, select) {
  const code = suggested(navigator.languages, [...select.options].map(({ value }) => value).filter(Boolean));
  if (!code || select.value) return;
  const button = element.querySelector("button");
  button.textContent = countryName(code);
  element.hidden = false;
  button.addEventListener("click", () => {
    select.value = code;
    element.hidden = true;
    select.focus();
  });
}
