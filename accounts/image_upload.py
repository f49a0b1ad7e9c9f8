"""Turns an uploaded file into a picture that is safe to show to others: 256 px square, and nothing but pixels.

The file is decoded and encoded again, so neither metadata (where a photo was taken) nor data hidden behind the image
survives. The number of pixels is read from the header before any is decoded.
"""

from io import BytesIO

from PIL import Image, ImageOps

FORMATS = ("PNG", "JPEG", "WEBP")
SIDE = 256
LARGEST_FILE = 2 * 1024 * 1024
LARGEST_PIXELS = 16_000_000
"""A phone's photo has 12 million. This many take 130 MB for a moment while they are decoded and made smaller."""

UNREADABLE = "That file is not a picture that can be read. Take a PNG, a JPEG or a WebP."


def square(data: bytes) -> bytes:
    """A WebP of SIDE x SIDE pixels from the middle of a picture. Raises ValueError with a sentence."""
    if len(data) > LARGEST_FILE:
        raise ValueError(f"A picture has at most {LARGEST_FILE // 1024 // 1024} MB.")
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > LARGEST_PIXELS:
                raise TooManyPixels
            return _encoded(_upright(image))
    except TooManyPixels:
        raise ValueError(f"A picture has at most {LARGEST_PIXELS // 1_000_000} million pixels.") from None
    except Exception:
        # Decoders raise a dozen kinds of exceptions on broken files, and all of them mean this.
        raise ValueError(UNREADABLE) from None


class TooManyPixels(Exception):
    pass


def _upright(image: Image.Image) -> Image.Image:
    # A JPEG can be decoded at a fraction of its size; other formats ignore this.
    image.draft("RGB", (2 * SIDE, 2 * SIDE))
    if image.mode not in ("RGB", "RGBA"):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail((4 * SIDE, 4 * SIDE))
    return ImageOps.fit(ImageOps.exif_transpose(image), (SIDE, SIDE))


def _encoded(image: Image.Image) -> bytes:
    # Copy the pixels alone: a saved image takes its colour profile and its EXIF data with it.
    bare = Image.frombytes(image.mode, image.size, image.tobytes())
    out = BytesIO()
    bare.save(out, "WEBP", quality=85)
    return out.getvalue()
