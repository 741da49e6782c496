"""The page on which somebody looks a list through: counts, and then the rows part by part."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request

from zetwpo.accounts.queries import find_partnership_card
from zetwpo.paging import Pages, page_number, pages
from zetwpo.partnerships.importing import telling
from zetwpo.partnerships.importing.forms import ChoicesForm, InviteForm, choices_form
from zetwpo.partnerships.importing.queries import ListCard, known_in
from zetwpo.partnerships.importing.rules import (
    Outcome,
    RowPlan,
    Trouble,
    count_outcomes,
    count_waiting,
    invited,
    new_schools,
)

# The first of these that there are shows first: what asks for attention.
ORDER = (Outcome.UNREADABLE, Outcome.NEW, Outcome.GETS_ROLE, Outcome.HERE, Outcome.REPEATED)


@dataclass(frozen=True)
class Part:
    """Some of the rows: one kind of outcome, and of those one page."""

    outcome: Outcome
    pages: Pages
    plans: Sequence[RowPlan]


def part_of(plans: Sequence[RowPlan], wanted: str, number: int) -> Part:
    """The rows to show; for what there is none of, the first that there are."""
    there_are = [each for each in ORDER if any(plan.outcome is each for plan in plans)]
    outcome = next((each for each in there_are if each == wanted), (there_are or [ORDER[0]])[0])
    rows = [plan for plan in plans if plan.outcome is outcome]
    shown = pages(number, len(rows))
    return Part(outcome, shown, rows[shown.skipped : shown.last])


def show_list(
    found: ListCard, choices: ChoicesForm | None = None, invite: InviteForm | None = None
) -> str:
    """The page of a list, with what is wrong with a form that was sent."""
    known = known_in(found.partnership_id)
    plans = found.plans(known)
    counts = count_outcomes(plans)
    unreadable = [each.row.number for each in plans if each.outcome is Outcome.UNREADABLE]
    number = page_number(request.args.get("page", ""))
    template = "done.html" if found.done_at else "look_through.html"
    return render_template(
        f"partnerships/importing/{template}",
        partnership=find_partnership_card(found.partnership_id),
        found=found,
        counts=[(each, counts[each]) for each in ORDER if counts[each]],
        part=part_of(plans, request.args.get("show", ""), number),
        people=len(invited(plans)),
        shows_columns=not found.choices.layout.is_enough or _lacks_role(plans),
        only_school=count_waiting(plans),
        left_out=" ".join(map(str, unreadable)),
        schools=new_schools(found.rows, known),
        words={} if found.done_at else found.unknown_words,
        choices=None if found.done_at else choices or _choices(found),
        invite=invite or InviteForm(formdata=None),
        telling=telling,
    )


def _lacks_role(plans: Sequence[RowPlan]) -> bool:
    """True where a row says so: the choice that mends it stands among the columns."""
    return any(each.trouble is Trouble.NO_ROLE for plan in plans for each in plan.problems)


def _choices(found: ListCard) -> ChoicesForm:
    return choices_form(found.unknown_words)(
        telling.column_titles(found), found.choices, formdata=None
    )
