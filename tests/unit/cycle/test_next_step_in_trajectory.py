"""What somebody in a trajectory does next: one thing at a time."""

from itertools import product

import pytest

from zetwpo.cycle.mine.rules import NextStep, Period, next_step
from zetwpo.cycle.plans.rules import Status


def test_before_the_first_meeting_one_waits() -> None:
    assert next_step(None) == NextStep.WAIT


@pytest.mark.parametrize(
    ("period", "step"),
    [
        (Period(), NextStep.WRITE_PLAN),
        (Period(Status.WRITING, True, True), NextStep.FINISH_PLAN),
        (Period(Status.GOING), NextStep.REFLECT_ON_MEETING),
        (Period(Status.GOING, True), NextStep.NOTE),
        (Period(Status.GOING, True, True), NextStep.NOTE),
        (Period(Status.GOING, True, False, True), NextStep.REFLECT_ON_PRACTICE),
        (Period(Status.GOING, True, True, True), NextStep.REST),
        (Period(Status.DONE), NextStep.REFLECT_ON_MEETING),
        (Period(Status.DONE, True), NextStep.REFLECT_ON_PRACTICE),
        (Period(Status.LET_GO, True, True), NextStep.REST),
    ],
)
def test_first_what_the_meeting_leaves_fresh(period: Period, step: NextStep) -> None:
    assert next_step(period) == step


@pytest.mark.parametrize(
    ("period", "step"),
    [
        (Period(is_last=True), NextStep.REFLECT_ON_MEETING),
        (Period(None, True, is_last=True), NextStep.TAKE_ALONG),
        (Period(Status.DONE, True, True, is_last=True), NextStep.TAKE_ALONG),
        (Period(Status.GOING, True, is_last=True), NextStep.NOTE),
        (Period(Status.DONE, True, is_last=True), NextStep.REFLECT_ON_PRACTICE),
    ],
)
def test_after_the_last_meeting_nobody_waits_for_another_plan(
    period: Period, step: NextStep
) -> None:
    assert next_step(period) == step


def test_every_step_is_somebodys_next() -> None:
    periods = [Period(*each) for each in product((None, *Status), *[(True, False)] * 4)]
    assert {next_step(each) for each in (None, *periods)} == set(NextStep)
