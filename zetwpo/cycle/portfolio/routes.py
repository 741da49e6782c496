"""The pages of a portfolio, for whose it is."""

import uuid
from dataclasses import dataclass, replace

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, gives_file, needs
from zetwpo.accounts.policy import KEEP_PORTFOLIO
from zetwpo.autosaving import Taken
from zetwpo.clock import now, today
from zetwpo.cycle.attendance.words import hours
from zetwpo.cycle.mine.queries import OwnPart, find_own_part
from zetwpo.cycle.plans.words import STATUS
from zetwpo.cycle.portfolio import service
from zetwpo.cycle.portfolio.forms import PortfolioForm
from zetwpo.cycle.portfolio.queries import Material, choice_for, material_for
from zetwpo.cycle.portfolio.rules import Choice, Section, Way, choice_of, moved
from zetwpo.cycle.portfolio.words import TITLES
from zetwpo.edits import Fields
from zetwpo.errors import NextPage
from zetwpo.i18n import gettext as _
from zetwpo.i18n import lazy_gettext
from zetwpo.pdf.making import is_possible, pdf_of
from zetwpo.scan.result.charts import style_on_paper
from zetwpo.scan.result.then_and_now import Picture, pictures
from zetwpo.web import see_other

routes = Blueprint("portfolio", __name__, url_prefix="/trajectories/<uuid:trajectory_id>/portfolio")
# In the addresses of the buttons.
A_SECTION = f"<any({','.join(Section)}):section>"
A_WAY = f"<any({','.join(Way)}):way>"


@dataclass(frozen=True)
class Kept:
    """What a page sent, and what there is since."""

    part: OwnPart
    material: Material
    form: PortfolioForm
    taken: Taken
    choice: Choice

    @property
    def is_refused(self) -> bool:
        """True where something of it is not kept as it was sent."""
        return self.taken.status >= 400


@routes.get("")
@needs(KEEP_PORTFOLIO)
def show(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Choose what goes in, and write a few words to begin with."""
    part = authorised(find_own_part(trajectory_id))
    material = material_for(part, get_actor())
    choice = choice_for(part.id, get_actor().person_id).among(material.keys)
    form = PortfolioForm(formdata=None)
    form.show(choice.fields)
    form.offer(material)
    return _page(part, material, form, choice)


@routes.post("")
@needs(KEEP_PORTFOLIO)
def save(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Keep what is chosen and written."""
    kept = _keep(trajectory_id)
    if kept.is_refused:
        return _refused(kept)
    flash(_("Saved."))
    return see_other(url_for(".show", trajectory_id=trajectory_id))


@routes.post("/autosave")
@needs(KEEP_PORTFOLIO)
def autosave(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Keep the fields that changed, while somebody writes."""
    kept = _keep(trajectory_id)
    return kept.form.outcome(kept.taken)


@routes.post("/all")
@needs(KEEP_PORTFOLIO)
def choose_all(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Let all that is one's own go in; what is on the page is kept first."""
    kept = _keep(trajectory_id)
    if kept.is_refused:
        return _refused(kept)
    chosen = kept.choice.with_own(kept.material.keys)
    service.keep(trajectory_id, get_actor().person_id, chosen)
    flash(_("All that is your own goes in now. Untick what you leave out."))
    return see_other(url_for(".show", trajectory_id=trajectory_id))


@routes.post(f"/{A_SECTION}/{A_WAY}")
@needs(KEEP_PORTFOLIO)
def move(trajectory_id: uuid.UUID, section: str, way: str) -> ResponseReturnValue:
    """Let a section pass its neighbour; what is on the page is kept first."""
    kept = _keep(trajectory_id)
    if kept.is_refused:
        return _refused(kept)
    shown = [each for each, keys in kept.material.keys.items() if keys]
    order = moved(kept.choice.order, Section(section), Way(way), shown)
    service.keep(trajectory_id, get_actor().person_id, replace(kept.choice, order=order))
    return see_other(url_for(".show", trajectory_id=trajectory_id, _anchor=f"part-{section}"))


@routes.get("/print")
@needs(KEEP_PORTFOLIO)
def paper(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """The portfolio as it comes on paper."""
    page, _drawn = _paper(trajectory_id)
    return page


@routes.get("/portfolio.pdf")
@gives_file(on="portfolio.paper")
@needs(KEEP_PORTFOLIO)
def pdf(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """The same as a PDF."""
    page, drawn = _paper(trajectory_id)
    name = _("portfolio-%(day)s", day=today().isoformat()) + ".pdf"
    legends = (entry for picture in drawn for entry in picture.legend)
    whose = get_actor().person_id
    return pdf_of(page, name, _print_page(trajectory_id), whose, style_on_paper(legends))


def _print_page(trajectory_id: uuid.UUID) -> NextPage:
    return NextPage(
        "portfolio.paper", lazy_gettext("To the print page"), {"trajectory_id": trajectory_id}
    )


def _keep(trajectory_id: uuid.UUID) -> Kept:
    part = authorised(find_own_part(trajectory_id))
    me = get_actor()
    material = material_for(part, me)
    before = service.choice_to_write(part.id, me.person_id).among(material.keys)
    form = PortfolioForm()
    form.offer(material)
    taken = form.take_in(before.fields)
    choice = choice_of(taken.fields, before.order)
    service.keep(part.id, me.person_id, choice)
    return Kept(part, material, form, taken, choice)


def _refused(kept: Kept) -> ResponseReturnValue:
    elsewhere = kept.form.show_refused(kept.taken)
    return _page(kept.part, kept.material, kept.form, kept.choice, elsewhere), kept.taken.status


def _page(
    part: OwnPart,
    material: Material,
    form: PortfolioForm,
    choice: Choice,
    elsewhere: Fields | None = None,
) -> str:
    return render_template(
        "cycle/portfolio/portfolio.html",
        trajectory=part.trajectory,
        form=form,
        sections=[each for each in choice.order if material.keys[each]],
        elsewhere=elsewhere or {},
        has_pdf=is_possible(),
        forgotten=material.forgotten,
        is_former=get_actor().person_id in part.former,
    )


def _paper(trajectory_id: uuid.UUID) -> tuple[str, list[Picture]]:
    """The page, and what is drawn on it."""
    part, me = authorised(find_own_part(trajectory_id)), get_actor()
    material = material_for(part, me)
    choice = choice_for(part.id, me.person_id).among(material.keys)
    chosen = material.only(choice)
    drawn = pictures([(each.card, each.day) for each in chosen.scans])
    page = render_template(
        "cycle/portfolio/paper.html",
        trajectory=part.trajectory,
        name=me.name,
        introduction=choice.introduction,
        is_empty=choice.is_empty,
        sections=[each for each in choice.order if choice.keys(each)],
        titles=TITLES,
        chosen=chosen,
        pictures=drawn,
        status=STATUS,
        hours=hours,
        printed_at=now(),
        has_pdf=is_possible(),
    )
    return page, drawn
