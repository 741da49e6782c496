"""Heuristics about the wording of a statement. They read words, and know no grammar."""

import re

from zetwpo.i18n import Language

# What people do in statements about supervising, by stem; the forms are made below. Whatever is
# not here is simply not noticed.
_DUTCH = """
begeleid coach help steun ondersteun geef neem vraag luister praat spreek bespreek overleg
moedig stimuleer motiveer daag leer leg leid laat maak zorg toon zie merk signaleer benoem breng
deel gebruik pas stem werk zoek vind kijk lees schrijf plan bereid beoordeel beslis kies weet denk
reflecteer onderzoek evalueer organiseer regel ken herken erken waardeer sta ga kom blijf bied
koppel verbind bouw ontwikkel draag voer stel zet houd volg wijs bewaak betrek nodig
"""
_DUTCH_INFINITIVES = """
begeleiden coachen helpen steunen ondersteunen geven nemen vragen luisteren praten spreken
bespreken overleggen aanmoedigen stimuleren motiveren uitdagen leren leggen leiden laten maken
zorgen tonen zien merken signaleren benoemen brengen delen gebruiken passen afstemmen werken zoeken
vinden kijken lezen schrijven plannen beoordelen beslissen kiezen weten denken reflecteren
onderzoeken evalueren organiseren regelen kennen herkennen erkennen waarderen staan gaan komen
blijven bieden koppelen verbinden bouwen ontwikkelen dragen voeren stellen zetten houden volgen
wijzen bewaken betrekken
"""
_ENGLISH = """
guide coach help support give take ask listen talk speak discuss encourage motivate challenge teach
explain lead let make show see notice name bring share use adapt work look find read write plan
prepare assess judge decide choose know think reflect explore evaluate organise arrange recognise
value appreciate offer link connect build develop carry set keep follow point watch involve invite
raise do try put will
"""
_JOINED = {"nl": re.compile(r"\ben\b"), "en": re.compile(r"\band\b")}
# Who does it, and little words, before the second verb.
_SKIPPED = {
    "nl": frozenset({"ik", "die", "we", "mijn", "begeleider", "student", "ook", "daarna", "dan"}),
    "en": frozenset({"i", "they", "we", "my", "supervisor", "student", "also", "then"}),
}


_INFINITIVES = tuple(_DUTCH_INFINITIVES.split())


def _dutch_forms() -> frozenset[str]:
    stems = set(_DUTCH.split())
    return frozenset(stems | {f"{stem}t" for stem in stems} | set(_INFINITIVES))


def _english_forms() -> frozenset[str]:
    stems = set(_ENGLISH.split())
    return frozenset(stems | {f"{stem}s" for stem in stems} | {f"{stem}es" for stem in stems})


_VERBS = {"nl": _dutch_forms(), "en": _english_forms()}


def joins_two_verbs(statement: str, language: Language) -> bool:
    """True where "en" or "and" seems to join two things that somebody does.

    A verb stands somewhere before it, and right behind it, after who does it at most. It misses
    some and finds a few too many, so it is for advice alone.
    """
    words = _JOINED[language].split(statement.lower())
    return any(
        _has_verb(before, language) and _begins_with_verb(after, language)
        for before, after in zip(words, words[1:], strict=False)
    )


def _has_verb(words: str, language: Language) -> bool:
    return any(_is_verb(each, language) for each in _letters(words))


def _begins_with_verb(words: str, language: Language) -> bool:
    first = [each for each in _letters(words) if each not in _SKIPPED[language]][:1]
    return any(_is_verb(each, language) for each in first)


def _is_verb(word: str, language: Language) -> bool:
    if word in _VERBS[language]:
        return True
    # A Dutch verb takes a word in front of it: doorvragen, meedenken.
    return language == "nl" and word.endswith(_INFINITIVES)


def _letters(words: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", words)
