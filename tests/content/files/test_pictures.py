import io
import zipfile
import zlib
from urllib.parse import quote

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from episodes.people.speakers import Speaker
from interaxion.content.files.limits import FileRefused
from interaxion.content.files.models import StoredFile, store_file
from interaxion.content.files.picture_encoding import reencode
from tests.factories import make_post
from tests.imports import make_animation, make_grey_ramp


def picture(*, size=(80, 60), image_format="PNG", mode="RGB", **options) -> bytes:
    stream = io.BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else None).save(stream, image_format, **options)
    return stream.getvalue()


def test_a_turned_photo_comes_out_upright_and_without_exif():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010F] = "camera"

    made = reencode(picture(image_format="JPEG", exif=exif))

    opened = Image.open(io.BytesIO(made.data))
    assert (made.width, made.height) == opened.size == (60, 80)
    assert not opened.getexif()


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<html><script>1</script></html>",
        b"GIF89a<script>alert(1)</script>",
        b"",
        picture(image_format="TIFF"),
    ],
    ids=["svg", "html", "polyglot", "empty", "tiff"],
)
def test_what_is_no_harmless_picture_is_refused(data):
    with pytest.raises(FileRefused):
        reencode(data)


@given(
    size=st.tuples(st.integers(1, 60), st.integers(1, 60)),
    image_format=st.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]),
    mode=st.sampled_from(["RGB", "RGBA", "L", "P", "1"]),
)
def test_a_picture_that_we_encoded_stays_as_it_is(size, image_format, mode):
    stream = io.BytesIO()
    Image.effect_noise(size, 80).convert(mode).convert("RGB" if image_format == "JPEG" else mode).save(
        stream, image_format
    )

    first = reencode(stream.getvalue())

    assert reencode(first.data) == first


@pytest.mark.parametrize("image_format", ["JPEG", "PNG"])
def test_what_lies_behind_a_picture_or_in_a_comment_goes(image_format):
    script = b"<script>alert(1)</script>"
    commented = picture(image_format=image_format, **({"comment": script} if image_format == "JPEG" else {}))

    for data in (picture(image_format=image_format) + script, commented + script, commented):
        assert script not in reencode(data).data


def opened(picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.data))


