"""What happens with each row: said before anything does, and the same in whichever order."""

import random
import uuid
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.accounts.policy import Role
from zetwpo.addresses import normal_address
from zetwpo.characters import as_read
from zetwpo.partnerships.importing.columns import find_layout
from zetwpo.partnerships.importing.delimited import read_text
from zetwpo.partnerships.importing.headings import ROLE_OF, Field, known_heading
from zetwpo.partnerships.importing.rules import (
    Grant,
    Invited,
    Known,
    KnownPerson,
    KnownSchool,
    Outcome,
    Row,
    RowPlan,
    Trouble,
    count_outcomes,
    invited,
    new_schools,
    plan,
    read_rows,
    unknown_words,
)
from zetwpo.partnerships.importing.words import in_speaking_order, is_date, read_roles

WPB = "supervisor"


def rows_of(*lines: str, default: str | None = WPB) -> list[Row]:
    table = read_text("\n".join(lines))
    return read_rows(table, find_layout(table), default)


def one(line: str, heading: str = "naam;e-mail;rol;school", default: str | None = WPB) -> Row:
    [row] = rows_of(heading, line, default=default)
    return row


def troubles(row: Row | RowPlan) -> list[Trouble]:
    return [problem.trouble for problem in row.problems]


def layout(*lines: str) -> dict[Field, int]:
    return dict(find_layout(read_text("\n".join(lines))).columns)


# ------------------------------------------------------------------------------- columns


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Naam", Field.NAME),
        ("  VOLLEDIGE naam:", Field.NAME),
        ("Roepnaam", Field.FIRST),
        ("Tussenv.", Field.INFIX),
        ("Achternaam *", Field.LAST),
        ("Last name", Field.LAST),
        ("E-mailadres", Field.EMAIL),
        ("e‑mail", Field.EMAIL),
        ("E-mail (werk)", Field.EMAIL),
        ("Email address", Field.EMAIL),
        ("Functie", Field.ROLE),
        ("Rol (kies uit de lijst)", Field.ROLE),
        ("Locatie", Field.SCHOOL),
        ("School", Field.SCHOOL),
        ("Geboortedatum", None),
        ("", None),
    ],
)
def test_headings_in_both_languages_are_known(heading: str, field: Field | None) -> None:
    assert known_heading(heading) is field


def test_headings_in_the_third_row_are_found() -> None:
    lines = ("Lijst van de schooladministratie", "", "Nr;Naam;Mail;Rol", "1;Jan;jan@x.nl;wpb")
    assert layout(*lines) == {Field.NAME: 1, Field.EMAIL: 2, Field.ROLE: 3}
    [row] = rows_of(*lines)
    assert (row.number, row.name, row.email, row.roles) == (4, "Jan", "jan@x.nl", {WPB})


def test_a_list_without_headings_is_read_by_what_is_in_it() -> None:
    lines = ("12;Jan de Vries;jan@x.nl;WPB;x", "13;Piet Wit;piet@x.nl;SO;")
    assert layout(*lines) == {Field.NAME: 1, Field.EMAIL: 2, Field.ROLE: 3}
    assert [row.name for row in rows_of(*lines)] == ["Jan de Vries", "Piet Wit"]


def test_a_column_that_no_heading_tells_is_found_by_what_is_in_it() -> None:
    assert layout("Wie;Naam;Contact", "x1;Jan;jan@x.nl") == {Field.NAME: 1, Field.EMAIL: 2}


def test_of_two_columns_with_addresses_the_one_that_is_filled_counts() -> None:
    lines = ("naam;e-mail;e-mail werk;functie;rol", "Jan;;jan@x.nl;docent;wpb")
    assert layout(*lines) == {Field.NAME: 0, Field.EMAIL: 2, Field.ROLE: 4}


def test_beside_a_first_name_a_name_is_the_last_one() -> None:
    assert one("Jan;de;Vries;jan@x.nl", "voornaam;tussenvoegsel;naam;mail").name == "Jan de Vries"
    assert one("Jan;;Wit;jan@x.nl", "first name;prefix;last name;email").name == "Jan Wit"
    assert one("Jan;Vries, de;j@x.nl", "voornaam;achternaam;mail").name == "Jan de Vries"


def test_forty_columns_are_no_trouble() -> None:
    more = [f"kolom {number}" for number in range(37)]
    heading = ";".join(["naam", *more, "e-mail", "rol"])
    row = one(";".join(["Jan", *["=1+1"] * 37, "jan@x.nl", "SO"]), heading)
    assert (row.name, row.email, row.roles, row.problems) == (
        *("Jan", "jan@x.nl", {"school_trainer"}),
        (),
    )


