// On the sign-in page, clicking a sample user fills in the form.

export function start() {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-sample]");
    if (button) fill(button, document.getElementById("login-form"));
  });
}

function fill(button, form) {
  form.elements.username.value = button.dataset.sample;
  form.elements.password.value = button.dataset.samplePassword;
  for (const other of document.querySelectorAll("[data-sample]")) other.setAttribute("aria-pressed", other === button);
  form.querySelector("[type=submit]").focus();
}
