// Between the lesson's text and anchors: which letter is under the mouse, and where a letter is on this screen.
import { atLetter, fromBox, fromLetter, inBox, letterAt, offsetOf, readingBlock } from "../anchor.js";

// Their content differs from reader to reader, so a place in them is a share of their box.
const NOT_TEXT = ":is(.poll, .video, .reactions, .completion, img, svg, form)";

export class Places {
  #article;

  constructor(article) {
    this.#article = article;
  }

  // In the order of the text, which may stand in several parts.
  get blocks() {
    return [...this.#article.querySelectorAll(".prose > *")];
  }

  // The anchor of a point of the window, or null outside of the text.
  pointing({ x, y }) {
    const under = document.elementFromPoint(x, y);
    const block = this.blocks.findIndex((one) => one.contains(under));
    if (block < 0) return null;
    const element = this.blocks[block];
    const box = element.getBoundingClientRect();
    if (under.closest(NOT_TEXT)) return inBox(block, box, { x, y });
    const caret = caretAt(x, y);
    if (!caret || !element.contains(caret.node)) return inBox(block, box, { x, y });
    const nodes = textNodes(element);
    const index = nodes.indexOf(caret.node);
    if (index < 0) return inBox(block, box, { x, y });
    const within = Math.min(caret.offset, caret.node.length - 1);
    const letter = rectOf(caret.node, within);
    const offset = offsetOf(nodes.map(({ length }) => length), index, within);
    return atLetter(block, offset, letter, emOf(caret.node), { x, y }) ?? inBox(block, box, { x, y });
  }

  // The block at a third of the window, or null when the text is not in the window.
  reading() {
    const block = readingBlock(this.blocks.map((one) => one.getBoundingClientRect()), innerHeight);
    return block === null ? null : [block];
  }

  // Where an anchor is in this window: {block, x, y}, or null for a block that this page does not have.
  find(anchor) {
    const element = this.blocks[anchor[0]];
    if (!element) return null;
    const box = element.getBoundingClientRect();
    if (anchor.length === 1) return { block: anchor[0], x: box.left, y: box.top };
    const nodes = anchor[1] < 0 ? [] : textNodes(element);
    const letter = letterAt(nodes.map(({ length }) => length), anchor[1]);
    if (!letter) return { block: anchor[0], ...fromBox(anchor, box) };
    const node = nodes[letter.index];
    return { block: anchor[0], ...fromLetter(anchor, rectOf(node, letter.within), emOf(node)) };
  }

  // The heading above a block, for words like "reads Small rules".
  chapterOf(block) {
    for (let index = block; index >= 0; index -= 1) {
      const element = this.blocks[index];
      if (element?.matches(".heading")) return element.firstElementChild.textContent.trim();
    }
    return "";
  }
}

// Chrome 128, Firefox 20 and Safari 26.2 have the standard; WebKit before had its own.
function caretAt(x, y) {
  if (document.caretPositionFromPoint) {
    const found = document.caretPositionFromPoint(x, y);
    return found?.offsetNode.nodeType === Node.TEXT_NODE ? { node: found.offsetNode, offset: found.offset } : null;
  }
  const range = document.caretRangeFromPoint?.(x, y);
  return range?.startContainer.nodeType === Node.TEXT_NODE ? { node: range.startContainer, offset: range.startOffset } : null;
}

function textNodes(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

function rectOf(node, within) {
  const range = document.createRange();
  range.setStart(node, Math.max(within, 0));
  range.setEnd(node, Math.min(Math.max(within, 0) + 1, node.length));
  return range.getBoundingClientRect();
}

function emOf(node) {
  return parseFloat(getComputedStyle(node.parentElement).fontSize);
}