# --------------------------------------------------------------------------------- cells


def test_every_role_has_words_of_its_own() -> None:
    assert set(ROLE_OF.values()) == {str(role) for role in Role}


@pytest.mark.parametrize(
    ("cell", "roles"),
    [
        ("wpb", {WPB}),
        ("WPB'er", {WPB}),
        ("Werkplek-begeleiders", {WPB}),
        ("SO", {"school_trainer"}),
        ("School trainer", {"school_trainer"}),
        ("schoolopleider / facilitator", {"school_trainer", "facilitator"}),
        ("IO en SO", {"school_trainer", "institute_trainer"}),
        ("wpb, wpb", {WPB}),
        ("Programme leader and facilitator", {"programme_leader", "facilitator"}),
        ("", set()),
        (" - ", set()),
    ],
)
def test_roles_are_known_by_the_words_of_offices(cell: str, roles: set[str]) -> None:
    assert read_roles(cell) == (roles, "")


def test_one_word_that_is_no_role_leaves_none() -> None:
    assert read_roles("wpb, docent wiskunde") == (set(), "docent wiskunde")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Vries, Jan de", "Jan de Vries"),
        ("Vries, de, Jan", "Jan de Vries"),
        ("Jansen, MSc", "Jansen, MSc"),
        ("Jan de Vries", "Jan de Vries"),
        ("a, b, c, d", "a, b, c, d"),
        (", Jan", ", Jan"),
    ],
)
def test_names_are_put_in_the_order_in_which_one_says_them(written: str, name: str) -> None:
    assert in_speaking_order(written) == name


@pytest.mark.parametrize(
    "text", ["2026-03-04", "4-3-2026", "4/3/26", "3-mrt", "1 mei 2026", "2026-03-04 00:00:00"]
)
def test_dates_are_known(text: str) -> None:
    assert is_date(text)
    assert troubles(one(f"{text};jan@x.nl")) == [Trouble.NAME_IS_DATE]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (";jan@x.nl", Trouble.NO_NAME),
        ("\u200b\u00a0;jan@x.nl", Trouble.NO_NAME),
        ("12345;jan@x.nl", Trouble.NAME_IS_NUMBER),
        ("jan@x.nl;jan@x.nl", Trouble.NAME_IS_ADDRESS),
        ("x" * 121 + ";jan@x.nl", Trouble.NAME_TOO_LONG),
        ("=A1;jan@x.nl", Trouble.FORMULA),
        ("Jan;=A1", Trouble.FORMULA),
        ("#REF!;jan@x.nl", Trouble.FORMULA),
        ("Jan;", Trouble.NO_ADDRESS),
        ("Jan;n.v.t.", Trouble.INCOMPLETE_ADDRESS),
        ("Jan;jan@x", Trouble.INCOMPLETE_ADDRESS),
        ("Jan;jan@x.nl / piet@x.nl", Trouble.SEVERAL_ADDRESSES),
        ("Jan;jan @x.nl", Trouble.SPACE_IN_ADDRESS),
        ("Jan;jan@x.nl;docent", Trouble.UNKNOWN_ROLE),
        ("Jan;jan@x.nl;beheerder", Trouble.ADMINISTRATOR),
        ("Jan;jan@x.nl;wpb;" + "x" * 121, Trouble.SCHOOL_TOO_LONG),
    ],
)
def test_a_row_that_cannot_be_read_says_why(line: str, expected: Trouble) -> None:
    row = one(line)
    assert troubles(row) == [expected]
    assert plan([row], Known())[0].outcome is Outcome.UNREADABLE


def test_a_row_without_a_role_takes_the_one_that_was_chosen() -> None:
    assert troubles(one("Jan;jan@x.nl", default=None)) == [Trouble.NO_ROLE]
    assert one("Jan;jan@x.nl").roles == {WPB}
    assert one("Jan;jan@x.nl;SO").roles == {"school_trainer"}


def test_a_row_says_all_that_is_wrong_with_it() -> None:
    assert troubles(one(";x;docent")) == [
        *(Trouble.NO_NAME, Trouble.INCOMPLETE_ADDRESS, Trouble.UNKNOWN_ROLE)
    ]


def test_what_nobody_sees_is_left_out_and_the_row_says_so() -> None:
    row = one("J\u200ban\u00a0de  Vries;\ufeffjan@x.nl")
    assert (row.name, row.email, row.is_cleaned) == ("Jan de Vries", "jan@x.nl", True)
    assert not one("Jan\u00a0de Vries;jan@x.nl").is_cleaned