@pytest.mark.parametrize("width", [300, 2000])
def test_sixteen_bits_of_grey_are_scaled_to_eight(width):
    image = opened(reencode(make_grey_ramp(width=width)))

    assert image.mode == "L"
    assert [image.getpixel((x * (image.width - 1) // 4, 2)) for x in range(5)] == pytest.approx(
        [0, 64, 128, 191, 255], abs=2
    )


def make_phone_photo(size=(800, 600)) -> bytes:
    """Two pictures in one file: what the camera saw, and a small one of how far away it was."""
    stream = io.BytesIO()
    near = Image.new("RGB", (size[0] // 4, size[1] // 4), "black")
    Image.new("RGB", size, "teal").save(stream, "MPO", save_all=True, append_images=[near])
    return stream.getvalue()


@pytest.mark.parametrize("size", [(800, 600), (6000, 4000)])
def test_phone_photo_of_two_pictures_stays_a_jpeg_of_the_first(size):
    data = make_phone_photo(size)
    assert Image.open(io.BytesIO(data)).format == "MPO"

    made = reencode(data)

    assert (made.suffix, opened(made).format) == (".jpg", "JPEG")
    assert made.width / made.height == pytest.approx(size[0] / size[1], abs=0.01)
    assert reencode(made.data) == made


@pytest.mark.parametrize("image_format", ["GIF", "PNG", "WEBP"])
@pytest.mark.parametrize("size", [(40, 30), (1700, 30)])
def test_animation_stays_one_and_is_stripped(image_format, size):
    exif = Image.Exif()
    exif[0x010F] = "camera"
    data = make_animation(size=size, format=image_format, **({} if image_format == "GIF" else {"exif": exif}))

    made = reencode(data)

    image = opened(made)
    assert (made.suffix, made.content_type, image.n_frames) == (".webp", "image/webp", 3)
    assert (made.width, made.height) == image.size == (min(size[0], 1600), 28 if size[0] > 1600 else 30)
    assert image.info["loop"] == 0
    image.seek(2)
    image.load()
    assert image.info["duration"] == 100
    assert image.convert("RGB").getpixel((5, 5)) == pytest.approx((80, 90, 2), abs=12)
    assert b"camera" not in made.data
    assert reencode(made.data) == made


@pytest.mark.parametrize("place", ["behind", "in a chunk", "in a frame"])
def test_what_hides_in_an_animation_goes(place):
    webp = make_animation(format="WEBP")
    script = b"NOTE\x18\0\0\0<script>alert()</script>"
    match place:
        case "behind":
            data = webp + script
        case "in a chunk":
            data = b"RIFF" + (len(webp) - 8 + len(script)).to_bytes(4, "little") + webp[8:] + script
        case "in a frame":
            at = webp.rindex(b"ANMF")
            frame = (int.from_bytes(webp[at + 4 : at + 8], "little") + len(script)).to_bytes(4, "little")
            whole = webp[8:at] + b"ANMF" + frame + webp[at + 8 :] + script
            data = b"RIFF" + len(whole).to_bytes(4, "little") + whole

    assert b"<script" not in reencode(data).data


def test_still_webp_becomes_a_png():
    assert reencode(picture(image_format="WEBP")).suffix == ".png"


@pytest.mark.parametrize(
    ("mode", "colours", "image_format"), [("CMYK", b"CMYK", "JPEG"), ("L", b"RGB ", "JPEG"), ("1", b"GRAY", "PNG")]
)
def test_profile_of_other_colours_goes(mode, colours, image_format):
    profile = bytes(16) + colours + bytes(108)
    data = picture(size=(1700, 20), mode=mode, image_format=image_format, icc_profile=profile)

    image = opened(reencode(data))

    assert image.mode in {"RGB", "L"}
    assert "icc_profile" not in image.info


def test_profile_of_its_own_colours_stays():
    profile = bytes(16) + b"RGB " + bytes(108)
    data = picture(size=(1700, 20), image_format="JPEG", icc_profile=profile)

    assert opened(reencode(data)).info["icc_profile"] == profile


def claim_size(width, height) -> bytes:
    """A PNG that says it is as large as that."""
    head = b"IHDR" + width.to_bytes(4) + height.to_bytes(4) + bytes([8, 0, 0, 0, 0])
    return picture(mode="L")[:12] + head + zlib.crc32(head).to_bytes(4) + picture(mode="L")[33:]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (claim_size(7000, 6000), "7000 × 6000 pixels, and at most 40 million"),
        (claim_size(12_000, 9000), "12000 × 9000 pixels, and at most 40 million"),
        (claim_size(20_000, 10_000), "far more than the 40 million pixels"),
        (
            make_animation(size=(9, 9)).replace(b"\x09\0\x09\0", b"\xa0\x0f\xa0\x0f", 1),
            "3 frames of 4000 × 4000 pixels, and at most 40 million",
        ),
        (make_animation(size=(1, 1), frames=1001), "1001 frames, and at most 1000"),
        (b"\xff\xd8" + bytes(20_500_000), "20.5 MB, and at most 20 MB"),
        (picture(size=(900, 900), image_format="JPEG")[:-3000], "damaged"),
        (make_animation(size=(90, 90), format="PNG")[:-150], "damaged"),
        (b"%PDF-1.7", "no picture that we can read"),
    ],
    ids=["large", "larger", "huge", "long", "frames", "bytes", "cut", "animation cut", "other"],
)
def test_refusal_names_the_true_reason_and_the_limit(data, reason):
    with override("en"), pytest.raises(FileRefused) as refused:
        reencode(data)

    assert reason in refused.value.messages[0]


@pytest.mark.django_db
def test_portrait_that_moves_is_refused_with_the_reason():
    speaker = Speaker(name="話す人", image=SimpleUploadedFile("me.gif", make_animation()))

    with override("en"), pytest.raises(ValidationError, match="only a still picture fits here"):
        speaker.full_clean()


@pytest.mark.django_db
def test_a_file_is_kept_once_under_a_name_of_ours():
    first = store_file("../../etc/テスト.png", picture())
    again = store_file("other.png", picture())

    assert first == again
    assert StoredFile.objects.count() == 1
    assert first.file.name.startswith("files/")
    assert first.file.name.endswith(".png")
    assert (first.width, first.height) == (80, 60)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data"), [("a.pdf", b"<html>"), ("a.html", b"<html>"), ("a.svg", b"<svg/>"), ("a", b"x")]
)
def test_a_file_that_is_not_what_it_claims_is_refused(name, data):
    with pytest.raises(FileRefused):
        store_file(name, data)

    assert not StoredFile.objects.exists()


ODP = "application/vnd.oasis.opendocument.presentation"
SLIDES = {
    "話.pptx": {"[Content_Types].xml": "", "ppt/presentation.xml": "<x/>"},
    "話.key": {"Index/Document.iwa": "x"},
    "話.odp": {"mimetype": ODP, "content.xml": "<x/>"},
}


def archive(members) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, text in members.items():
            made.writestr(name, text)
    return stream.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("name", SLIDES)
def test_slides_are_kept_and_only_ever_saved_by_a_browser(client, name):
    data = archive(SLIDES[name])

    response = client.get(store_file(name, data).file.url)

    assert b"".join(response.streaming_content) == data
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{quote(name)}"
    assert response["Content-Type"].startswith("application/vnd.")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data"),
    [
        *((name, archive({"index.html": "<script>"})) for name in SLIDES),
        *((name, b"<html>" + archive(members)) for name, members in SLIDES.items()),
        *((name, archive(members)[:-8]) for name, members in SLIDES.items()),
        ("a.pptx", archive(SLIDES["話.odp"])),
        ("a.odp", archive({"content.xml": "<x/>", "mimetype": ODP})),
        ("a.odp", archive({"mimetype": "application/epub+zip", "content.xml": "<x/>"})),
        ("a.zip", archive(SLIDES["話.pptx"])),
        ("a.pptm", archive(SLIDES["話.pptx"])),
    ],
)
def test_an_archive_that_is_no_slides_is_refused(name, data):
    with pytest.raises(FileRefused):
        store_file(name, data)


