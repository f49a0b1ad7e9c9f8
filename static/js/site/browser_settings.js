// Settings of this browser, not of the account: checkboxes with data-setting, on by default.

export function isOn(name) {
  try {
    return localStorage.getItem(name) !== "off";
  } catch {
    return true;
  }
}

export function start() {
  document.addEventListener("change", ({ target }) => target.matches("[data-setting]") && save(target));
}

export function arrive() {
  for (const box of document.querySelectorAll("[data-setting]")) box.checked = isOn(box.dataset.setting);
  for (const part of document.querySelectorAll("[data-shown-by]")) part.hidden = !isOn(part.dataset.shownBy);
}

function save({ dataset: { setting }, checked }) {
  try {
    localStorage.setItem(setting, checked ? "on" : "off");
  } catch {
    // Without storage the setting cannot be saved; the checkbox shows that.
  }
  arrive();
}
