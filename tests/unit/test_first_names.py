"""By which name people are greeted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.first_names import first_name


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Sanne de Vries", "Sanne"),
        ("Els Bakker", "Els"),
        ("  Els   Bakker ", "Els"),
        ("Noor el Idrissi", "Noor"),
        ("Anne-Fleur van der Hoeven-Zonnevelden", "Anne-Fleur"),
        ("Els Bakker-de Vries", "Els"),
        ("Els Bakker - de Vries", "Els"),
        ("Wim in ’t Veld", "Wim"),
        ("D'Arcy O'Brien", "D'Arcy"),
        ("Zoë Çelik", "Zoë"),
        ("Zoe\u0308 Ünal", "Zoë"),
        ("Sanne DE VRIES", "Sanne"),
    ],
)
def test_the_first_name_where_it_is_beyond_doubt(name: str, first: str) -> None:
    assert first_name(name) == first


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Noor",
        "A. de Vries",
        "A de Vries",
        "AM de Vries",
        "A.M. de Vries",
        "Dr. Els Bakker",
        "Dr Els Bakker",
        "Mevrouw Bakker",
        "Meester Jan",
        "De Vries Sanne",
        "van Dijk Bo",
        "Vries, Sanne de",
        "JANSEN Piet",
        "Bakker E",
        "Bakker E.",
        "Jan Willem Bakker",
        "María García López",
        "Bo Jansen Smit",
        "Els Bakker jr.",
        "Els & Bo",
        "Els Bakker (groep 5)",
        "Bo 2 Bakker",
        "محمد علي",
        "עמית כהן",
        "Nguyễn Văn An",
        "山田 太郎",
        "Иван Петров",
    ],
)
def test_the_whole_name_where_it_is_in_doubt(name: str) -> None:
    assert first_name(name) == name


@given(st.text())
def test_it_is_the_beginning_of_any_name_and_never_empty(name: str) -> None:
    first = first_name(name)
    assert first == name or first and " " not in first


def test_a_name_full_of_hyphens_takes_no_time() -> None:
    name = "Bo " + "aa-" * 2000
    assert first_name(name) == name
