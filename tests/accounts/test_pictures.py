"""Uploaded pictures: the files that are taken, and the picture that is stored."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from accounts import image_upload, image_worker


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


def colour_of(data):
    return opened(data).convert("RGBA").getpixel((128, 128))


def is_near(colour, expected, by=12):
    return all(abs(one - other) <= by for one, other in zip(colour, expected, strict=True))


@pytest.mark.parametrize("grey", [0, 40, 128, 255])
def test_grey_of_16_bits_keeps_its_shade(grey):
    data = encoded(Image.new("I;16", (300, 300), grey * 257), "PNG")
    assert is_near(colour_of(image_upload.square(data)), (grey, grey, grey, 255))


def swapped_profile():
    """An sRGB profile in which red and green have changed places, so that one sees whether it is applied."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_colour_profile_is_applied(kind):
    data = encoded(Image.new("RGB", (300, 300), (250, 20, 20)), kind, icc_profile=swapped_profile())
    assert is_near(colour_of(image_upload.square(data)), (20, 250, 20, 255))


def test_a_colour_profile_is_applied_beside_transparency():
    data = encoded(Image.new("RGBA", (300, 300), (250, 20, 20, 128)), "PNG", icc_profile=swapped_profile())
    assert is_near(colour_of(image_upload.square(data)), (20, 250, 20, 128))


def test_cmyk_keeps_its_colours():
    data = encoded(Image.new("CMYK", (300, 300), (255, 0, 0, 0)), "JPEG")
    assert is_near(colour_of(image_upload.square(data)), (0, 255, 255, 255))


@pytest.mark.parametrize(("mode", "colour", "clear"), [("RGB", (9, 9, 9), (9, 9, 9)), ("L", 9, 9), ("P", 0, 0)])
def test_transparency_by_one_colour_is_kept(mode, colour, clear):
    image = Image.new(mode, (300, 300), colour)
    assert colour_of(image_upload.square(encoded(image, "PNG", transparency=clear)))[3] == 0


def test_a_jpeg_of_thousands_of_scans_is_refused_before_it_is_decoded(monkeypatch):
    monkeypatch.setattr(image_upload, "_upright", lambda image: pytest.fail("It was decoded."))
    data = encoded(Image.effect_noise((64, 64), 50), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    with pytest.raises(ValueError, match="too many scans"):
        image_upload.square(data[:-2] + data[last:-2] * 100 + data[-2:])


def test_a_progressive_jpeg_of_a_camera_is_taken():
    data = encoded(Image.effect_noise((640, 480), 50).convert("RGB"), "JPEG", progressive=True)
    assert 1 < image_upload.scans_of(data) <= image_upload.MOST_SCANS
    assert opened(image_worker.square(data)).size == (256, 256)


def test_the_child_says_what_is_wrong_with_a_picture():
    with pytest.raises(ValueError, match="not a picture that can be read"):
        image_worker.square(b"rubbish")


def test_a_decoder_that_crashes_or_is_ended_takes_only_itself_along(tmp_path, monkeypatch):
    script = tmp_path / "decoder.py"
    script.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    monkeypatch.setattr(image_upload, "__file__", str(script))
    with pytest.raises(ValueError, match="takes too long to read"):
        image_worker.square(b"rubbish")


def test_of_a_moving_picture_the_first_one_is_kept():
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("white", "black", "black")]
    out = opened(image_upload.square(encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:])))
    assert not getattr(out, "is_animated", False)
    assert out.convert("L").getpixel((128, 128)) > 200
