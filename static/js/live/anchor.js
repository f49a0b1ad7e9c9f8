// A pointer's place in words instead of pixels: the same word on a phone and on a wide screen. Pure.
//
//   [block]                     reading: the block at a third of the window's height
//   [block, offset, dx, dy]     pointing: `offset` letters into the block's text, then hundredths of an em right and down
//   [block, -1, dx, dy]         over a picture or a margin: thousandths of the block's width and height
//
// Rectangles are {left, top, width, height} in pixels of the window, as the browser gives them.

const BLOCKS = 1_000;
const LETTERS = 100_000;
const REACH = 2_000;
const READING_LINE = 1 / 3;

export function isAnchor(value) {
  if (!Array.isArray(value) || !value.every(Number.isInteger)) return false;
  const [block, offset, dx, dy] = value;
  if (block < 0 || block >= BLOCKS) return false;
  if (value.length === 1) return true;
  return value.length === 4 && offset >= -1 && offset <= LETTERS && Math.abs(dx) <= REACH && Math.abs(dy) <= REACH;
}

// `caret` is the rectangle of the letter at `offset`, `em` its font size. Null when the mouse is too far from it.
export function atLetter(block, offset, caret, em, { x, y }) {
  const anchor = [block, offset, hundredths(x - caret.left, em), hundredths(y - caret.top, em)];
  return isAnchor(anchor) ? anchor : null;
}

export function inBox(block, box, { x, y }) {
  const anchor = [block, -1, thousandths(x - box.left, box.width), thousandths(y - box.top, box.height)];
  return isAnchor(anchor) ? anchor : null;
}

// The point to draw at: `caret` and `em` as here, not as on the screen that sent it.
export function fromLetter([, , dx, dy], caret, em) {
  return { x: caret.left + (dx * em) / 100, y: caret.top + (dy * em) / 100 };
}

export function fromBox([, , dx, dy], box) {
  return { x: box.left + (dx * box.width) / 1000, y: box.top + (dy * box.height) / 1000 };
}

// The block that is being read: the last one that begins above the reading line, or the first. Null without any.
export function readingBlock(boxes, windowHeight) {
  if (!boxes.length) return null;
  const line = windowHeight * READING_LINE;
  const below = boxes.findIndex(({ top }) => top > line);
  return below < 0 ? boxes.length - 1 : Math.max(below - 1, 0);
}

// A block's text is that of its text nodes in their order: the letter at `offset` is in node `index`, at `within`.
// An offset beyond the end, from a page with another version of the text, is its last letter. Null for no text.
export function letterAt(lengths, offset) {
  let before = 0;
  for (const [index, length] of lengths.entries()) {
    if (offset < before + length) return { index, within: offset - before };
    before += length;
  }
  const last = lengths.findLastIndex((length) => length > 0);
  return last < 0 ? null : { index: last, within: lengths[last] - 1 };
}

export function offsetOf(lengths, index, within) {
  return lengths.slice(0, index).reduce((sum, length) => sum + length, 0) + within;
}

// Counts the heights that are above the window, and those below it.
export function outOfView(heights, windowHeight) {
  const above = heights.filter((y) => y < 0).length;
  return { above, below: heights.filter((y) => y >= windowHeight).length };
}

function hundredths(pixels, em) {
  return Math.round((pixels * 100) / em);
}

function thousandths(pixels, whole) {
  return Math.round((pixels * 1000) / whole);
}