def test_a_name_that_stands_around_the_address_is_taken() -> None:
    assert one("Jan de Vries <jan@x.nl>", "e-mail").name == "Jan de Vries"


# ---------------------------------------------------------------------------------- plan

SCHOOL = KnownSchool(uuid.uuid4(), "De Brug")
CLOSED = KnownSchool(uuid.uuid4(), "De Sluis", is_closed=True)
SCHOOLS = {as_read(each.name): each for each in (SCHOOL, CLOSED)}
HEADING = "naam;e-mail;rol;school"


def here(*grants: Grant, name: str = "Jan de Vries") -> Known:
    return Known({"jan@x.nl": KnownPerson(name, frozenset(grants))}, SCHOOLS)


def planned(*lines: str, known: Known | None = None, add_schools: bool = False) -> list[RowPlan]:
    return plan(rows_of(HEADING, *lines), known or here(), add_schools=add_schools)


def outcomes(plans: Sequence[RowPlan]) -> list[Outcome]:
    return [each.outcome for each in plans]


def test_each_row_says_what_happens() -> None:
    plans = planned(
        "Jan de Vries;JAN@x.nl;wpb;de brug",
        "Jan de Vries;jan@x.nl;SO;",
        "Piet Wit;piet@x.nl;wpb;De Brug",
        "Piet Wit;piet@x.nl;wpb;De Brug",
        "Piet Wit;piet@x.nl;facilitator;",
        known=here(Grant(WPB, "debrug")),
    )
    assert outcomes(plans) == [
        *(Outcome.HERE, Outcome.GETS_ROLE, Outcome.NEW, Outcome.REPEATED, Outcome.GETS_ROLE)
    ]
    assert plans[3].same_as == 4
    assert invited(plans) == [
        Invited("Jan de Vries", "JAN@x.nl", (Grant("school_trainer"),)),
        Invited("Piet Wit", "piet@x.nl", (Grant("facilitator"), Grant(WPB, "debrug"))),
    ]
    assert count_outcomes(plans)[Outcome.NEW] == 1


def test_the_name_of_somebody_who_is_here_stays_and_the_row_says_so() -> None:
    [row] = planned("Johan Vries;jan@x.nl;wpb;", known=here(Grant(WPB)))
    assert (row.outcome, row.kept_name) == (Outcome.HERE, "Jan de Vries")
    [row] = planned("jan DE vries;jan@x.nl;wpb;", known=here(Grant(WPB)))
    assert row.kept_name == ""


def test_two_people_on_one_address_are_told_apart_by_neither() -> None:
    plans = planned("Jan;a@x.nl", "Piet;A@x.nl", "jan;a@x.nl", "Kees;kees@x.nl")
    assert outcomes(plans) == [*[Outcome.UNREADABLE] * 3, Outcome.NEW]
    assert [each.problems[0].rows for each in plans[:3]] == [(3,), (2, 4), (3,)]
    assert [each.email for each in invited(plans)] == ["kees@x.nl"]


def test_a_school_that_is_not_there_is_made_only_where_that_is_chosen() -> None:
    lines = ("Jan;jan@x.nl;wpb;De Dijk", "Piet;piet@x.nl;wpb;de dijk", "K;k@x.nl;wpb;De Sluis")
    without, with_schools = planned(*lines), planned(*lines, add_schools=True)
    assert [troubles(each) for each in without] == [
        *([Trouble.UNKNOWN_SCHOOL], [Trouble.UNKNOWN_SCHOOL], [Trouble.CLOSED_SCHOOL])
    ]
    assert outcomes(with_schools) == [Outcome.GETS_ROLE, Outcome.NEW, Outcome.UNREADABLE]
    assert new_schools(rows_of(HEADING, *lines), here()) == {"De Dijk": (2, 3)}


def test_who_has_a_role_at_a_school_does_not_get_it_without_one_as_well() -> None:
    [row] = planned("Jan de Vries;jan@x.nl;wpb;", known=here(Grant(WPB, "debrug")))
    assert (row.outcome, row.grants) == (Outcome.HERE, ())
    plans = planned("Piet;piet@x.nl;wpb;", "Piet;piet@x.nl;wpb;De Brug")
    assert outcomes(plans) == [Outcome.REPEATED, Outcome.NEW]
    assert [each.same_as for each in plans] == [3, None]


