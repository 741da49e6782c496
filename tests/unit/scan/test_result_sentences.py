"""Each sentence of a result, read by an oracle that knows the answers and none of the rules."""

import re
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.forms import Form, table
from zetwpo.i18n import writing_in
from zetwpo.library.questionnaires import (
    Axis,
    Behaviour,
    FormFile,
    Part,
    Questionnaire,
    Scale,
    Source,
    Statement,
)
from zetwpo.library.respondents import AskedRole
from zetwpo.scan.responses.queries import ResponseView
from zetwpo.scan.responses.rules import Filled, TextKind
from zetwpo.scan.result.growth import growth_of
from zetwpo.scan.result.insights import Insights, Listed
from zetwpo.scan.result.queries import Respondent, Result, statements_of
from zetwpo.scan.result.rules import View
from zetwpo.scan.self_scan.queries import ScanCard

MOMENT = datetime(2026, 5, 3, tzinfo=UTC)
AXES = ("heart", "head")
# Mean values as a person would count them: nothing is lost to rounding.
Seen = dict[str, Fraction]


def words(text: str) -> dict[str, str]:
    return {"nl": text, "en": text}


def axis(key: str) -> Axis:
    texts = {name: words(key) for name in ("title", "role", "about")}
    lines = {"nl": (key,), "en": (key,)}
    return Axis(key=key, area="area", **texts, label_long=lines, label_short=lines)


@st.composite
def forms(draw: st.DrawFn, form: Form, behaviours: Sequence[Behaviour]) -> FormFile:
    """Any form: some behaviours in up to three statements, some in none."""
    parts = []
    for key in AXES:
        asked = []
        own = [each.key for each in behaviours if each.axis == key]
        for behaviour in own:
            for number in range(draw(st.integers(0, 3))):
                also = draw(st.sampled_from(own))
                asked.append(
                    Statement(
                        key=f"{behaviour}_{number}",
                        source=Source(form=form, area="somewhere", number=1),
                        behaviours=tuple(dict.fromkeys((behaviour, also))),
                        text=words("Something"),
                    )
                )
        # Only a file has to ask something with every axis.
        parts.append(
            Part.model_construct(axis=key, open_question=words("Why?"), statements=tuple(asked))
        )
    scale = Scale(lowest=words("no"), highest=words("yes"))
    return FormFile.model_construct(
        form=form, title=words("form"), scale=scale, cannot_judge=None, parts=tuple(parts)
    )


@st.composite
def questionnaires(draw: st.DrawFn, behaviours: Sequence[Behaviour]) -> Questionnaire:
    return Questionnaire(
        "any", 1, words("any"), (), tuple(map(axis, AXES)), tuple(behaviours),
        {form: draw(forms(form, behaviours)) for form in Form},
    )  # fmt: skip


@st.composite
def filled(draw: st.DrawFn, form: FormFile, *, has_tips: bool) -> Filled:
    """Answers close together, so that much is level."""
    lowest = draw(st.integers(1, 7))
    point = st.integers(lowest, min(lowest + draw(st.sampled_from([0, 1, 2, 6])), 7))
    answer = st.one_of(point, point, point, st.none(), st.just("-"))
    drawn = {each.key: draw(answer) for each in form.statements}
    axes = draw(st.sets(st.sampled_from(AXES))) if has_tips else ()
    return Filled(
        {key: value for key, value in drawn.items() if value != "-"},
        {(TextKind.FEED_FORWARD, axis): "A tip" for axis in axes},
    )


