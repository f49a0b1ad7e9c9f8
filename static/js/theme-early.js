// Loaded before the first paint, so that a chosen theme does not flash: the one script that is no module.
try {
  const theme = localStorage.getItem("theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // Storage that is switched off leaves the system's own theme.
}
