"""What one sees of a text: the characters that leave no mark, and texts of nothing but those."""

import unicodedata

# Default_Ignorable_Code_Point (Unicode, DerivedCoreProperties), which Python does not know by
# itself, and the few letters and symbols that are drawn as an empty space.
_INVISIBLE = (
    (0x00AD, 0x00AD),  # soft hyphen
    (0x034F, 0x034F),
    (0x061C, 0x061C),
    (0x115F, 0x1160),  # Hangul fillers
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),  # zero width space, joiners, direction marks
    (0x202A, 0x202E),  # directions that are set
    (0x2060, 0x206F),  # word joiner, directions that are set apart
    (0x2800, 0x2800),  # a Braille cell without dots
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFEFF, 0xFEFF),  # byte order mark
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFB),
    (0x13441, 0x13442),
    (0x1BCA0, 0x1BCA3),
    (0x1D159, 0x1D159),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),  # tags, and more variation selectors
)
# They only show together with a character before them, or not at all.
_NOTHING_ALONE = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn", "Mc", "Me"})
# In some scripts they make another word; there they belong.
JOINERS = frozenset("\u200c\u200d")
# They turn around whatever follows, also what somebody else wrote.
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def is_invisible(character: str) -> bool:
    """True for a character that leaves no mark and takes no space that one would notice."""
    code = ord(character)
    return any(first <= code <= last for first, last in _INVISIBLE)


def is_blank(text: str) -> bool:
    """True for a text in which there is nothing to see."""
    return all(
        is_invisible(character) or unicodedata.category(character) in _NOTHING_ALONE
        for character in text
    )


def without_invisible(text: str) -> str:
    """The text without invisible characters, but with the joiners that some scripts need."""
    return "".join(each for each in text if each in JOINERS or not is_invisible(each))


def in_one_direction(text: str) -> str:
    """The text without the marks that set a direction: words find theirs by their letters."""
    return "".join(each for each in text if each not in _DIRECTIONS)
