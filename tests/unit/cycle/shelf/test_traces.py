"""Of a picture or a film its maker gives what it shows, and nothing else."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pages.shelves import GIF, GOOD, JPEG, PDF, PNG, WEBP
from tests.photos import (
    PHOTOS,
    SECRET,
    UPRIGHT,
    box,
    exif,
    jpeg,
    jpeg_part,
    mp4,
    png,
    png_part,
    webp,
    webp_part,
)
from zetwpo.cycle.shelf.file_kinds import KINDS, CannotTake, Trouble, recognise
from zetwpo.cycle.shelf.traces import MOST_PARTS, exif_with, turn_of, without_traces

TURNS = range(1, 9)


def cleaned(key: str, content: bytes) -> bytes:
    assert recognise(content, "name") is KINDS[key]
    return without_traces(KINDS[key], content)


def is_refused(key: str, content: bytes) -> bool:
    with pytest.raises(CannotTake) as refused:
        without_traces(KINDS[key], content)
    return refused.value.trouble is Trouble.BROKEN


# ------------------------------------------------------------------------------------- whole


@pytest.mark.parametrize("key", sorted(GOOD))
def test_what_tells_nothing_stays_as_it_is(key: str) -> None:
    assert cleaned(key, GOOD[key]) == GOOD[key]


@pytest.mark.parametrize("key", sorted(PHOTOS))
@pytest.mark.parametrize("order", ["<", ">"], ids=["little", "big"])
@pytest.mark.parametrize("turn", TURNS)
def test_of_a_photo_stays_what_it_shows_and_how_it_is_turned(
    key: str, order: str, turn: int
) -> None:
    photo = PHOTOS[key](turn, order)
    assert SECRET in photo
    clean = cleaned(key, photo)
    assert SECRET not in clean
    assert exif_with(turn) in clean
    assert (b"MM\0*" in clean) is (turn != UPRIGHT)
    assert cleaned(key, clean) == clean


def test_a_photo_is_its_parts_and_the_one_that_turns_it() -> None:
    told = jpeg_part(0xE1, b"Exif\0\0" + exif_with(6))
    colours = jpeg_part(0xE2, b"ICC_PROFILE\0\1\1colours")
    assert cleaned("jpeg", jpeg(6)) == JPEG[:20] + told + colours + JPEG[20:]
    size = png_part(b"pHYs", b"\0\0\x0b\x13\0\0\x0b\x13\1")
    assert cleaned("png", png(6)) == PNG[:33] + png_part(b"eXIf", exif_with(6)) + size + PNG[33:]


def test_a_webp_says_what_is_in_it() -> None:
    size = b"\x0f\0\0\x07\0\0"
    upright, turned = cleaned("webp", webp()), cleaned("webp", webp(6))
    assert upright[12:] == webp_part(b"VP8X", b"\0\0\0\0" + size) + WEBP[12:]
    assert turned[12:] == (
        webp_part(b"VP8X", b"\x08\0\0\0" + size) + WEBP[12:] + webp_part(b"EXIF", exif_with(6))
    )
    for each in (upright, turned):
        assert int.from_bytes(each[4:8], "little") == len(each) - 8


def test_of_a_film_nothing_moves_from_its_place() -> None:
    film = mp4()
    assert SECRET in film
    clean = cleaned("mp4", film)
    assert SECRET not in clean
    assert len(clean) == len(film)
    for kept in (b"mvhd", b"tkhd", b"mdia", b"how it plays", b"picture and sound"):
        assert clean.index(kept) == film.index(kept)
    assert cleaned("mp4", clean) == clean


def test_the_last_box_of_a_film_may_go_to_its_end_and_one_may_have_a_long_size() -> None:
    long = b"\0\0\0\1mdat" + (16 + 4).to_bytes(8, "big") + b"film"
    last = b"\0\0\0\0udta" + SECRET
    clean = cleaned("mp4", GOOD["mp4"] + long + last)
    assert clean == GOOD["mp4"] + long + b"\0\0\0\0free" + bytes(len(SECRET))


def test_a_photo_without_an_end_stays_whole() -> None:
    assert cleaned("jpeg", JPEG[:-2]) == JPEG[:-2]


def test_what_stands_between_the_scans_of_a_photo_goes_as_well() -> None:
    scan = jpeg_part(0xDA, b"scan") + b"dots \xff\x00 \xff\xd0 more dots"
    photo = JPEG[:-2] + jpeg_part(0xFE, SECRET) + scan + JPEG[-2:]
    assert cleaned("jpeg", photo) == JPEG[:-2] + scan + JPEG[-2:]


def test_a_film_within_a_film_is_not_looked_into() -> None:
    deep = b""
    for _level in range(2000):
        deep = box(b"moov", deep)
    assert set(cleaned("mp4", GOOD["mp4"] + deep)[len(GOOD["mp4"]) + 16 :]) == {0}


# ----------------------------------------------------------------------------- how it is turned


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"MM\0*",
        b"no order" * 4,
        exif(0),
        exif(9),
        exif(6)[:30],
        b"MM\0*\xff\xff\xff\xff" + exif(6)[8:],
    ],
)
def test_what_says_no_turn_is_upright(told: bytes) -> None:
    assert turn_of(told) == UPRIGHT
    assert turn_of(exif_with(turn_of(told))) == UPRIGHT


@given(st.binary(max_size=200))
def test_whatever_is_told_is_one_of_the_eight_turns(told: bytes) -> None:
    for each in (told, b"MM\0*" + told, b"II*\0\x08\0\0\0" + told):
        assert turn_of(each) in TURNS


# ------------------------------------------------------------------------------------- broken


@pytest.mark.parametrize(
    ("key", "content"),
    [
        ("jpeg", JPEG[:20]),
        ("jpeg", JPEG[:2] + jpeg_part(0xE1, SECRET) + b"\xff\xd9"),
        ("jpeg", JPEG[:20] + b"\xff\xe1\xff\xff" + SECRET),
        ("jpeg", JPEG[:20] + b"\xff\xe1\x00\x01" + JPEG[20:]),
        ("jpeg", JPEG[:2] + b"\xff\xfe\x00\x02" * MOST_PARTS + JPEG[2:]),
        ("png", PNG[:-12]),
        ("png", PNG[:-1]),
        ("png", PNG[:33] + b"\xff\xff\xff\xffeXIf" + SECRET),
        ("webp", WEBP[:-1]),
        ("webp", b"RIFF\x04\0\0\0WEBP" + SECRET),
        ("webp", b"RIFF\xff\0\0\0WEBPVP8L\xff\0\0\0" + SECRET),
        ("mp4", GOOD["mp4"] + b"\0\0\xff\xffudta" + SECRET),
        ("mp4", GOOD["mp4"] + b"\0\0\0\x07udta" + SECRET),
        ("mp4", GOOD["mp4"] + box(b"moov", b"\0\0\xff\xffudta")),
        ("mp4", GOOD["mp4"] + b"\0\0\0\1udta\xff\xff\xff\xff\xff\xff\xff\xff"),
        ("mp4", GOOD["mp4"] + box(b"free") * MOST_PARTS),
    ],
)
def test_what_is_built_otherwise_is_refused(key: str, content: bytes) -> None:
    assert is_refused(key, content)


FILES = {**{key: made(6) for key, made in PHOTOS.items()}, "mp4": mp4()}


@given(st.data(), st.sampled_from(sorted(FILES)))
def test_whatever_happened_to_a_file_it_is_clean_or_refused(data: st.DataObject, key: str) -> None:
    """Cut off, changed or longer: never an error, and cleaning once more finds nothing."""
    content = bytearray(FILES[key])
    for place in data.draw(st.lists(st.integers(12, len(content) - 1), max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    broken = bytes(content[: data.draw(st.integers(12, len(content)))]) + data.draw(st.binary())
    with suppress(CannotTake):
        clean = without_traces(KINDS[key], broken)
        assert without_traces(KINDS[key], clean) == clean


_MARKED = st.binary(max_size=60).map(lambda told: SECRET + told)


@given(st.lists(st.tuples(st.integers(0xE0, 0xFE), _MARKED), max_size=6), st.sampled_from(TURNS))
def test_whatever_programs_write_into_a_photo_only_its_parts_stay(
    told: list[tuple[int, bytes]], turn: int
) -> None:
    parts = [jpeg_part(mark, words) for mark, words in told if mark < 0xF0 or mark == 0xFE]
    photo = jpeg(turn)[:20] + b"".join(parts) + jpeg(turn)[20:]
    assert without_traces(KINDS["jpeg"], photo) == without_traces(KINDS["jpeg"], jpeg(turn))


@given(st.lists(st.tuples(st.from_regex(rb"[a-z][A-Za-z]{3}", fullmatch=True), _MARKED)))
def test_whatever_programs_write_into_a_png_only_its_parts_stay(
    told: list[tuple[bytes, bytes]],
) -> None:
    ours = {b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"mDCV", b"cLLI", b"sBIT"}
    ours |= {b"bKGD", b"hIST", b"sPLT", b"pHYs", b"acTL", b"fcTL", b"fdAT", b"eXIf"}
    parts = b"".join(png_part(name, words) for name, words in told if name not in ours)
    assert without_traces(KINDS["png"], PNG[:33] + parts + PNG[33:]) == PNG


@pytest.mark.parametrize(("key", "content"), [("pdf", PDF + SECRET), ("gif", GIF + SECRET)])
def test_other_kinds_are_left_alone(key: str, content: bytes) -> None:
    assert without_traces(KINDS[key], content) == content