@st.composite
def results(draw: st.DrawFn) -> Result:
    count = draw(st.integers(2, 30))
    behaviours = [
        Behaviour(
            key=f"b{number}",
            axis=AXES[number % 2],
            name=words(f"B{number}"),
            opening_question=words("When?"),
        )
        for number in range(count)
    ]
    asked = draw(questionnaires(behaviours))
    assume(asked.forms[Form.SELF].statements)

    def respondent(
        key: str, role: AskedRole | None, of: Questionnaire, days: int = 0
    ) -> Respondent:
        form = of.forms[role.form if role else Form.SELF]
        response = ResponseView(
            uuid.uuid4(), of, form, draw(filled(form, has_tips=role is not None))
        )
        view = View(key, statements_of(form), response.filled.answers)
        return Respondent(
            response,
            view,
            # The supervisor is "you".
            key if role else "",
            role,
            shared_at=MOMENT + timedelta(days) if role else None,
            label=key,
            day="3 May",
        )

    roles = draw(st.lists(st.sampled_from(table().roles), max_size=8))
    others = [
        respondent(f"{role.looks}-{at}", role, asked, draw(st.integers(0, 2)))
        for at, role in enumerate(roles, 1)
    ]
    before = draw(st.sampled_from([None, asked, draw(questionnaires(behaviours))]))
    return Result(
        scan=ScanCard(uuid.uuid4(), uuid.uuid4(), None, uuid.uuid4(), MOMENT, MOMENT),
        questionnaire=asked,
        own=respondent("self", None, asked),
        others=tuple(others),
        earlier=respondent("earlier", None, before) if before else None,
    )


def seen_by(respondent: Respondent) -> Seen:
    """How somebody sees each behaviour, counted anew from the answers."""
    found: dict[str, list[int]] = {}
    for statement in respondent.response.form.statements:
        value = respondent.response.filled.answers.get(statement.key)
        for behaviour in statement.behaviours if value else ():
            found.setdefault(behaviour, []).append(value or 0)
    return {key: Fraction(sum(values), len(values)) for key, values in found.items()}


def level(result: Result) -> dict[str, list[Fraction]]:
    """What everybody sees of each behaviour, from low to high."""
    everybody = [seen_by(each) for each in result.respondents]
    keys = set().union(*everybody)
    return {key: sorted(each[key] for each in everybody if key in each) for key in keys}


def named(found: Listed) -> set[str]:
    return {each.key for each in found.behaviours}


def differing(result: Result) -> dict[str, tuple[set[str], set[str]]]:
    """By behaviour who is two points or more above the own view, and who below."""
    own = seen_by(result.own)
    found = {}
    for key, value in own.items():
        gaps = {
            each.key: seen_by(each)[key] - value for each in result.others if key in seen_by(each)
        }
        more = {who for who, gap in gaps.items() if gap >= 2}
        less = {who for who, gap in gaps.items() if gap <= -2}
        if more or less:
            found[key] = more, less
    return found


def count_in(sentence: str) -> int:
    [count] = re.findall(r"\b\d+\b", sentence)
    return int(count)


def check_strengths(result: Result, found: Listed) -> None:
    seen, mine = level(result), named(found)
    rest = {key: values for key, values in seen.items() if key not in mine}
    is_picture = 2 * len(seen_by(result.own)) >= len(result.own.view.behaviours)
    assert found.before.startswith("You judged fewer than half") is not is_picture
    assert rest or not mine
    if found.before.startswith("Nowhere else is the lowest figure higher"):
        assert result.others
        assert all(seen[key][0] >= values[0] for key in mine for values in rest.values())
    elif found.before.startswith("In your own picture these stand out"):
        assert not result.others
        assert all(seen[key][0] > values[0] for key in mine for values in rest.values())
    elif not is_picture:
        assert not mine
    elif found.before.startswith("In this picture nothing stands higher"):
        assert len(set(map(shape, seen.values()))) == 1
    else:
        assert "share the highest place" in found.before
        top = max(values[0] for values in seen.values())
        assert count_in(found.before) <= sum(values[0] == top for values in seen.values())
    check_next(found, rest)


def shape(values: Sequence[Fraction]) -> tuple[tuple[Fraction, Fraction], ...]:
    """The same for two behaviours of which nobody could say which is seen as higher."""
    return tuple((each, Fraction(values.count(each), len(values))) for each in sorted(set(values)))


def check_next(found: Listed, rest: dict[str, list[Fraction]]) -> None:
    """So many that are not named stand level, and with them there is no telling apart."""
    if found.after:
        count = count_in(found.after)
        assert count > 1
        shapes = [shape(values) for values in rest.values()]
        assert any(shapes.count(each) == count for each in shapes)


