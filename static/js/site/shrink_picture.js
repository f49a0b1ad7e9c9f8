// Makes a large picture smaller before its form is sent: a phone's photo has many megabytes, and the site takes two.
// The server accepts what this cannot read, and says what is wrong with it.

const LARGE_BYTES = 1_000_000;
const LONGEST_SIDE_PX = 1024;
const JPEG_QUALITY = 0.9;

export function start() {
  document.addEventListener("change", ({ target }) => {
    if (target.matches?.('input[type="file"][accept*="image/"]')) shrink(target);
  });
}

async function shrink(input) {
  const [file] = input.files;
  if (!file || file.size <= LARGE_BYTES) return;
  const picture = await createImageBitmap(file).catch(() => null);
  const smaller = picture && (await encode(picture, file));
  // Another file may have been chosen meanwhile.
  if (smaller && smaller.size < file.size && input.files[0] === file) replace(input, smaller, file.name);
}

async function encode(picture, file) {
  const scale = Math.min(1, LONGEST_SIDE_PX / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  // JPEG for photos; the others may be transparent.
  const type = file.type === "image/png" || file.type === "image/webp" ? "image/png" : "image/jpeg";
  return new Promise((resolve) => canvas.toBlob(resolve, type, JPEG_QUALITY));
}

function replace(input, blob, name) {
  const files = new DataTransfer();
  files.items.add(new File([blob], name, { type: blob.type }));
  input.files = files.files;
}
