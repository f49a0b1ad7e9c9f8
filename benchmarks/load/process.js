// The CPU and memory of a server: of its process and all that it started, read from /proc.

import { readFileSync, readdirSync } from "node:fs";

const TICKS_PER_SECOND = 100;
const KB_PER_PAGE = 4;

export function usage(root) {
  let ticks = 0;
  let pages = 0;
  for (const pid of tree(root)) {
    const fields = stat(pid);
    ticks += Number(fields[11]) + Number(fields[12]);
    pages += Number(fields[21]);
  }
  return { cpu: ticks / TICKS_PER_SECOND, rssKB: pages * KB_PER_PAGE };
}

function tree(pid) {
  return [pid, ...children(pid).flatMap(tree)];
}

function children(pid) {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
    const text = readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").trim();
    return text ? text.split(" ") : [];
  });
}

function stat(pid) {
  // The command's name stands in parentheses and may hold spaces; the fields after it start with the third.
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
}