def check_attention(result: Result, found: Listed, strong: set[str]) -> None:
    seen, mine, differ = level(result), named(found), differing(result)
    rest = {key: values for key, values in seen.items() if key not in {*mine, *differ}}
    assert not mine & (strong | differ.keys())
    if found.before.startswith("Even the highest figure here is lower"):
        strongest = strong or {max(seen, key=lambda key: seen[key][0])}
        bar = min(seen[key][0] for key in strongest)
        assert result.others
        assert all(seen[key][-1] < bar for key in mine)
    elif found.before.startswith("You rated these lower than the rest yourself"):
        assert not result.others
        assert rest
        assert all(seen[key][0] < values[0] for key in mine for values in rest.values())
    elif found.before.startswith("Apart from the differences"):
        assert differ
    elif "share the lowest place" in found.before:
        assert not differ
    if "share the lowest place" in found.before:
        lowest = min(values[-1] for values in rest.values())
        assert count_in(found.before) <= sum(values[-1] == lowest for values in rest.values())
    if "Look at the differences" in found.before:
        assert differ
    check_next(found, rest)


def check_whose(result: Result, insights: Insights) -> None:
    for behaviour in [*insights.strengths.behaviours, *insights.attention.behaviours]:
        who = {each.key for each in result.respondents if behaviour.key in seen_by(each)}
        is_asked = any(
            behaviour.key in each.behaviours for each in result.own.response.form.statements
        )
        expected = {
            "Only you judged this.": who == {"self"},
            "This is not in your self-scan.": not is_asked,
            "You did not judge this yourself.": is_asked and "self" not in who,
            "": not result.others or {"self"} < who,
        } | {f"Only {one} judged this.": who == {one} for one in who}
        assert expected[insights.whose(behaviour)]


def check_differences(result: Result, insights: Insights) -> None:
    differ = differing(result)
    found = {each.behaviour.key: each for each in insights.differences}
    assert found.keys() == differ.keys()
    assert [*insights.open_differences, *insights.more_differences] == insights.differences
    assert len(insights.open_differences) <= 3
    for key, (more, less) in differ.items():
        sentences = found[key].sentences
        assert [names(each) for each in sentences] == [set(who) for who in (more, less) if who]
        assert all(("than you." in each) is (names(each) == more) for each in sentences)
        own = seen_by(result.own)[key]
        lanes = {lane.name for lane in found[key].lanes}
        assert lanes == {"You"} | {each.label for each in result.others if key in seen_by(each)}, (
            own
        )


def names(sentence: str) -> set[str]:
    return set(re.findall(r"(?:student|trainer|institute)-\d", sentence))


def check_tip(result: Result, insights: Insights) -> None:
    """Of all tips the one with the largest difference, and of equals one that was shared last."""
    own, tips = seen_by(result.own), {}
    for each in result.others:
        for _kind, axis in each.response.filled.texts:
            theirs = seen_by(each)
            gaps = [
                abs(own[behaviour.key] - theirs[behaviour.key])
                for behaviour in result.questionnaire.behaviours
                if behaviour.axis == axis and behaviour.key in own.keys() & theirs.keys()
            ]
            tips[each.key, axis] = max(gaps, default=Fraction(0)), each.shared_at
    tip = insights.tip
    assert (tip is None) is (not tips)
    if tip:
        assert tips[tip.respondent.key, tip.axis.key] == max(tips.values())


def check_growth(result: Result) -> None:
    growth = growth_of(result)
    assert (growth is None) is (result.earlier is None)
    if growth and result.earlier:
        then, now = seen_by(result.earlier), seen_by(result.own)
        both = then.keys() & now.keys()
        moved = {each.behaviour.key: (each.before, each.now) for each in growth.moved}
        assert moved == {
            key: (float(then[key]), float(now[key])) for key in both if then[key] != now[key]
        }
        assert growth.same == len(both) - len(moved)
        assert growth.has_fallen is any(now[key] < then[key] for key in both)
        assert growth.is_empty is (not both)


@given(results())
def test_every_sentence_is_true(result: Result) -> None:
    with writing_in("en"):
        insights = Insights(result)
        check_strengths(result, insights.strengths)
        check_attention(result, insights.attention, named(insights.strengths))
        check_whose(result, insights)
        check_differences(result, insights)
        check_tip(result, insights)
        check_growth(result)
