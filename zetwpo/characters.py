"""What one sees of a text: characters that leave no mark, words that look alike, directions."""

import re
import unicodedata

# Default_Ignorable_Code_Point (Unicode, DerivedCoreProperties), which Python does not know by
# itself, and the few letters and symbols that are drawn as an empty space.
_INVISIBLE_RANGES = (
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
# One by one: every letter of every name is looked up here.
_INVISIBLE = frozenset(
    chr(code) for first, last in _INVISIBLE_RANGES for code in range(first, last + 1)
)
# They only show together with a character before them, or not at all.
_NOTHING_ALONE = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn", "Mc", "Me"})
# In some scripts they make another word; there they belong.
JOINERS = frozenset("\u200c\u200d")
# They turn around whatever follows, also what somebody else wrote.
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Around words that find their direction by their own letters and turn around nothing else.
APART, END_APART = "\u2068", "\u2069"
# What would end that, or write letters backwards; and before it, such words as a whole.
_UNRULY = "\u202d\u202e\u2066\u2067\u2068\u2069"
_MARKED = re.compile(f"({APART}[^{_UNRULY}]*{END_APART})|[{_UNRULY}]")
# Letters and figures of scripts that run from right to left, and marks that set a direction.
_TURNING = frozenset({"R", "AL", "AN", "RLE", "LRE"})

_KEPT_CONTROLS = frozenset("\n\t")


def is_invisible(character: str) -> bool:
    """True for a character that leaves no mark and takes no space that one would notice."""
    return character in _INVISIBLE


def is_blank(text: str) -> bool:
    """True for a text in which there is nothing to see."""
    return all(
        is_invisible(character) or unicodedata.category(character) in _NOTHING_ALONE
        for character in text
    )


def without_invisible(text: str) -> str:
    """The text without invisible characters, but with the joiners that some scripts need."""
    return "".join(each for each in text if each in JOINERS or not is_invisible(each))


def without_controls(text: str) -> str:
    """The text without NUL and other invisible control characters, with plain line ends.

    Emoji and right-to-left writing stay as they are.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        character
        for character in lines
        if character in _KEPT_CONTROLS or unicodedata.category(character) not in {"Cc", "Cs"}
    )


def in_one_direction(text: str) -> str:
    """The text without the marks that set a direction: words find theirs by their letters."""
    return "".join(each for each in text if each not in _DIRECTIONS)


def set_apart(text: str) -> str:
    """The text, so that it may stand in a sentence beside other names and figures.

    Hebrew or Arabic would draw a figure that follows to its other side. What needs nothing gets
    nothing: marks that nobody needs show up as boxes in old programs. HTML has `bdi` for this.
    """
    if text.isascii():
        return text
    tidy = _MARKED.sub(lambda mark: mark[1] or "", text)
    is_turning = any(unicodedata.bidirectional(each) in _TURNING for each in tidy)
    return f"{APART}{tidy}{END_APART}" if is_turning and not _is_apart(tidy) else tidy


def _is_apart(text: str) -> bool:
    return text[0] == APART and text.find(END_APART) == len(text) - 1


# What tells no two names apart, of the characters that most are written in.
_UNREAD = {code: None for code in range(128) if unicodedata.category(chr(code))[0] not in "LMNS"}


def as_read(text: str) -> str:
    """The same for all texts that a reader takes for one another.

    Capitals or not, an accent as part of its letter or after it, spaces and dashes, and what
    cannot be seen: none of these tells two names apart.
    """
    if text.isascii():
        return text.lower().translate(_UNREAD)
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    seen = (
        each
        for each in letters
        if unicodedata.category(each)[0] in "LMNS" and not is_invisible(each)
    )
    return unicodedata.normalize("NFC", "".join(seen))


# Letters that no accent can be taken from, and what people type for them who do not have them.
_PLAIN = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe"}
    | {"þ": "th"}
)


# Of what somebody types to find a name.
MOST_WORDS = 6


def as_sought(text: str) -> str:
    """The form in which names are looked for and put in order: 'andres' for 'Andrés'.

    Small letters and figures alone: without accents, spaces, dashes and whatever else somebody
    leaves out who has only heard the name.
    """
    # An accent first: ǽ is æ by then.
    bare = unicodedata.normalize("NFKD", as_read(text)).translate(_PLAIN)
    return "".join(each for each in bare if unicodedata.category(each)[0] in "LN")


def words_sought(text: str) -> list[str]:
    """The words of a search by name, as names are looked for; each of them has to be found."""
    return [found for word in text.split()[:MOST_WORDS] if (found := as_sought(word))]
