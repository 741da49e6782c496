"""Lays out what people of a demo trajectory keep of it: a portfolio and a certificate."""

from dataclasses import replace

from zetwpo.accounts.colleagues import Colleague
from zetwpo.cycle.certificate import service as certificates
from zetwpo.cycle.mine.queries import OwnPart, find_own_part
from zetwpo.cycle.portfolio import service as portfolios
from zetwpo.cycle.portfolio.queries import material_for
from zetwpo.cycle.portfolio.rules import Section
from zetwpo.demo.content import DemoPortfolio
from zetwpo.demo.stage import Stage


def lay_out_portfolio(stage: Stage, told: DemoPortfolio) -> None:
    """All that is somebody's own, with the line of the group, and a few words to begin with."""
    part, person = _part(stage), _person(stage, told.person)
    material = material_for(part, person.actor)
    before = portfolios.choice_to_write(part.id, person.id)
    own = before.with_own(material.keys)
    common = {Section.COMMON: frozenset(material.keys[Section.COMMON])}
    choice = replace(own, introduction=told.introduction, chosen={**own.chosen, **common})
    portfolios.keep(part.id, person.id, choice)


def claim_certificate(stage: Stage, key: str) -> None:
    """Somebody claims the certificate of the hours that they were there."""
    certificates.claim(_part(stage), _person(stage, key).actor)


def _part(stage: Stage) -> OwnPart:
    found = find_own_part(stage.trajectory_id)
    assert found is not None  # noqa: S101 (set up before)
    return found


def _person(stage: Stage, key: str) -> Colleague:
    people = stage.trajectory.participants
    return next(each for each in people if each.id == stage.ids[key])
