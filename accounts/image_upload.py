"""Turns an uploaded file into a picture that is safe to show to others: 256 px square, and nothing but pixels.

The file is decoded and encoded again, so neither metadata (where a photo was taken) nor data hidden behind the image
survives. The number of pixels and of scans is read before anything is decoded. Run as a program, it does so for the
file on its standard input: see image_worker.py.
"""

import sys
from contextlib import suppress
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

FORMATS = ("PNG", "JPEG", "WEBP")
SIDE = 256
LARGEST_FILE = 2 * 1024 * 1024
LARGEST_PIXELS = 16_000_000
"""A phone's photo has 12 million. This many take 130 MB for a moment while they are decoded and made smaller."""
CPU_SECONDS, MEMORY_BYTES = 4, 1024 * 1024 * 1024
"""Of a program that decodes one picture."""
MOST_SCANS = 24
"""Of a progressive JPEG. Cameras and editors write 10; each costs as much as a whole picture."""

UNREADABLE = "That file is not a picture that can be read. Take a PNG, a JPEG or a WebP."


def square(data: bytes) -> bytes:
    """A WebP of SIDE x SIDE pixels from the middle of a picture. Raises ValueError with a sentence."""
    if len(data) > LARGEST_FILE:
        raise ValueError(f"A picture has at most {LARGEST_FILE // 1024 // 1024} MB.")
    if scans_of(data) > MOST_SCANS:
        raise ValueError("That JPEG has too many scans. Save it again without “progressive”.")
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


def scans_of(data: bytes) -> int:
    """The scans of a JPEG, 0 for any other file. Coded pixels hold no start-of-scan marker (ITU T.81, B.1.1.5)."""
    if not data.startswith(b"\xff\xd8"):
        return 0
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return data.count(b"\xff\xda", at)


def _upright(image: Image.Image) -> Image.Image:
    # A JPEG can be decoded at a fraction of its size; other formats ignore this.
    image.draft(None, (4 * SIDE, 4 * SIDE))
    profile = image.info.get("icc_profile")
    image = _in_eight_bits(image)
    image.thumbnail((4 * SIDE, 4 * SIDE))
    return ImageOps.fit(ImageOps.exif_transpose(_in_srgb(image, profile)), (SIDE, SIDE))


def _in_eight_bits(image: Image.Image) -> Image.Image:
    """The picture with 8 bits a channel and no palette, in RGBA if anything in it is transparent."""
    if image.mode.startswith("I"):
        # Grey of 16 bits, which `convert` would clip instead of scaling.
        return image.point(lambda value: value * (1 / 257)).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in sRGB by its colour profile, so that Display P3 and CMYK keep their colours."""
    plain = image.convert("RGB") if image.mode == "RGBA" else image
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            plain = ImageCms.profileToProfile(plain, source, ImageCms.createProfile("sRGB"), outputMode="RGB") or plain
        except (ImageCms.PyCMSError, OSError):
            # Of another kind of pixels, or broken: the picture is shown as it would be without.
            pass
    plain = plain.convert("RGB")
    if image.mode == "RGBA":
        plain.putalpha(image.getchannel("A"))
    return plain


def _encoded(image: Image.Image) -> bytes:
    # Copy the pixels alone: a saved image takes its colour profile and its EXIF data with it.
    bare = Image.frombytes(image.mode, image.size, image.tobytes())
    out = BytesIO()
    bare.save(out, "WEBP", quality=85)
    return out.getvalue()


def limit_this_process() -> None:
    """Bound the CPU time and memory of this process, where the system can."""
    try:
        import resource
    except ImportError:
        return
    limits = {"RLIMIT_CPU": CPU_SECONDS, "RLIMIT_AS": MEMORY_BYTES, "RLIMIT_CORE": 0}
    for name, limit in limits.items():
        # macOS knows a limit on memory, and some of its versions refuse to set it.
        with suppress(AttributeError, OSError, ValueError):
            resource.setrlimit(getattr(resource, name), (limit, limit))


def main() -> None:
    """Write the picture to standard output, or a sentence to standard error."""
    limit_this_process()
    try:
        sys.stdout.buffer.write(square(sys.stdin.buffer.read()))
    except ValueError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
