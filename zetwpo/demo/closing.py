"""Lays out how a demo trajectory ends: what the group tells the team, and that it is closed."""

from datetime import timedelta

from zetwpo.cycle.meetings.queries import MeetingRow
from zetwpo.cycle.team_message import service as team_message
from zetwpo.cycle.team_message.queries import written_in
from zetwpo.cycle.trajectories import service as trajectories
from zetwpo.demo.content import Closing
from zetwpo.demo.keepsakes import claim_certificate, lay_out_portfolio
from zetwpo.demo.stage import Stage

# From the end of the last meeting.
WRITTEN = timedelta(hours=2)
AGREED = timedelta(days=2)
RELEASED = timedelta(days=5)
CLOSED = timedelta(days=7)
KEPT = timedelta(days=9)


def lay_out_closing(stage: Stage, told: Closing, last: MeetingRow) -> None:
    """The group writes to the team, all agree, it is released, and the trajectory is closed."""
    message = told.message
    with stage.at(last.ends_at + WRITTEN):
        team_message.keep(stage.trajectory, message)
        team_message.written(stage.trajectory, stage.leader_id)
    with stage.at(last.ends_at + AGREED):
        for person_id in sorted(stage.trajectory.facts.members):
            team_message.agree(stage.trajectory, message, message.version, person_id)
    with stage.at(last.ends_at + RELEASED):
        written = written_in(stage.trajectory_id)
        team_message.release(stage.trajectory, written, message.version, stage.leader_id)
    with stage.at(last.ends_at + CLOSED):
        trajectories.close(stage.trajectory, stage.leader_id)
    with stage.at(last.ends_at + KEPT):
        for each in told.portfolios:
            lay_out_portfolio(stage, each)
        for key in told.certificates:
            claim_certificate(stage, key)
