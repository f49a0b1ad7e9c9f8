"""What comes in as a picture, and what goes out."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from accounts import image_upload


def encoded(image, kind, **options):
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(data):
    return Image.open(BytesIO(data))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("size", [(1, 1), (2, 900), (640, 480), (256, 256)])
def test_any_picture_becomes_one_square(kind, size):
    out = opened(image_upload.square(encoded(Image.new("RGB", size, "teal"), kind)))
    assert (out.format, out.size) == ("WEBP", (256, 256))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_pixels_is_taken(mode):
    assert opened(image_upload.square(encoded(Image.new(mode, (30, 20)), "PNG"))).size == (
        256,
        256,
    )


def test_metadata_is_gone():
    image = Image.new("RGB", (300, 200))
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    exif[0x8825] = {1: "N", 2: (1.0, 2.0, 3.0)}
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "taken at home")
    files = [
        encoded(image, "JPEG", exif=exif, comment=b"taken at home", icc_profile=b"taken at home" * 20),
        encoded(image, "PNG", exif=exif, pnginfo=notes),
        encoded(image, "WEBP", exif=exif, xmp=b"taken at home"),
    ]
    for data in files:
        assert b"taken at home" in data
        out = image_upload.square(data)
        assert b"taken at home" not in out
        assert not opened(out).getexif()
        assert not {"icc_profile", "exif", "xmp", "comment"} & opened(out).info.keys()


def test_what_follows_the_picture_in_the_file_is_gone():
    out = image_upload.square(encoded(Image.new("RGB", (9, 9)), "PNG") + b"<script>alert(1)</script>")
    assert b"script" not in out


def test_a_photo_taken_sideways_stands_upright():
    image = Image.new("RGB", (400, 200), "white")
    image.paste("black", (0, 0, 200, 200))
    exif = Image.Exif()
    exif[0x0112] = 6
    out = opened(image_upload.square(encoded(image, "JPEG", exif=exif))).convert("L")
    assert out.getpixel((128, 20)) < 60
    assert out.getpixel((128, 236)) > 200


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"rubbish",
        b"\x89PNG\r\n\x1a\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        encoded(Image.new("RGB", (9, 9)), "GIF"),
        encoded(Image.new("RGB", (9, 9)), "BMP"),
        encoded(Image.new("RGB", (9, 9)), "TIFF"),
        encoded(Image.new("RGB", (90, 90)), "JPEG")[:200],
        encoded(Image.effect_noise((90, 90), 50), "PNG")[:-3000],
    ],
)
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(ValueError, match="not a picture that can be read"):
        image_upload.square(data)


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(ValueError, match="at most 2 MB"):
        image_upload.square(b"\0" * (image_upload.LARGEST_FILE + 1))


def png_of(width, height):
    """A PNG that says it is this large, and has one row at most."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(4001, 4001), (60_000, 60_000), (2**31 - 1, 1), (1, 2**31 - 1)])
def test_a_decompression_bomb_is_refused_before_it_is_decoded(size, monkeypatch):
    monkeypatch.setattr(image_upload, "_upright", lambda image: pytest.fail("It was decoded."))
    with pytest.raises(ValueError, match="at most 16 million pixels|cannot be read|can be read"):
        image_upload.square(png_of(*size))


def test_a_text_in_a_png_that_unpacks_to_gigabytes_is_refused():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "x" * 80_000_000, zip=True)
    data = encoded(Image.new("RGB", (9, 9)), "PNG", pnginfo=notes)
    assert len(data) < 100_000
    with pytest.raises(ValueError, match="not a picture that can be read"):
        image_upload.square(data)


def test_of_a_moving_picture_the_first_one_is_kept():
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("white", "black", "black")]
    out = opened(image_upload.square(encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:])))
    assert not getattr(out, "is_animated", False)
    assert out.convert("L").getpixel((128, 128)) > 200
