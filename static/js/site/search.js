// Search as you type. The form works without this: it leads to the page of results, which `/search` renders.
const WAIT_MS = 150;

let timer;
let asked;

export function start() {
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-search-link]") && !event.ctrlKey && !event.metaKey && open()) event.preventDefault();
  });
  document.addEventListener("input", ({ target }) => {
    if (!target.matches?.("[data-search-input]")) return;
    clearTimeout(timer);
    timer = setTimeout(() => show(target), WAIT_MS);
  });
}

// Opens the box, or puts the focus into the field of the page that has one. False where there is neither.
export function open() {
  const field = document.querySelector("main [data-search-input]");
  const box = document.getElementById("search");
  if (field) field.focus();
  else box?.showPopover();
  return Boolean(field ?? box);
}

// The results of the latest text win: an answer that is overtaken is dropped.
async function show(field) {
  asked?.abort();
  asked = new AbortController();
  const { signal } = asked;
  const url = `${field.form.action}?part=results&q=${encodeURIComponent(field.value.trim())}`;
  try {
    const answer = await fetch(url, { signal });
    if (!answer.ok) return;
    const html = await answer.text();
    if (signal.aborted) return;
    field.form.nextElementSibling.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  } catch (error) {
    // Offline: the last results stay, and Enter still asks for the page.
    if (error.name !== "AbortError") console.warn("The search isn't responding.", error);
  }
}
