// Choices that belong to this browser and not to the account: boxes with data-setting, on unless somebody unticks them.

export function isOn(name) {
  try {
    return localStorage.getItem(name) !== "off";
  } catch {
    return true;
  }
}

export function start() {
  document.addEventListener("change", ({ target }) => target.matches("[data-setting]") && keep(target));
}

export function arrive() {
  for (const box of document.querySelectorAll("[data-setting]")) box.checked = isOn(box.dataset.setting);
}

function keep({ dataset: { setting }, checked }) {
  try {
    localStorage.setItem(setting, checked ? "on" : "off");
  } catch {
    // Without storage nothing can be kept, and the box says so.
  }
  arrive();
}
