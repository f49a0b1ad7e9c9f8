// Runs before the first paint, so the chosen theme does not flash. The only script that is not a module.
try {
  const theme = localStorage.getItem("theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // Without storage the system's theme applies.
}