NAMES = ["Jan", "jan", "Jan de Vries", "Piet", "", "12"]
EMAILS = ["jan@x.nl", "Jan@x.nl", "piet@x.nl", "a@b.nl", "x", ""]
ROLES = ["wpb", "SO", "wpb en SO", "docent", ""]
PLACES = ["", "De Brug", "de brug", "De Sluis", "De Dijk", "DE DIJK"]
LINES = st.lists(
    st.tuples(*map(st.sampled_from, (NAMES, EMAILS, ROLES, PLACES))).map(";".join), max_size=8
)
KNOWN = st.sampled_from([Known(schools=SCHOOLS), here(), here(Grant(WPB), name="Jan")])


def after(known: Known, given: Sequence[Invited]) -> Known:
    """What there is when the plan was carried out."""
    people, schools = dict(known.people), dict(known.schools)
    for each in given:
        address = normal_address(each.email)
        before = people.get(address, KnownPerson(each.name, frozenset()))
        people[address] = KnownPerson(before.name, before.grants | set(each.grants))
        for grant in each.grants:
            if grant.school:
                schools.setdefault(grant.school, KnownSchool(uuid.uuid4(), grant.school))
    return Known(people, schools)


@given(LINES, KNOWN, st.booleans())
def test_the_same_list_again_gives_nobody_anything(
    lines: list[str], known: Known, add_schools: bool
) -> None:
    rows = rows_of(HEADING, *lines)
    given = invited(plan(rows, known, add_schools=add_schools))
    again = plan(rows, after(known, given), add_schools=add_schools)
    assert invited(again) == []
    assert {Outcome.NEW, Outcome.GETS_ROLE} & set(outcomes(again)) == set()


@given(LINES, KNOWN, st.booleans(), st.randoms(use_true_random=False))
def test_in_whichever_order_the_rows_stand_the_same_people_get_the_same(
    lines: list[str], known: Known, add_schools: bool, dice: random.Random
) -> None:
    rows = rows_of(HEADING, *lines)
    mixed = dice.sample(rows, len(rows))
    plans, others = (plan(each, known, add_schools=add_schools) for each in (rows, mixed))

    def given(found: list[RowPlan]) -> set[Invited]:
        return set(invited(found))

    assert given(plans) == given(others)
    assert count_outcomes(plans)[Outcome.UNREADABLE] == count_outcomes(others)[Outcome.UNREADABLE]
    assert {each.row.number: troubles(each) for each in plans} == {
        each.row.number: troubles(each) for each in others
    }


@given(LINES, KNOWN)
def test_each_row_has_an_outcome_and_who_is_here_keeps_what_they_have(
    lines: list[str], known: Known
) -> None:
    plans = plan(rows_of(HEADING, *lines), known)
    assert [each.outcome is Outcome.UNREADABLE for each in plans] == [
        bool(each.problems) for each in plans
    ]
    for each in plans:
        assert bool(each.grants) == (each.outcome in {Outcome.NEW, Outcome.GETS_ROLE})


@pytest.mark.parametrize(
    ("cell", "roles"),
    [
        ("werkplekbegeleider (nieuw)", {"supervisor"}),
        ("Schoolopleider (en wpb)", {"school_trainer", "supervisor"}),
        ("(wpb)", {"supervisor"}),
    ],
)
def test_between_brackets_only_roles_count(cell: str, roles: set[str]) -> None:
    assert read_roles(cell) == (roles, "")


def test_words_that_name_no_role_mean_what_somebody_said() -> None:
    said = {"docent": "supervisor", "mentor": ""}
    assert read_roles("Docent", said) == ({"supervisor"}, "")
    assert read_roles("SO / mentor", said) == ({"school_trainer"}, "")
    assert read_roles("Docent, BOS", said) == (set(), "BOS")
    # What a word means already cannot be said otherwise.
    assert read_roles("SO", {"so": "supervisor"}) == ({"school_trainer"}, "")


def test_words_that_name_no_role_are_counted_most_rows_first() -> None:
    long = "x" * 81
    lines = [
        "a;a@x.nl;mentor",
        "b;b@x.nl;Docent (oud)",
        "c;c@x.nl;docent, wpb, DOCENT",
        "d;d@x.nl;SO",
    ]
    table = read_text(
        "\n".join(["naam;e-mail;functie", *lines, f"e;e@x.nl;{long}", "f;f@x.nl;=A1"])
    )
    assert unknown_words(table, find_layout(table)) == {"Docent": (3, 4), "mentor": (2,)}