@pytest.mark.django_db
def test_a_stored_picture_is_shown_with_its_size():
    stored = store_file("a.png", picture())

    post = make_post(body=f"![図]({stored.file.url})\n")

    assert 'alt="図"' in post.html


@pytest.mark.django_db
def test_pictures_encoded_to_the_same_bytes_are_one_file():
    comment = PngInfo()
    comment.add_text("Comment", "taken at noon")

    first, second = store_file("a.png", picture()), store_file("b.png", picture(pnginfo=comment))

    assert first == second
    assert default_storage.listdir("files")[1] == [first.file.name.removeprefix("files/")]


@pytest.mark.django_db
def test_a_figure_in_svg_is_cleaned_and_stays_as_it_is():
    written = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3" onload="alert(1)"><rect width="4"/></svg>'

    stored = store_file("wave.SVG", written)

    with stored.file.open() as stream:
        kept = stream.read()
    assert (stored.content_type, stored.width, stored.height) == ("image/svg+xml", 4, 3)
    assert stored.file.name.endswith(".svg")
    assert b"<rect" in kept
    assert b"onload" not in kept
    assert store_file("again.svg", kept).pk == stored.pk


@pytest.mark.django_db
def test_svg_that_cannot_be_cleaned_is_refused():
    with pytest.raises(FileRefused, match="SVG"):
        store_file("a.svg", b"<html/>")
